/**
 * The source operator of files that are followed like `tail -F`. A file is known by its inode: when a log is rotated, the
 * renamed file is read to its end and the new one from its start. Readers share the files by inode and look for new
 * ones themselves. A half line waits for its end; a file that shrinks is an error, because lines were lost or changed.
 */
import { dirname, isAbsolute, join } from 'node:path';
import { EngineError } from '../../base/errors.ts';
import { createDecoder } from '../../formats/create-format.ts';
import { describeBad, type RecordDecoder } from '../../formats/record-decoder.ts';
import type { OperatorContext, RestoredSection, SnapshotWriter, SourceOperator, SourceProgress } from '../../operators/operator.ts';
import { fillText, text } from '../../spec/text.ts';
import { BadLines } from '../lines/bad-lines.ts';
import { Pace } from '../lines/pace.ts';
import type { LineSourceSettings } from './chunk-reader.ts';
import { FileRecords } from './file-records.ts';
import { type FollowedPosition, ownerOf, readFollowed, writeFollowed } from './followed-file.ts';
import { findFiles } from './glob.ts';

const PROGRESS: SourceProgress = { kind: 'progress' };
const SECTION = 'followed';
/** How often files are looked at when nothing is new. */
const LOOK_MS = 100;
/** How often the folder is searched for new and vanished files. */
const DISCOVERY_MS = 500;
const DEAD_LETTERS_MAX = 1024;
/** Open files at most per reader. */
const FILES_MAX = 1024;

const REPLACED = text({
  en: '{name} was replaced while the run was stopped; lines behind byte {byte} of the old file were not read',
  zh: '{name} 在运行停止期间被替换；旧文件第 {byte} 字节之后的行未读取',
});
const FOLLOWS = text({ en: 'follows {name} from byte {byte}', zh: '从第 {byte} 字节起跟随 {name}' });
const READ = text({ en: '{name} is gone and was read to its end: {lines} lines', zh: '{name} 已不存在，且已读到末尾：{lines} 行' });

interface FollowedFile {
  path: string;
  readonly inode: string;
  readonly records: FileRecords;
  readonly decoder: RecordDecoder;
  readonly linesAtStart: number;
  /** No longer found under the pattern: it ends once it has been read to its end. */
  vanished: boolean;
}

export class FollowReader implements SourceOperator {
  private readonly settings: LineSourceSettings & { readonly path: string };
  private readonly context: OperatorContext;
  private readonly badLines: BadLines;
  private readonly pace: Pace;
  private readonly files = new Map<string, FollowedFile>();
  private turn = 0;
  private nextDiscoveryMs = Number.NEGATIVE_INFINITY;
  private idle = false;

  constructor(settings: LineSourceSettings & { readonly path: string }, context: OperatorContext) {
    this.settings = settings;
    this.context = context;
    this.badLines = new BadLines(context, settings.badLines);
    this.pace = new Pace(settings.rowsPerSecond === null ? null : settings.rowsPerSecond / context.parallelism, context.replay);
  }

  open(restored: readonly RestoredSection[]): void {
    const present = this.presentFiles();
    for (const section of restored) {
      if (section.name !== SECTION) continue;
      const position = readFollowed(section.header);
      if (ownerOf(position.inode, this.context.parallelism) !== this.context.subtaskIndex) continue;
      const path = present.get(position.inode) ?? this.findRenamed(position);
      if (path === null) {
        const { path: name, position: byte } = position;
        this.context.log('warning', 'file-replaced', fillText(REPLACED, { name, byte }));
      } else this.follow(path, position);
    }
  }

  addSplit(): void {
    // Readers find their files themselves.
  }

  noMoreSplits(): void {
    // A followed source has no end.
  }

  poll(): SourceProgress {
    const nowMs = this.context.clock.monotonic();
    this.discover(nowMs);
    const allowed = this.pace.allowed(nowMs);
    if (allowed === 0) return { kind: 'idle', wakeAfterMs: this.pace.waitMs(nowMs) };
    const files = [...this.files.values()];
    for (let step = 0; step < files.length; step++) {
      const file = files[(this.turn + step) % files.length];
      if (this.read(file, allowed, nowMs)) {
        this.turn = (this.turn + step) % files.length;
        return PROGRESS;
      }
    }
    this.turn++;
    this.setIdle(this.files.size === 0);
    return { kind: 'idle', wakeAfterMs: LOOK_MS };
  }

  viewSplits(): readonly string[] {
    return [...this.files.values()].map((file) => file.path);
  }

  snapshot(_checkpointId: number, writer: SnapshotWriter): void {
    for (const file of this.files.values()) {
      const { records } = file;
      const position: FollowedPosition = {
        path: file.path,
        inode: file.inode,
        position: records.position,
        lines: file.linesAtStart + records.linesRead,
        inLongLine: records.isInLongLine,
        decoderState: records.decoderState,
      };
      writer.section(SECTION, 'union', writeFollowed(position), []);
    }
  }

  notifyCheckpointComplete(): void {
    // Positions are all there is.
  }

  close(): void {
    for (const file of [...this.files.values()]) this.forget(file);
  }

  /** Emits what is new in the file; false when nothing is. */
  private read(file: FollowedFile, allowed: number, nowMs: number): boolean {
    const { context, badLines } = this;
    const { records } = file;
    if (records.file.size() < records.position) {
      throw new EngineError('MR4006', `${file.path} was cut to ${records.file.size()} bytes; ${records.position} had been read`, {
        domain: 'external',
        nodeId: context.nodeId,
        field: 'path',
        remedy: 'rotate logs by renaming them (not by copying and truncating), or start the run without its state',
      });
    }
    const batch = records.read(
      context.arena,
      Math.min(context.batchRows, allowed),
      file.vanished,
      (byteOffset, line, bad, bytes) => {
        badLines.add({ origin: file.path, line: file.linesAtStart + line, byteOffset, reason: describeBad(bad), bytes });
      },
      () => badLines.pending >= DEAD_LETTERS_MAX,
    );
    const dead = badLines.takeBatch();
    if (batch === null && dead === null) {
      records.releasePage();
      if (file.vanished) {
        const lines = file.linesAtStart + records.linesRead;
        context.log('info', 'split-finished', fillText(READ, { name: file.path, lines }));
        this.forget(file);
      }
      return false;
    }
    this.setIdle(false);
    if (dead !== null) context.output.emit(1, dead);
    if (batch !== null) {
      this.pace.passed(batch.rowCount, nowMs);
      context.output.emit(0, batch);
    }
    return true;
  }

  /** A reader without files must not hold event time back for the others. */
  private setIdle(idle: boolean): void {
    if (idle === this.idle) return;
    this.idle = idle;
    this.context.output.emitStatus(idle);
  }

  private discover(nowMs: number): void {
    if (nowMs < this.nextDiscoveryMs) return;
    this.nextDiscoveryMs = nowMs + DISCOVERY_MS;
    const present = this.presentFiles();
    for (const file of this.files.values()) {
      const path = present.get(file.inode);
      file.vanished = path === undefined;
      if (path !== undefined) file.path = path;
    }
    for (const [inode, path] of present) {
      if (this.files.has(inode) || ownerOf(inode, this.context.parallelism) !== this.context.subtaskIndex) continue;
      if (this.files.size >= FILES_MAX) break;
      this.follow(path, { path, inode, position: 0, lines: 0, inLongLine: false, decoderState: null });
    }
  }

  /** Path by inode of every file under the pattern. */
  private presentFiles(): Map<string, string> {
    const { storage, baseDirectory } = this.context;
    const { path } = this.settings;
    const present = new Map<string, string>();
    for (const found of findFiles(storage, isAbsolute(path) ? path : join(baseDirectory, path))) {
      const stat = storage.stat(found);
      if (stat !== null && !stat.directory) present.set(String(stat.inode), found);
    }
    return present;
  }

  /** A rotated file keeps its inode under another name in its folder. */
  private findRenamed(position: FollowedPosition): string | null {
    const { storage } = this.context;
    const folder = dirname(position.path);
    for (const entry of storage.list(folder)) {
      const path = join(folder, entry.name);
      if (!entry.directory && String(storage.stat(path)?.inode) === position.inode) return path;
    }
    return null;
  }

  private follow(path: string, position: FollowedPosition): void {
    const { storage, memory, outputSchemas, requiredColumns } = this.context;
    const decoder = createDecoder(memory, outputSchemas[0], this.settings, requiredColumns[0] ?? null);
    const records = new FileRecords(storage.open(path, 'read'), memory, decoder, this.settings.lineBytesMax, {
      position: position.position,
      passOver: position.inLongLine ? 'refused line' : 'nothing',
      end: null,
      decoderState: position.decoderState,
    });
    this.files.set(position.inode, { path, inode: position.inode, records, decoder, linesAtStart: position.lines, vanished: false });
    this.context.log('info', 'split-opened', fillText(FOLLOWS, { name: path, byte: position.position }));
  }

  private forget(file: FollowedFile): void {
    file.records.close();
    file.decoder.close();
    this.files.delete(file.inode);
  }
}

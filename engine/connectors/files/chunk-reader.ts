/** The source operator of files that stay as they are: reads the splits the enumerator hands out. */
import { EngineError } from '../../base/errors.ts';
import type { JsonValue } from '../../base/json.ts';
import { createDecoder, type DecoderSettings } from '../../formats/create-format.ts';
import type { RecordDecoder } from '../../formats/record-decoder.ts';
import { describeBad } from '../../formats/record-decoder.ts';
import type { OperatorContext, RestoredSection, SnapshotWriter, SourceOperator, SourceProgress } from '../../operators/operator.ts';
import type { BadLinesPolicy } from '../../spec/dead-letter.ts';
import { fillText, text } from '../../spec/text.ts';
import { BadLines } from '../lines/bad-lines.ts';
import { Pace } from '../lines/pace.ts';
import { FileRecords } from './file-records.ts';
import { type FileSplit, readSplit, writeSplit } from './file-split.ts';
import { LineCounter } from './line-counter.ts';

const PROGRESS: SourceProgress = { kind: 'progress' };
/** Dead letters of one step at most. */
const DEAD_LETTERS_MAX = 1024;
const SECTION = 'split';
const OPENED = text({ en: 'reads {name} from byte {byte}', zh: '从第 {byte} 字节起读取 {name}' });
const FINISHED = text({ en: '{name} was read up to byte {byte}: {lines} lines', zh: '{name} 已读到第 {byte} 字节：{lines} 行' });

export interface LineSourceSettings extends DecoderSettings {
  readonly badLines: BadLinesPolicy;
  readonly rowsPerSecond: number | null;
}

export class ChunkReader implements SourceOperator {
  private readonly settings: LineSourceSettings;
  private readonly context: OperatorContext;
  private readonly decoder: RecordDecoder;
  private readonly badLines: BadLines;
  private readonly pace: Pace;
  private readonly counter: LineCounter;
  private readonly queue: FileSplit[] = [];
  private allAssigned = false;
  private current: { readonly split: FileSplit; readonly records: FileRecords } | null = null;

  constructor(settings: LineSourceSettings, context: OperatorContext) {
    this.settings = settings;
    this.context = context;
    this.decoder = createDecoder(context.memory, context.outputSchemas[0], settings, context.requiredColumns[0] ?? null);
    this.badLines = new BadLines(context, settings.badLines);
    this.pace = new Pace(settings.rowsPerSecond === null ? null : settings.rowsPerSecond / context.parallelism, context.replay);
    this.counter = new LineCounter(context.storage);
  }

  open(restored: readonly RestoredSection[]): void {
    for (const section of restored) if (section.name === SECTION) this.queue.push(readSplit(section.header));
    this.queue.sort((left, right) => (left.path === right.path ? left.start - right.start : left.path < right.path ? -1 : 1));
  }

  addSplit(split: JsonValue): void {
    this.queue.push(readSplit(split));
  }

  noMoreSplits(): void {
    this.allAssigned = true;
  }

  poll(): SourceProgress {
    const { context, pace } = this;
    const nowMs = pace.limited ? context.clock.monotonic() : 0;
    const allowed = pace.allowed(nowMs);
    if (allowed === 0) return { kind: 'idle', wakeAfterMs: pace.waitMs(nowMs) };
    if (this.current === null) {
      const split = this.queue.shift();
      if (split === undefined) return this.allAssigned ? { kind: 'end' } : { kind: 'need-split' };
      this.current = { split, records: this.openSplit(split) };
      context.log('info', 'split-opened', fillText(OPENED, { name: split.path, byte: this.current.records.position }));
    }
    const { split, records } = this.current;
    const batch = records.read(
      context.arena,
      Math.min(context.batchRows, allowed),
      true,
      (byteOffset, line, bad, bytes) => {
        const known = this.lineOf(split, records, line);
        this.badLines.add({ origin: split.path, line: known, byteOffset, reason: describeBad(bad), bytes });
      },
      () => this.badLines.pending >= DEAD_LETTERS_MAX,
    );
    const dead = this.badLines.takeBatch();
    if (dead !== null) context.output.emit(1, dead);
    if (batch !== null) {
      pace.passed(batch.rowCount, nowMs);
      context.output.emit(0, batch);
    } else if (dead === null) this.finishSplit(split, records);
    return PROGRESS;
  }

  viewSplits(): readonly string[] {
    return this.current === null ? [] : [this.current.split.path];
  }

  snapshot(_checkpointId: number, writer: SnapshotWriter): void {
    if (this.current !== null) writer.section(SECTION, 'list', writeSplit(this.positionOf(this.current.split, this.current.records)), []);
    for (const split of this.queue) writer.section(SECTION, 'list', writeSplit(split), []);
  }

  notifyCheckpointComplete(): void {
    // Positions are all there is; nothing is held until a checkpoint completes.
  }

  close(): void {
    this.current?.records.close();
    this.current = null;
    this.decoder.close();
  }

  private openSplit(split: FileSplit): FileRecords {
    const { storage, memory } = this.context;
    const stat = storage.stat(split.path);
    if (stat === null || String(stat.inode) !== split.inode) {
      throw new EngineError(
        'MR4005',
        `${split.path} ${stat === null ? 'is gone' : 'was replaced by another file'} before it was read to its end`,
        {
          domain: 'external',
          nodeId: this.context.nodeId,
          field: 'path',
          remedy: 'put the file back, or start the run without its state',
        },
      );
    }
    const midLine = split.position === null && split.start > 0;
    return new FileRecords(storage.open(split.path, 'read'), memory, this.decoder, this.settings.lineBytesMax, {
      position: split.position ?? (midLine ? split.start - 1 : split.start),
      passOver: split.inLongLine ? 'refused line' : midLine ? 'line of others' : 'nothing',
      end: split.end,
      decoderState: split.decoderState,
    });
  }

  private finishSplit(split: FileSplit, records: FileRecords): void {
    if (split.lines !== null || split.start === 0) {
      if (split.position === null || split.lines !== null)
        this.counter.remember(split.path, records.position, (split.lines ?? 0) + records.linesRead);
    }
    const parameters = { name: split.path, byte: records.position, lines: records.linesRead };
    this.context.log('info', 'split-finished', fillText(FINISHED, parameters));
    records.close();
    this.current = null;
  }

  /** Line number in the file; counts the lines before this split when somebody needs it for the first time. */
  private lineOf(split: FileSplit, records: FileRecords, line: number): number {
    return this.linesBefore(split, records) + line;
  }

  private linesBefore(split: FileSplit, records: FileRecords): number {
    if (split.lines !== null) return split.lines;
    if (split.position === 0 || (split.position === null && split.start === 0)) return 0;
    return this.counter.linesBefore(split.path, records.startPosition);
  }

  private positionOf(split: FileSplit, records: FileRecords): FileSplit {
    const fromStart = split.lines ?? (split.start === 0 && split.position === null ? 0 : null);
    return {
      ...split,
      position: records.position,
      lines: fromStart === null ? null : fromStart + records.linesRead,
      inLongLine: records.isInLongLine,
      decoderState: records.decoderState,
    };
  }
}

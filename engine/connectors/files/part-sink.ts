/** A sink of text files: what is written goes into staged files that snapshots record; the committer publishes them. */
import type { JsonValue } from '../../base/json.ts';
import { killPoint } from '../../base/kill-point.ts';
import type { Batch } from '../../columnar/batch.ts';
import { OutputBuffer } from '../../formats/output-buffer.ts';
import type { Operator, OperatorContext, Progress, RestoredSection, SnapshotWriter } from '../../operators/operator.ts';
import { PartWriter } from './part-writer.ts';
import { attemptFolder, parsePartName, type SinkPaths, sinkPaths } from './sink-paths.ts';
import { copyPart, readPart, type StagedPart, stagedPath, writePart } from './staged-files.ts';

export interface PartSinkSettings {
  readonly path: string;
  /** Also the extension of part files. */
  readonly format: string;
  readonly prefix: string;
  readonly rollBytes: number;
  readonly rollIntervalMs: number;
}

/** What the committer is told; see file-committer.ts. */
export type FileCommittable =
  | { readonly kind: 'part'; readonly part: StagedPart }
  | { readonly kind: 'ledger'; readonly subtask: number; readonly next: number }
  | {
      readonly kind: 'end';
      readonly subtask: number;
      readonly parallelism: number;
      readonly head: string;
      readonly parts: readonly StagedPart[];
    };

const BUFFER_REGION_BYTES = 256 * 1024;
const PART_SECTION = 'part';
const SEQUENCE_SECTION = 'sequence';

/** A closed part that no completed checkpoint has published yet. */
interface PendingPart {
  readonly part: StagedPart;
  readonly path: string;
  /** First checkpoint that carries it; 0 = none yet. */
  checkpointId: number;
}

export abstract class PartSink implements Operator {
  protected readonly context: OperatorContext;
  protected readonly output: OutputBuffer;
  private readonly settings: PartSinkSettings;
  private readonly paths: SinkPaths;
  /** Bytes that open every file. */
  private readonly head: Uint8Array;
  private writer: PartWriter | null = null;
  private sequence = 0;
  private pending: PendingPart[] = [];
  /** One file: closed stretches of it, in order. */
  private readonly segments: StagedPart[] = [];
  private ended = false;

  constructor(settings: PartSinkSettings, head: Uint8Array, context: OperatorContext) {
    this.settings = settings;
    this.context = context;
    this.paths = sinkPaths(settings, context);
    this.head = head;
    this.output = new OutputBuffer(context.memory, BUFFER_REGION_BYTES);
  }

  open(restored: readonly RestoredSection[]): void {
    const { storage, attempt } = this.context;
    storage.makeDirectory(attemptFolder(this.paths, attempt));
    const sequences = restored.filter((section) => section.name === SEQUENCE_SECTION).map((section) => Number(section.header));
    this.sequence = sequences.length > 0 ? Math.max(...sequences) : this.firstFreeSequence();
    const parts = restored.filter((section) => section.name === PART_SECTION).map((section) => readPart(section.header));
    parts.sort((left, right) => left.sequence - right.sequence || left.subtask - right.subtask);
    if (this.paths.mode === 'file') this.segments.push(...parts);
    else for (const part of parts) this.takeOver(part);
  }

  abstract processBatch(input: number, batch: Batch): Progress;

  processWatermark(): Progress {
    return 'done';
  }

  processStatus(): Progress {
    return 'done';
  }

  drain(): Progress {
    return 'done';
  }

  onProcessingTime(nowMs: number): Progress {
    const { writer } = this;
    if (writer === null || this.paths.mode === 'file') return 'done';
    const dueMs = writer.openedAtMs + this.settings.rollIntervalMs;
    if (nowMs >= dueMs) this.closeWriter();
    else this.context.requestProcessingTime(dueMs);
    return 'done';
  }

  endInput(): Progress {
    this.closeWriter();
    this.ended = true;
    return 'done';
  }

  snapshot(checkpointId: number, writer: SnapshotWriter): void {
    const { context } = this;
    writer.section(SEQUENCE_SECTION, 'union', this.sequence, []);
    for (const part of this.segments) writer.section(PART_SECTION, 'list', writePart(part), []);
    if (this.writer !== null) {
      this.writer.flush(this.output);
      writer.section(PART_SECTION, 'list', writePart(this.writer.part()), []);
      writer.syncBeforeComplete([this.writer.path]);
    }
    for (const one of this.pending) {
      if (one.checkpointId === 0) one.checkpointId = checkpointId;
      writer.syncBeforeComplete([one.path]);
      if (this.paths.mode === 'folder') writer.committable(committable({ kind: 'part', part: one.part }));
    }
    writer.committable(committable({ kind: 'ledger', subtask: context.subtaskIndex, next: this.sequence }));
    if (this.ended && this.paths.mode === 'file') writer.committable(committable(this.end()));
    killPoint('sink.stage');
  }

  notifyCheckpointComplete(checkpointId: number): void {
    this.pending = this.pending.filter((one) => one.checkpointId === 0 || one.checkpointId > checkpointId);
  }

  close(): void {
    this.writer?.close();
    this.writer = null;
    this.output.close();
  }

  private end(): FileCommittable {
    const { subtaskIndex, parallelism } = this.context;
    const head = new TextDecoder().decode(this.head);
    return { kind: 'end', subtask: subtaskIndex, parallelism, head, parts: this.segments };
  }

  /** Closes the file if it has become large enough. */
  protected roll(): void {
    const { writer } = this;
    if (writer === null || this.paths.mode === 'file') return;
    if (writer.length + this.output.length >= this.settings.rollBytes) this.closeWriter();
  }

  protected openWriter(): PartWriter {
    if (this.writer !== null) return this.writer;
    const { storage, attempt, subtaskIndex, parallelism, clock } = this.context;
    const name = { subtask: subtaskIndex, sequence: this.sequence++ };
    const nowMs = clock.now();
    this.writer = new PartWriter(storage, stagedPath(this.paths, this.settings.prefix, { ...name, attempt }), name, attempt, nowMs);
    // The parts of one file are put together; only a lone writer knows that its first part is the file's beginning.
    if (this.paths.mode === 'folder' || (parallelism === 1 && this.segments.length === 0)) this.writer.writeHead(this.head);
    if (this.paths.mode === 'folder') {
      this.context.requestProcessingTime(nowMs + this.settings.rollIntervalMs);
    }
    return this.writer;
  }

  private closeWriter(): void {
    const { writer } = this;
    if (writer === null) return;
    writer.flush(this.output);
    writer.close();
    this.writer = null;
    const part = writer.part();
    if (this.paths.mode === 'file') this.segments.push(part);
    this.pending.push({ part, path: writer.path, checkpointId: 0 });
  }

  /**
   * What an earlier attempt had in progress becomes a closed part of this one: the recorded bytes are copied (and checked),
   * so that nothing a forgotten process may still write can get into the output.
   */
  private takeOver(part: StagedPart): void {
    const { storage, attempt } = this.context;
    const path = stagedPath(this.paths, this.settings.prefix, { ...part, attempt });
    if (storage.exists(path)) storage.remove(path);
    const file = storage.open(path, 'create');
    try {
      copyPart(storage, this.paths, this.settings.prefix, part, file, 0);
    } finally {
      file.close();
    }
    this.pending.push({ part: { ...part, attempt }, path, checkpointId: 0 });
  }

  /** A fresh start adds to what is in the folder; it never replaces parts of an earlier run. */
  private firstFreeSequence(): number {
    if (this.paths.mode === 'file') return 0;
    let next = 0;
    for (const entry of this.context.storage.list(this.paths.target)) {
      const name = parsePartName(this.settings.prefix, this.paths.extension, entry.name);
      if (name !== null) next = Math.max(next, name.sequence + 1);
    }
    return next;
  }
}

function committable(value: FileCommittable): JsonValue {
  return value as unknown as JsonValue;
}

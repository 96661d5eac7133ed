/**
 * What an operator is. Operators are synchronous over batches; whatever is unbounded is emitted in pieces through
 * `drain`, so that a barrier never finds one half-way and a full ring never blocks inside one.
 *
 * The story of one step: the task takes one item (batch, watermark, status, barrier, end) from an input, or resumes a
 * pending drain, of exactly one operator; that call emits **at most one batch per output port**; what is left is
 * announced by returning `more`, and nothing else reaches this operator until it has returned `done`. The watermark or
 * status that caused the output is forwarded after it has been drained. Arena memory lives until the step's output has
 * been consumed downstream.
 */
import type { Clock } from '../base/clock.ts';
import type { JsonValue } from '../base/json.ts';
import type { Random } from '../base/random.ts';
import type { Storage } from '../base/storage.ts';
import type { Arena } from '../columnar/arena.ts';
import type { Batch } from '../columnar/batch.ts';
import type { Address, JobMemory } from '../columnar/job-memory.ts';
import type { Text } from '../spec/text.ts';
import type { SpillFolder } from '../state/spill/spill-folder.ts';
import type { Schema } from '../types/schema.ts';
import type { TimeObserver, WindowsView } from './time/window-view.ts';

/** `more`: call `drain` again before anything else; `done`: the item has been dealt with. */
export type Progress = 'more' | 'done';

/** First watermark of every channel and operator (Long.MIN) and the one that ends event time (Long.MAX). */
export const WATERMARK_MIN = -(2n ** 63n);
export const WATERMARK_MAX = 2n ** 63n - 1n;

/** One entry for the run's log, under the node's name; bounded by the runtime. `code` is stable: the name of what happened. */
export type WriteLog = (level: 'info' | 'warning', code: string, words: Text) => void;

export interface Output {
  /** Hands one batch downstream, at most once per port and step; the batch stays the emitter's to reuse in later steps. */
  emit(port: number, batch: Batch): void;
  /**
   * For operators with their own watermarks: `watermark` leaves on every port after this step's batches (the same as a
   * mark behind their last row). Smaller values than before are ignored.
   */
  emitWatermark(watermark: bigint): void;
  /** For operators with their own status: `active` (false) goes before this step's batches, `idle` (true) behind them. */
  emitStatus(idle: boolean): void;
}

/** Counters an operator adds to; absolute, read by the task twice a second. Rows and bytes at ports are counted by the task. */
export interface OperatorMetrics {
  /** Records dropped or diverted because every window they belong to is closed (Flink's numLateRecordsDropped, late port included). */
  lateRecords: number;
  /** Records of which only some windows were still open. */
  partlyLateRecords: number;
  /** Records whose time the watermark had passed when they came; those that are neither of the two above were counted in full. */
  behindRecords: number;
  /** Input lines or rows that could not be read and were skipped or dead-lettered. */
  badRecords: number;
  /** Bytes of keyed and operator state. */
  stateBytes: number;
  /** Keys in state, where the operator knows. */
  stateKeys: number;
  /** With state on disk: bytes of it there, and what has been written to it and read from it so far. */
  stateDiskBytes?: number;
  stateDiskWritten?: number;
  stateDiskRead?: number;
}

/** Inclusive range of key groups; start > end means none. */
export interface KeyGroupRange {
  readonly start: number;
  readonly end: number;
}

/** How fast paced input is replayed, set by the person watching; shared by all operators of a worker. */
export interface ReplaySpeed {
  /** Multiplies the pace of sources that have one; Infinity: as fast as they can. Changes while the job runs. */
  readonly factor: number;
}

/** As the pipeline says. */
export const NORMAL_SPEED: ReplaySpeed = { factor: 1 };

/** State on disk: the job's backend for the nodes that can. */
export interface OperatorSpill {
  /** Bytes of memory that the operator's state may take at its height, growing tables included. */
  readonly memoryBytes: number;
  readonly folder: SpillFolder;
}

/** Everything an operator may touch of the world. Given to its factory; valid until `close`. */
export interface OperatorContext {
  /** Stable node id: names the state, the metrics and the errors. */
  readonly nodeId: string;
  readonly jobId: string;
  readonly subtaskIndex: number;
  readonly parallelism: number;
  readonly maxParallelism: number;
  readonly keyGroups: KeyGroupRange;
  /** Increases with every (re)start of the job on this checkpoint folder; names staged output. */
  readonly attempt: number;
  readonly memory: JobMemory;
  readonly arena: Arena;
  readonly clock: Clock;
  readonly random: Random;
  readonly storage: Storage;
  readonly output: Output;
  readonly metrics: OperatorMetrics;
  /** Where state goes that is larger than it may be in memory; absent: all of it stays in memory. */
  readonly spill?: OperatorSpill;
  /** Somebody may look at the rows behind the watermark. */
  readonly observer: TimeObserver;
  /** Session time zone (IANA id) of the job, for TIMESTAMP_LTZ functions. */
  readonly timeZone: string;
  readonly replay: ReplaySpeed;
  /** A batch: no watermark before the end of the input. Absent: a stream. */
  readonly resultsAtEnd?: boolean;
  /** Rows a batch should hold at most. */
  readonly batchRows: number;
  /** Parallel to the node's input ports. */
  readonly inputSchemas: readonly Schema[];
  /** Parallel to the node's output ports. */
  readonly outputSchemas: readonly Schema[];
  /** Directory that relative paths of the pipeline are resolved against. */
  readonly baseDirectory: string;
  readonly log: WriteLog;
  /** Asks for `onProcessingTime` at `timeMs` of the clock (one pending request; the smallest wins). */
  requestProcessingTime(timeMs: number): void;
  /** Rows for the person watching (print, preview): NDJSON text lines, bounded by the runtime. */
  publishRows(lines: readonly string[]): void;
  /**
   * The thread enters code that a person wrote (again, for every row of a batch), or has come back from it: whoever watches the
   * thread knows whom to name when it does not come back. Absent where nobody watches.
   */
  noteCode?(inside: boolean): void;
  /** From a callback of the event loop (socket, client): the source or operator has something new, look at it soon. */
  wake(): void;
  /**
   * Parallel to the output ports of a source: the column paths (`price`, `bid.auction`) somebody downstream reads, or
   * null for all. A column outside the list may be left absent (`data` 0, `boxed` null, every child absent).
   */
  readonly requiredColumns: readonly (readonly string[] | null)[];
}

/** What a node's parts in the coordinator (enumerator, committer) may touch of the world. */
export interface CoordinatorEnvironment {
  readonly nodeId: string;
  readonly jobId: string;
  readonly parallelism: number;
  /** Same number as in OperatorContext. */
  readonly attempt: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly storage: Storage;
  readonly baseDirectory: string;
  readonly log: WriteLog;
}

/** Bytes of job memory that go into a snapshot. */
export interface MemoryRange {
  readonly address: Address;
  readonly bytes: number;
}

/** Bytes of a file that is never changed; it stays until the checkpoint it is held for has been written or given up. */
export interface FileRange {
  readonly file: { readonly path: string; hold(checkpointId: number): void };
  readonly offset: number;
  readonly bytes: number;
}

/** Takes what an operator wants to find again; memory handed over is copied before the call returns. */
export interface SnapshotWriter {
  /**
   * Adds a section. `keyed` sections are redistributed by key group (every new owner whose range overlaps gets the
   * whole section and filters by stored key group), `list` entries are split round robin, `union` entries go to all.
   * `header` holds what is needed to read `parts` (layout version, schema fingerprint, counts).
   */
  section(
    name: string,
    distribution: 'keyed' | 'list' | 'union',
    header: JsonValue,
    parts: readonly (MemoryRange | Uint8Array | FileRange)[],
  ): void;
  /** Files that must be fsynced (by the I/O worker) before the checkpoint may complete. */
  syncBeforeComplete(paths: readonly string[]): void;
  /**
   * Work for the node's committer once a checkpoint is durable (see Committer). The runtime keeps it until one is, even
   * if this one fails; an operator that names the same value again in the next snapshot does no harm.
   */
  committable(value: JsonValue): void;
}

/** A section of an earlier snapshot, from one of its subtasks. */
export interface RestoredSection {
  readonly name: string;
  readonly distribution: 'keyed' | 'list' | 'union';
  readonly header: JsonValue;
  /** Read when asked for; only those of the section asked for last stay in memory. */
  readonly bytes: Uint8Array;
  /** Key groups the writing subtask owned. */
  readonly keyGroups: KeyGroupRange;
  readonly subtaskIndex: number;
}

export interface Operator {
  /** Called once before anything else; `restored` is empty on a fresh start. */
  open(restored: readonly RestoredSection[]): void;
  /** A batch at an input port. Marks inside it are watermarks of this input. */
  processBatch(input: number, batch: Batch): Progress;
  /** The combined watermark of one input advanced; never called with a smaller value than before since `open`. */
  processWatermark(input: number, watermark: bigint): Progress;
  /** The input turned idle or active. */
  processStatus(input: number, idle: boolean): Progress;
  /** Continues an emission that returned `more`. */
  drain(): Progress;
  /** The clock has reached a time asked for with `requestProcessingTime`. */
  onProcessingTime(nowMs: number): Progress;
  /** No more items will come on this input (its final watermark came before). */
  endInput(input: number): Progress;
  /** Called only when drained. */
  snapshot(checkpointId: number, writer: SnapshotWriter): void;
  /** The checkpoint is complete and its committables were committed. */
  notifyCheckpointComplete(checkpointId: number): void;
  /** In a batch, behind the timers of the keys whose rows were read: nothing is kept of them, and event time begins anew. Absent: the operator is made anew. */
  forgetKeys?(): void;
  /** Operators with windows: at most `limit` of the open ones, for display; asked between two steps. */
  viewWindows?(limit: number): WindowsView;
  close(): void;
}

/**
 * How a watermark passes an operator with several inputs is the task's business (valve per input, minimum over inputs);
 * an operator that wants to hold watermarks back or emit its own (watermark node, interval join) says so.
 */
export interface WatermarkPolicy {
  /** `forward`: the task forwards the combined watermark after the drain. `own`: only marks and `emitWatermark` leave. */
  readonly watermarks: 'forward' | 'own';
}

/** A source reads splits; the enumerator in the coordinator hands them out. */
export interface SourceOperator {
  open(restored: readonly RestoredSection[]): void;
  /** A split is now this reader's. */
  addSplit(split: JsonValue): void;
  /** No further split will come. */
  noMoreSplits(): void;
  /**
   * Reads one batch and emits it. `progress`: emitted or advanced; `need-split`: ask the enumerator; `idle`: nothing
   * now, call again after `wakeAfterMs` or when woken; `end`: all splits read (only after noMoreSplits).
   */
  poll(): SourceProgress;
  /** What it reads now, in words for display (paths, addresses); asked between two steps. */
  viewSplits?(): readonly string[];
  snapshot(checkpointId: number, writer: SnapshotWriter): void;
  notifyCheckpointComplete(checkpointId: number): void;
  close(): void;
}

export type SourceProgress =
  | { readonly kind: 'progress' }
  | { readonly kind: 'need-split' }
  | { readonly kind: 'idle'; readonly wakeAfterMs: number }
  | { readonly kind: 'end' };

/** Splits of a source, kept by the coordinator and stored in its part of the checkpoint. */
export interface SplitEnumerator {
  open(restored: JsonValue | null): void;
  /** Next split for a reader; `none` = no more, ever; `wait` = ask again later (followed inputs). */
  nextSplit(
    subtaskIndex: number,
  ):
    | { readonly kind: 'split'; readonly split: JsonValue }
    | { readonly kind: 'none' }
    | { readonly kind: 'wait'; readonly retryAfterMs: number };
  snapshot(): JsonValue;
  close(): void;
}

/** Makes staged output visible; every call may be repeated after a crash and must then do nothing. */
export interface Committer {
  commit(committables: readonly JsonValue[]): void;
  /** Throws away staged output of earlier attempts that no checkpoint refers to; called once before the tasks start. */
  discardUncommitted(committed: readonly JsonValue[]): void;
}

/**
 * What the `operator.ts` of a node exports, seen by the runtime (configs were checked by the definition before, hence
 * `never`). A stateless node exports `createStage` instead, which the planner fuses (see expressions/compile/stage.ts).
 */
export interface OperatorModule {
  /** The operator may add `watermarks: 'own'` (WatermarkPolicy); the default is `forward`. */
  readonly createOperator?: (config: never, context: OperatorContext) => Operator & Partial<WatermarkPolicy>;
  /** Of a node whose making runs code of the pipeline, a source too, without that code: only to see whether stored state fits. */
  readonly createStored?: (config: never, context: OperatorContext) => Operator;
  readonly createSource?: (config: never, context: OperatorContext) => SourceOperator;
  readonly createEnumerator?: (config: never, environment: CoordinatorEnvironment) => SplitEnumerator;
  readonly createCommitter?: (config: never, environment: CoordinatorEnvironment) => Committer;
  /** True when sockets or clients of this node need the worker's event loop; its worker then yields every millisecond. */
  readonly usesEventLoop?: boolean;
}

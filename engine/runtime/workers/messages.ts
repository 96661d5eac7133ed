/** What coordinator and workers tell each other: small structured-clonable messages; rows never travel here. */
import type { ErrorInChinese } from '../../base/errors.ts';
import type { JsonValue } from '../../base/json.ts';
import type { RestoredSection } from '../../operators/operator.ts';
import type { RingPlace } from '../channels/ring-channel.ts';
import type { FileBytes } from '../checkpoints/framed-file.ts';
import type { PhysicalPlan } from '../plan/physical-plan.ts';
import type { LogEvent } from '../run-log/log-event.ts';
import type { OperatorTime } from '../tasks/time-sample.ts';

/** An EngineError or assertion on its way between threads. */
export interface FailureMessage {
  readonly code: string;
  readonly message: string;
  readonly domain: 'user' | 'external' | 'internal';
  readonly remedy: string | null;
  readonly nodeId: string | null;
  readonly field: string | null;
  readonly retryable: boolean;
  readonly stack: string | null;
  /** Message and way out in Chinese, where there are some. */
  readonly zh?: ErrorInChinese;
}

/** Ring from producer subtask `producer` over edge `edge`, in the consumer's memory. */
export interface RingOffer {
  readonly edge: number;
  readonly producer: number;
  readonly place: RingPlace;
}

/** A section of a state file that an operator of this worker gets back; read by the worker. */
export interface SectionReference extends Omit<RestoredSection, 'bytes'> {
  readonly nodeId: string;
  readonly path: string;
  readonly offset: number;
  readonly length: number;
}

export type ToWorker =
  /** First: make the memory and the rings that end here. */
  | {
      readonly type: 'allocate';
      readonly plan: PhysicalPlan;
      readonly subtask: number;
      readonly attempt: number;
      readonly ringBytes: number;
      readonly seed: number;
    }
  /** Then: build the tasks over everybody's rings, open the operators. Parallel to the workers. */
  | {
      readonly type: 'connect';
      readonly memories: readonly WebAssembly.Memory[];
      readonly rings: readonly (readonly RingOffer[])[];
      readonly doorbells: readonly SharedArrayBuffer[];
      readonly restored: readonly SectionReference[];
    }
  | { readonly type: 'start' }
  /** `suspend`: nothing is processed behind the barrier. `overtakeAfterMs`: after so long it overtakes rows on their way; null: never. */
  | { readonly type: 'trigger'; readonly checkpointId: number; readonly suspend: boolean; readonly overtakeAfterMs: number | null }
  | { readonly type: 'abort'; readonly checkpointId: number }
  | { readonly type: 'complete'; readonly checkpointId: number }
  /** The buffers of the checkpoint's snapshots have been written or given up. */
  | { readonly type: 'written'; readonly checkpointId: number }
  | { readonly type: 'split'; readonly operator: number; readonly split: JsonValue | null }
  /** Sources and timers stand still, or go on with another speed (Infinity: as fast as they can). */
  | { readonly type: 'pace'; readonly paused: boolean; readonly factor: number }
  /** Sources end now. */
  | { readonly type: 'drain' }
  /** Sends the newest rows of a planned edge, or of the way behind stage `stage` of an operator; `rowsMax` 0 ends it. */
  | {
      readonly type: 'tap';
      readonly edgeId: string;
      readonly edge: number;
      readonly operator: number;
      readonly stage: number;
      readonly rowsMax: number;
    }
  /** Tells of an operator's event time with every report, or no longer. */
  | { readonly type: 'observe'; readonly operator: number; readonly on: boolean }
  | { readonly type: 'cancel' };

export interface SnapshotSection {
  readonly nodeId: string;
  readonly name: string;
  readonly distribution: 'keyed' | 'list' | 'union';
  readonly header: JsonValue;
  readonly keyGroups: { readonly start: number; readonly end: number };
  /** Parts of shared buffers, in order. */
  readonly bytes: number;
  readonly buffer: SharedArrayBuffer;
  /** What comes behind them. */
  readonly files: readonly FileBytes[];
}

export interface TaskSnapshot {
  readonly type: 'snapshot';
  readonly checkpointId: number;
  readonly task: number;
  readonly subtask: number;
  readonly sections: readonly SnapshotSection[];
  readonly syncPaths: readonly string[];
  readonly committables: readonly { readonly nodeId: string; readonly value: JsonValue }[];
}

/** Counters of one operator of one subtask; absolute. */
export interface OperatorCounters {
  readonly operator: number;
  /** Time of its own calls, by the nodes that it stands for. */
  readonly workMs: readonly number[];
  readonly rowsIn: readonly number[];
  readonly rowsOut: readonly number[];
  readonly bytesOut: readonly number[];
  readonly watermark: number | null;
  readonly lateRecords: number;
  readonly partlyLateRecords: number;
  readonly behindRecords: number;
  readonly badRecords: number;
  readonly stateBytes: number;
  readonly stateKeys: number;
  /** Absent: none of its state is on disk. */
  readonly stateDiskBytes?: number;
  readonly stateDiskWritten?: number;
  readonly stateDiskRead?: number;
}

export interface WorkerCounters {
  readonly operators: readonly OperatorCounters[];
  /** Edge index, rows, bytes. */
  readonly edges: readonly (readonly [number, number, number])[];
  /** Task index, busy, idle, back-pressured ms. */
  readonly tasks: readonly (readonly [number, number, number, number])[];
}

export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'allocated'; readonly memory: WebAssembly.Memory; readonly rings: readonly RingOffer[] }
  | { readonly type: 'opened' }
  | { readonly type: 'need-split'; readonly operator: number }
  | TaskSnapshot
  /** Behind each snapshot: how long its task stood still, from the barrier's arrival until it could go on. */
  | { readonly type: 'paused'; readonly checkpointId: number; readonly pauseMs: number }
  /** Every task has ended. */
  | { readonly type: 'ended' }
  | { readonly type: 'failed'; readonly failure: FailureMessage }
  | { readonly type: 'metrics'; readonly counters: WorkerCounters }
  | { readonly type: 'tapped'; readonly edgeId: string; readonly lines: readonly string[]; readonly rows: number }
  | { readonly type: 'observed'; readonly operator: number; readonly time: OperatorTime }
  | { readonly type: 'rows'; readonly nodeId: string; readonly lines: readonly string[] }
  | { readonly type: 'log'; readonly event: LogEvent }
  | { readonly type: 'cancelled' };

/** What the engine process and the command line ask of the runtime; implemented by `createJobManager` in job-manager.ts. */
import type {
  CheckpointInfo,
  EdgeMetrics,
  EdgeTail,
  NodeMetrics,
  NodeTime,
  ReplaySpeedSetting,
  RunLogEntry,
  RunLogPart,
  RunMetrics,
  RunOptions,
  RunResults,
  RunStatus,
  SubtaskMetrics,
} from '../host/contract.ts';

export interface JobStartRequest {
  /** The name of a run that continues after the end of its engine process; absent = the manager makes a new one. */
  readonly runId?: string;
  /** Absolute path of the pipeline document; relative paths inside it are resolved against its folder. */
  readonly path: string;
  /** Text of the document as it is to be run (the designer may run unsaved edits). */
  readonly text: string;
  /** A person trusts this pipeline: its custom code may run. */
  readonly trusted?: boolean;
  readonly options: RunOptions & {
    /** State of nodes that are no longer in the pipeline is dropped instead of refused. */
    readonly allowNonRestoredState?: boolean;
    /** `node.field` → JSON value, laid over the document before it is checked. */
    readonly overrides?: Readonly<Record<string, unknown>>;
  };
}

/** `drain`: ends event time first, so that every window fires. */
export type StopMode = 'keep-state' | 'drain' | 'discard';

/** Called on the engine's main thread; must not throw. */
export interface JobListener {
  state?(status: RunStatus): void;
  metrics?(metrics: RunMetrics): void;
  checkpoint?(runId: string, checkpoint: CheckpointInfo): void;
  log?(entry: RunLogEntry): void;
  /** NDJSON rows a print or preview node has published since the last call. */
  rows?(runId: string, nodeId: string, lines: readonly string[]): void;
}

export interface JobManager {
  /**
   * Checks, plans and starts a pipeline; resolves once its tasks are deployed. Rejects with an EngineError: MR2000 with the
   * problems in its message when the document is refused, MR50xx for checkpoints that cannot be used or a folder in use.
   */
  start(request: JobStartRequest): Promise<RunStatus>;
  /** `keep-state` and `drain` end with a savepoint; resolves when the run has ended. */
  stop(runId: string, mode: StopMode): Promise<{ readonly savepointPath: string | null }>;
  /** Pauses or goes on, at a multiple of the pace that sources have. */
  pace(runId: string, paused: boolean, speed: ReplaySpeedSetting): RunStatus;
  savepoint(runId: string): Promise<CheckpointInfo>;
  /** Running and recently ended runs, newest first. */
  list(): readonly RunStatus[];
  status(runId: string): RunStatus;
  /** Resolves with the final status when the run has ended, however it ended. */
  whenEnded(runId: string): Promise<RunStatus>;
  /** Text of the document the run was started with. */
  spec(runId: string): string;
  checkpoints(runId: string): readonly CheckpointInfo[];
  metrics(runId: string): RunMetrics;
  subtasks(runId: string, nodeId: string): readonly SubtaskMetrics[];
  /** Event time at a node with windows. */
  time(runId: string, nodeId: string): NodeTime;
  /** Rows of an edge after a number. */
  tail(runId: string, edgeId: string, afterSequence: number, rowsMax: number): EdgeTail;
  preview(runId: string, nodeId: string, rowsMax: number): { readonly rows: readonly string[]; readonly total: number };
  /** Rows of a sink after a number. */
  results(runId: string, nodeId: string, afterSequence: number): RunResults;
  /** Log entries after a number. */
  logs(runId: string, afterSequence: number): RunLogPart;
  /** Writes down how runs that are going stand at this moment: their entries in the history are a few seconds old otherwise. */
  record(): void;
  /** Returns the function that ends the subscription. */
  listen(listener: JobListener): () => void;
  /** Stops everything without savepoints (checkpoints stay) and ends the workers. */
  close(): Promise<void>;
}

/** A checkpoint or savepoint on disk, for `millrace checkpoints` and restore dialogs. */
export interface StoredCheckpoint {
  readonly id: number;
  readonly kind: 'checkpoint' | 'savepoint';
  readonly path: string;
  readonly jobId: string;
  readonly attempt: number;
  readonly completedAtMs: number;
  readonly parallelism: number;
  readonly maxParallelism: number;
  readonly bytes: number;
  /** Null when every file has its length and checksum; else what is wrong with it. */
  readonly damage: string | null;
  readonly nodes: readonly { readonly nodeId: string; readonly sections: readonly string[]; readonly bytes: number }[];
}

export type { EdgeMetrics, NodeMetrics };

/** What a user interface may ask about runs: start, stop, figures, checkpoints, event time, rows; the engine answers. */
import type { ErrorMessage } from './messages.ts';

export type RunPhase = 'starting' | 'running' | 'restarting' | 'stopping' | 'finished' | 'failed' | 'stopped' | 'lost';

export interface RunStatus {
  readonly runId: string;
  readonly pipelinePath: string;
  readonly pipelineName: string;
  readonly documentId: string;
  readonly phase: RunPhase;
  readonly startedAtMs: number;
  readonly endedAtMs: number | null;
  readonly attempt: number;
  /** Computed from sources, sinks and settings. */
  readonly guarantee: 'exactly-once' | 'at-least-once' | 'at-most-once' | 'effectively-once';
  readonly guaranteeReason: { readonly en: string; readonly zh: string };
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly nodeId: string | null;
    readonly remedy: string | null;
  } | null;
  readonly parallelism: number;
  readonly checkpointDirectory: string;
  /** Sources and timers stand still; what had been read has flowed on. */
  readonly paused: boolean;
  /** Multiple of the pace that the sources have; null when none has one, so that there is nothing to speed up. */
  readonly speed: ReplaySpeedSetting | null;
}

/** A positive number, or as fast as the sources can. */
export type ReplaySpeedSetting = number | 'max';

export interface CheckpointInfo {
  readonly id: number;
  readonly kind: 'checkpoint' | 'savepoint';
  readonly status: 'in-progress' | 'complete' | 'failed';
  readonly startedAtMs: number;
  readonly durationMs: number | null;
  /** Longest time a subtask stood still for it, from the barrier's arrival until it went on. */
  readonly pauseMs?: number;
  readonly bytes: number;
  readonly path: string;
  readonly failure: string | null;
}

/** Absolute counters of one node or edge, summed over subtasks; rates are made by the reader from two frames. */
export interface NodeMetrics {
  readonly nodeId: string;
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** Time of its task, which other nodes may share. */
  readonly busyMs: number;
  readonly idleMs: number;
  readonly backPressuredMs: number;
  /** Of busyMs, what this node worked itself. */
  readonly workMs: number;
  /** Shares of the latest one or two seconds, 0…1: its own work, and waiting for room, each of the subtask that has most of it. */
  readonly busiest: number;
  readonly mostPressed: number;
  /** Nodes with the same number run in one task, one after the other; -1 for nodes that only wire. */
  readonly task: number;
  /** Every window they belong to had fired. */
  readonly lateRecords: number;
  /** Some of their windows had fired. */
  readonly partlyLateRecords: number;
  /** Came behind the watermark, the two above included; the rest was counted in full. */
  readonly behindRecords: number;
  readonly badRecords: number;
  /** In memory. */
  readonly stateBytes: number;
  readonly stateKeys: number;
  /** State on disk, and what has been written there and read back so far; absent: none. */
  readonly stateDiskBytes?: number;
  readonly stateDiskWritten?: number;
  readonly stateDiskRead?: number;
  /** Lowest current watermark over subtasks, epoch ms; null before the first. Long.MAX shows as Infinity. */
  readonly watermark: number | null;
}

export interface EdgeMetrics {
  readonly edgeId: string;
  readonly rows: number;
  readonly bytes: number;
}

export interface SubtaskMetrics extends NodeMetrics {
  readonly subtask: number;
}

export interface RunMetrics {
  readonly runId: string;
  readonly sequence: number;
  readonly atMs: number;
  readonly uptimeMs: number;
  readonly nodes: readonly NodeMetrics[];
  readonly edges: readonly EdgeMetrics[];
  /** Share of the latest one or two seconds that the worker with the least rest had none, 0…1. */
  readonly fullestWorker: number;
  readonly checkpointsComplete: number;
  readonly checkpointsFailed: number;
}

/** One sender of rows to a node: a subtask of the node before it, with the event time it has announced. */
export interface NodeTimeChannel {
  readonly nodeId: string;
  readonly subtask: number;
  /** Epoch ms; null before the first. */
  readonly watermark: number | null;
  /** Does not hold the watermark back. */
  readonly idle: boolean;
  readonly ended: boolean;
  readonly rows: number;
  /** Since its last rows, to half a second. */
  readonly quietMs: number;
  /** Subtasks of sources whose rows come this way and no other; empty where rows of all subtasks mix before it. */
  readonly reads: readonly SourceReading[];
}

/** A subtask of a source and what it reads now: files, addresses; null when it does not tell, empty when it has nothing to read. */
export interface SourceReading {
  readonly nodeId: string;
  readonly subtask: number;
  readonly splits: readonly string[] | null;
}

/** Bounds in the window's own clock (UTC, or the zone of a TIMESTAMP_LTZ); `firesAt` is the watermark that it waits for. */
export interface NodeTimeWindow {
  readonly start: number;
  readonly end: number;
  readonly firesAt: number;
  readonly state: 'fired' | 'open';
  readonly keys: number;
  /** False: at least so many. */
  readonly exactKeys: boolean;
  /** Fired ones: rows they gave. */
  readonly rowsOut: number;
}

/** A row that came behind the watermark. */
export interface NodeTimeRow {
  readonly atMs: number;
  readonly eventTime: number;
  readonly behindMs: number;
  readonly outcome: 'counted' | 'missed-some' | 'late';
  readonly missed: number;
  readonly windows: number;
  /** Its sender, as in the list of channels. */
  readonly nodeId: string;
  readonly subtask: number;
  /** JSON text. */
  readonly row: string;
}

/** Why a node's windows have, or have not, fired. */
export interface NodeTime {
  readonly nodeId: string;
  readonly atMs: number;
  /** False until the workers have told for the first time. */
  readonly ready: boolean;
  readonly watermark: number | null;
  readonly allowedLatenessMs: number;
  readonly channels: readonly NodeTimeChannel[];
  readonly windows: readonly NodeTimeWindow[];
  /** Open windows that are not listed. */
  readonly more: number;
  /** False: there are so many windows that not all were looked at. */
  readonly complete: boolean;
  /** Since the run began, rows behind the watermark by what became of them. */
  readonly counted: number;
  readonly missedSome: number;
  readonly late: number;
  /** The newest of them since somebody watches. */
  readonly rows: readonly NodeTimeRow[];
}

/** Rows of an edge that somebody watches, a few of many when they are fast. */
export interface EdgeTail {
  /** JSON texts, a changelog row that is no insert with its kind first; those after the asked number, the newest of them. */
  readonly rows: readonly string[];
  /** Number of the newest row; ask for what comes after it. Numbers only grow, also over another engine process. */
  readonly last: number;
  /** Rows that crossed the edge, shown or not. */
  readonly total: number;
}

/** Rows that reached a sink, numbered from 1 as they came. */
export interface RunResults {
  /** Another one: the numbers begin again, because another engine process carries the run on. */
  readonly logId: number;
  /** Number of the first of `rows`. */
  readonly first: number;
  /** Number of the newest row; 0 = none yet. */
  readonly last: number;
  /** JSON texts as `run.tail` gives them, a changelog row that is no insert with its kind first; all that are kept after the asked number. */
  readonly rows: readonly string[];
  /** Rows that reached the node since the run began, shown or not. */
  readonly total: number;
  /** False: rows are seen only since somebody asks, and a few of many when they are fast. */
  readonly fromStart: boolean;
}

/**
 * `latest`: the newest checkpoint of the pipeline, also one behind all of its input, so that nothing is done twice. `unfinished`: the newest,
 * but from the beginning when the last run had read all of its input. `none`: from the beginning. Or the folder of a checkpoint or savepoint.
 */
export type RestoreOption = 'latest' | 'unfinished' | 'none' | { readonly path: string };

/** What a run of a pipeline could begin with. */
export interface KeptState {
  /** Of runs that had more to read, newest first. */
  readonly checkpoints: readonly CheckpointInfo[];
  /** Where `unfinished` would go on; null: from the beginning. */
  readonly goesOnFrom: string | null;
}

export interface RunOptions {
  readonly restore: RestoreOption;
  readonly parallelism?: number;
  readonly batchRows?: number;
  readonly checkpointDirectory?: string;
  readonly checkpointIntervalMs?: number;
}

export interface RunMethods {
  'run.start': { side: 'engine'; params: { path: string; text: string; options: RunOptions }; result: RunStatus };
  'run.stop': {
    side: 'engine';
    params: { runId: string; mode: 'keep-state' | 'drain' | 'discard' };
    result: { savepointPath: string | null };
  };
  /** Pauses, resumes and sets the speed of paced sources; holds until the run ends, over restarts too. */
  'run.pace': { side: 'engine'; params: { runId: string; paused: boolean; speed: ReplaySpeedSetting }; result: RunStatus };
  'run.savepoint': { side: 'engine'; params: { runId: string }; result: CheckpointInfo };
  'run.list': { side: 'engine'; params: Record<string, never>; result: readonly RunStatus[] };
  /** The document as the run was started with, so that later edits can be told. */
  'run.spec': { side: 'engine'; params: { runId: string }; result: { text: string } };
  'run.checkpoints': { side: 'engine'; params: { runId: string }; result: readonly CheckpointInfo[] };
  /** What a run of this pipeline could start from, newest first. */
  /** What stands against going on from it with the pipeline as it is now. */
  'checkpoint.check': {
    side: 'engine';
    params: { path: string; text: string; checkpoint: string };
    result: { problems: readonly ErrorMessage[] };
  };
  'checkpoint.list': { side: 'engine'; params: { path: string; text: string }; result: KeptState };
  'run.subtasks': { side: 'engine'; params: { runId: string; nodeId: string }; result: readonly SubtaskMetrics[] };
  /** Event time at a node with windows; telling starts with the first call and stops 5 s after the last. */
  'run.time': { side: 'engine'; params: { runId: string; nodeId: string }; result: NodeTime };
  /** Newest rows that crossed an edge; sampling starts with the first call and stops 5 s after the last. */
  'run.tail': {
    side: 'engine';
    params: { runId: string; edgeId: string; afterSequence: number; rowsMax: number };
    result: EdgeTail;
  };
  'run.preview': {
    side: 'engine';
    params: { runId: string; nodeId: string; rowsMax: number };
    result: { rows: readonly string[]; total: number };
  };
  /** The rows of a sink after a number, the newest 10,000 and 8 million characters at most; what is not handed over from the start is sampled while asked for, until 5 s after the last call. */
  'run.results': { side: 'engine'; params: { runId: string; nodeId: string; afterSequence: number }; result: RunResults };
}

/** What a user interface may ask about the runs a pipeline has had; the engine answers from what it keeps beside their checkpoints. */
import type { RunLogPart } from './logs.ts';
import type { CheckpointInfo, RunStatus } from './runs.ts';

/** `interrupted`: its engine, host or machine ended first. `lost`: it could not be gone on with after that. */
export type RunOutcome = 'running' | 'finished' | 'stopped' | 'failed' | 'interrupted' | 'lost';

/** A checkpoint or savepoint by its name and place. */
export interface CheckpointPlace {
  readonly id: number;
  readonly kind: 'checkpoint' | 'savepoint';
  readonly path: string;
}

/** One run as the list shows it. */
export interface RunSummary {
  readonly runId: string;
  readonly documentId: string;
  readonly pipelineName: string;
  readonly pipelinePath: string;
  readonly startedAtMs: number;
  /** Null while it goes on; of an interrupted run, when it last gave a sign of life. */
  readonly endedAtMs: number | null;
  readonly outcome: RunOutcome;
  /** How a stopped run was stopped. */
  readonly stopMode: 'keep-state' | 'drain' | 'discard' | null;
  readonly error: RunStatus['error'];
  readonly parallelism: number;
  readonly guarantee: RunStatus['guarantee'];
  /** Null: it began afresh. */
  readonly startedFrom: CheckpointPlace | null;
  /** Times it went on after a failure. */
  readonly restarts: number;
  /** Times it went on after the end of its engine process. */
  readonly engineDeaths: number;
  /** Out of its sources and into its sinks, since the last restart. */
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly checkpointsComplete: number;
  readonly checkpointsFailed: number;
  readonly lastCheckpoint: CheckpointInfo | null;
  /** Entries of its log. */
  readonly warnings: number;
  readonly errors: number;
  /** SHA-256 of the text it ran; equal texts, equal drawings. */
  readonly specHash: string;
}

/** A node's figures at the end, or as they were last written down; since the last restart. */
export interface RunNodeFigures {
  readonly nodeId: string;
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly busyMs: number;
  readonly lateRecords: number;
  readonly badRecords: number;
  readonly stateBytes: number;
  readonly stateKeys: number;
}

export interface RunDetail extends RunSummary {
  readonly nodes: readonly RunNodeFigures[];
  /** The newest, newest first; `kept`: it is still there to start from. */
  readonly checkpoints: readonly (CheckpointInfo & { readonly kept: boolean })[];
}

/** A run whose entry cannot be read. */
export interface DamagedRun {
  readonly runId: string;
  readonly startedAtMs: number;
  readonly reason: string;
}

/** A pipeline by its file and its text, which say where its runs are kept. */
interface PipelinePlace {
  readonly path: string;
  readonly text: string;
}

export interface HistoryMethods {
  /** Newest first, those that are going included; at most 100, of the last 90 days or among the newest ten. */
  'history.list': {
    side: 'engine';
    params: PipelinePlace;
    result: { readonly runs: readonly RunSummary[]; readonly damaged: readonly DamagedRun[] };
  };
  'history.show': { side: 'engine'; params: PipelinePlace & { runId: string }; result: RunDetail };
  /** The document as it was run. */
  'history.spec': { side: 'engine'; params: PipelinePlace & { runId: string }; result: { text: string } };
  'history.log': { side: 'engine'; params: PipelinePlace & { runId: string }; result: RunLogPart };
}

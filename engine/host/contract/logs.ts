/** What a user interface may ask about the log of a run: entries tied to nodes, delivered as they come; the engine answers. */

export type LogLevel = 'info' | 'warning' | 'error';

export interface RunLogEntry {
  readonly runId: string;
  /** From 1, without gaps, over restarts and over the end of an engine process. */
  readonly sequence: number;
  readonly atMs: number;
  readonly level: LogLevel;
  /** Stable: the code of an error (`MR4001`), or the name of what happened (`checkpoint-complete`). */
  readonly code: string;
  readonly nodeId: string | null;
  /** From 0; null: not one subtask alone. */
  readonly subtask: number | null;
  readonly text: { readonly en: string; readonly zh: string };
}

/** A run's log is bounded: its beginning and its newest entries are kept, of those between what was no routine. */
export interface RunLogPart {
  /** In order; a gap in their numbers is what was dropped. */
  readonly entries: readonly RunLogEntry[];
  /** Number of the newest entry; 0: there is none. */
  readonly last: number;
}

/** What was said within a tenth of a second: a burst, such as that of a folder of small files, is told at once. */
export interface RunLogNews {
  readonly runId: string;
  /** In order, without gaps; at least one. */
  readonly entries: readonly RunLogEntry[];
}

export interface LogMethods {
  /** What is kept behind entry number `afterSequence`; the event `run.log` tells what comes from then on. */
  'run.logs': { side: 'engine'; params: { runId: string; afterSequence: number }; result: RunLogPart };
}

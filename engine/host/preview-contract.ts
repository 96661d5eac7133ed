/** What a preview tells of each node: the part of the contract that contract.ts passes on. */
import type { JsonValue } from '../base/json.ts';

export interface FieldMessage {
  readonly name: string;
  /** Flink SQL spelling, e.g. `BIGINT NOT NULL`. */
  readonly type: string;
}

/** A refusal or failure as it crosses a transport. */
export interface ErrorMessage {
  readonly code: string;
  readonly message: string;
  readonly remedy: string | null;
  readonly nodeId: string | null;
  readonly field: string | null;
  readonly data?: JsonValue;
}

/** Rows at one port of a node in a preview. */
export interface PreviewPort {
  readonly port: string;
  readonly columns: readonly FieldMessage[];
  /** JSON texts as `run.tail` gives them; the first of `total`. */
  readonly rows: readonly string[];
  readonly total: number;
  /**
   * Outputs of nodes that work row by row: which row of the first input each row came from. An input row that is named by
   * no output and by no error was left behind.
   */
  readonly from?: readonly number[];
}

/** A row that a node could not take. It is left out, so that the rest can be seen; a run would fail here. */
export interface PreviewRowError {
  readonly input: string;
  /** Place among all rows of the input, from 0. */
  readonly row: number;
  readonly error: ErrorMessage;
}

/**
 * `complete`: ran to the end of the sample. `sink`: shown what it would get, never written. `live`: a source that is not
 * opened before the pipeline runs. `waiting`: nothing can arrive, because of the node `because`. `invalid`: has errors to
 * be fixed first. `failed`: stopped by `error`. `off`: switched off. `late`: the time of the preview was over before.
 */
export type PreviewState = 'complete' | 'sink' | 'live' | 'waiting' | 'invalid' | 'failed' | 'off' | 'late';

export interface PreviewNode {
  readonly nodeId: string;
  readonly state: PreviewState;
  readonly because: string | null;
  readonly inputs: readonly PreviewPort[];
  readonly outputs: readonly PreviewPort[];
  readonly error: ErrorMessage | null;
  readonly rowErrors: readonly PreviewRowError[];
}

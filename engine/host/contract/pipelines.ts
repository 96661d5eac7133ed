/** What a user interface may ask about a pipeline that does not run: checks, columns, a preview over a sample, exports; the engine answers. */
import type { JsonObject } from '../../base/json.ts';
import type { ErrorMessage, FieldMessage, ProblemMessage } from './messages.ts';

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

export interface ExportNote {
  readonly nodeId: string;
  readonly status: 'same' | 'note' | 'unsupported';
  readonly text: { readonly en: string; readonly zh: string };
  /** Of what is unsupported: why, and the closest thing that the target can do; sentences without a final stop. */
  readonly reason?: { readonly en: string; readonly zh: string };
  readonly nearest?: { readonly en: string; readonly zh: string };
}

export interface PipelineMethods {
  'pipeline.check': { side: 'engine'; params: { text: string; path: string }; result: { problems: readonly ProblemMessage[] } };
  'schema.infer': {
    side: 'engine';
    params: { nodeType: string; config: JsonObject; baseDirectory: string };
    result: { fields: readonly FieldMessage[]; sampleRows: number };
  };
  /**
   * Runs the drawing over a bounded sample of its sources: nothing is written, no live source is opened. A newer request
   * from anywhere supersedes an older one, which then fails with MR5020. `nodes` absent: all.
   */
  'preview.rows': {
    side: 'engine';
    params: { text: string; path: string; rowsMax: number; nodes?: readonly string[] };
    result: { nodes: readonly PreviewNode[]; durationMs: number };
  };
  'export.write': {
    side: 'engine';
    params: { text: string; target: 'spec' | 'flink-sql'; path: string };
    result: { text: string; report: readonly ExportNote[] };
  };
}

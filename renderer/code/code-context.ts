/** What an editor knows of the text in it: which language it is, and what the names in it may mean. */
import type { Schema } from '../../engine/types/schema.ts';

/**
 * `expression`: Flink SQL over columns; `aggregate`: one aggregate call over a column; `type`: a Flink SQL type;
 * `typescript`: custom code over declarations; `json` and `plain`: coloured only.
 */
export type CodeMode = 'expression' | 'aggregate' | 'type' | 'typescript' | 'json' | 'plain';

export interface CodeContext {
  readonly mode: CodeMode;
  readonly schema: Schema;
  /** TypeScript only: what the code may name. */
  readonly declarations?: string;
}

/** Something wrong at a place of the text; half-open, in UTF-16 units. */
export interface CodeMark {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

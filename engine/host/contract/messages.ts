/** What host and engine say in words: findings, failures, columns. */
import type { JsonValue } from '../../base/json.ts';

/** A finding about a pipeline, in words already made for people by `code` and `parameters` (both languages). */
export interface ProblemMessage {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly nodeId?: string;
  readonly edgeId?: string;
  readonly field?: string;
  readonly text: { readonly en: string; readonly zh: string };
}

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
  /** The same in Chinese, where there is one. */
  readonly zh?: { readonly message: string; readonly remedy: string };
}

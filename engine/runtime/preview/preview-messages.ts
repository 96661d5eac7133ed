/** Messages between the engine's main thread and the preview thread. */
import type { PreviewNode } from '../../host/contract.ts';
import type { FailureMessage } from '../workers/messages.ts';
import type { PreviewRequest } from './run-preview.ts';

/** Work on one request; what is not done by then is said to be late. */
export const PREVIEW_MS_MAX = 2_000;

export interface PreviewStart {
  /** One i32: number of the newest call. */
  readonly newest: SharedArrayBuffer;
}

export interface PreviewCall {
  readonly call: number;
  readonly request: PreviewRequest;
}

export type PreviewReply =
  | { readonly kind: 'started'; readonly call: number }
  | { readonly kind: 'node'; readonly call: number; readonly node: PreviewNode }
  | { readonly kind: 'done'; readonly call: number }
  | { readonly kind: 'failed'; readonly call: number; readonly failure: FailureMessage };

/** What the coordinator asks of the I/O worker, one request after the other, and what comes back. */
import type { Manifest } from '../checkpoints/manifest.ts';
import type { FailureMessage, TaskSnapshot } from './messages.ts';

export type IoRequest =
  /** Makes output that sinks have staged durable. */
  | { readonly type: 'sync-outputs'; readonly paths: readonly string[] }
  /** Writes and syncs one subtask's state file into the checkpoint's folder. */
  | {
      readonly type: 'write-state';
      readonly folder: string;
      readonly path: string;
      readonly jobId: string;
      readonly attempt: number;
      readonly snapshot: Pick<TaskSnapshot, 'checkpointId' | 'task' | 'subtask' | 'sections'>;
    }
  /** Makes the checkpoint complete: entries of its folder, manifest, rename, folder. */
  | { readonly type: 'write-manifest'; readonly folder: string; readonly path: string; readonly owner: number; readonly manifest: Manifest }
  /** Removes what is superseded or was given up; failures are only told. */
  | { readonly type: 'remove'; readonly paths: readonly string[] };

export interface IoCall {
  readonly call: number;
  readonly request: IoRequest;
}

export type IoResult =
  | { readonly type: 'state-written'; readonly bytes: number; readonly checksum: number }
  | { readonly type: 'outputs-synced' }
  | { readonly type: 'manifest-written'; readonly bytes: number }
  | { readonly type: 'removed'; readonly failures: readonly string[] }
  | { readonly type: 'failed'; readonly failure: FailureMessage };

export interface IoReply {
  readonly call: number;
  readonly result: IoResult;
}

/** What a checkpoint consists of: the content of its manifest and of its state files' descriptions. */
import type { JsonObject, JsonValue } from '../../base/json.ts';

export interface ManifestFile {
  readonly name: string;
  readonly task: number;
  readonly subtask: number;
  readonly bytes: number;
  readonly checksum: number;
}

export interface ManifestNode {
  readonly id: string;
  readonly type: string;
  readonly parallelism: number;
}

export interface Manifest {
  readonly jobId: string;
  readonly jobName: string;
  readonly checkpointId: number;
  readonly kind: 'checkpoint' | 'savepoint';
  /** Owner's number: which start of the job wrote it. */
  readonly attempt: number;
  readonly specHash: string;
  readonly parallelism: number;
  readonly maxParallelism: number;
  /** Subtasks by node; absent in checkpoints that are older than nodes with a parallelism of their own. */
  readonly nodes?: readonly ManifestNode[];
  readonly startedAtMs: number;
  readonly completedAtMs: number;
  /** Every source had ended, or was ended by draining. */
  readonly finished: boolean;
  readonly files: readonly ManifestFile[];
  readonly enumerators: readonly { readonly nodeId: string; readonly state: JsonValue }[];
  readonly committables: readonly { readonly nodeId: string; readonly value: JsonValue }[];
}

/** Behind it there is nothing to continue; behind the savepoint of a drained run there is. */
export function hasReadAll({ finished, kind }: Manifest): boolean {
  return finished && kind === 'checkpoint';
}

/** A section as a state file's description names it. */
export interface StoredSection {
  readonly nodeId: string;
  readonly name: string;
  readonly distribution: 'keyed' | 'list' | 'union';
  readonly header: JsonValue;
  readonly keyGroups: { readonly start: number; readonly end: number };
  /** Relative to the payload. */
  readonly offset: number;
  readonly length: number;
}

export interface StateDescription {
  readonly jobId: string;
  readonly checkpointId: number;
  readonly attempt: number;
  readonly name: string;
  readonly task: number;
  readonly subtask: number;
  readonly sections: readonly StoredSection[];
}

/** Both are plain JSON by construction. */
export function asJson(value: Manifest | StateDescription): JsonObject {
  return value as unknown as JsonObject;
}

export function asManifest(description: JsonObject): Manifest {
  return description as unknown as Manifest;
}

export function asStateDescription(description: JsonObject): StateDescription {
  return description as unknown as StateDescription;
}

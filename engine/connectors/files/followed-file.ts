/** One file that is followed as it grows: where reading stands, and what a successor needs to find it again. */
import type { JsonObject, JsonValue } from '../../base/json.ts';

export interface FollowedPosition {
  /** Last path the file was seen under; it may be renamed while it is followed. */
  readonly path: string;
  readonly inode: string;
  readonly position: number;
  readonly lines: number;
  readonly inLongLine: boolean;
  readonly decoderState: JsonValue;
}

export function writeFollowed(position: FollowedPosition): JsonObject {
  return { ...position };
}

export function readFollowed(value: JsonValue): FollowedPosition {
  return value as unknown as FollowedPosition;
}

/** Which of `parallelism` readers follows the file: by identity, so that a rename does not move it. */
export function ownerOf(inode: string, parallelism: number): number {
  return Number(BigInt(inode) % BigInt(parallelism));
}

/** A stretch of one file that one reader reads, as it travels in messages and checkpoints. */
import { assert } from '../../base/assert.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';

export interface FileSplit {
  readonly path: string;
  /** Identity of the file, so that a file put in its place is noticed. */
  readonly inode: string;
  /** Lines that begin in `[start, end)` belong to this split. */
  readonly start: number;
  readonly end: number;
  /** Offset of the first byte not read yet; null = the split is untouched. */
  readonly position: number | null;
  /** Lines before `position` in the whole file, where known. */
  readonly lines: number | null;
  /** The rest of the line at `position` has been dealt with (it was too long) and is to be passed over. */
  readonly inLongLine: boolean;
  /** What the decoder needs to go on, see RecordDecoder.inputState. */
  readonly decoderState: JsonValue;
}

export function untouchedSplit(path: string, inode: string, start: number, end: number): FileSplit {
  return { path, inode, start, end, position: null, lines: null, inLongLine: false, decoderState: null };
}

export function writeSplit(split: FileSplit): JsonObject {
  return { ...split };
}

/** Reads what `writeSplit` wrote. */
export function readSplit(value: JsonValue): FileSplit {
  const object = value as JsonObject;
  assert(typeof object === 'object' && object !== null && typeof object.path === 'string', 'a file split has a path');
  return object as unknown as FileSplit;
}

/** Where the generated walk finds what it works on: one block of job memory filled in before every call. */

/** Byte offsets in the block. */
export const WALK = {
  /** Out: where the walk stopped. */
  position: 0,
  /** In and out: next free byte for decoded text. */
  heap: 4,
  /** Address of the bitmap minus an eighth of the page's: the word of address p is at `marksBias + (p >> 6) * 8`. */
  marksBias: 8,
  /** Validity lane of plan index 0, and the distance to the next. */
  validity: 12,
  stride: 16,
  /** Powers of ten as doubles (0…22) and as long integers (0…18). */
  powers: 32,
  longPowers: 32 + 23 * 8,
  /** Per plan index: address of the data lane, address of the nanosecond lane. */
  lanes: 32 + 23 * 8 + 19 * 8,
} as const;

const LANE_BYTES = 8;
/** Of a timestamp column: 16 characters of the last minute and its epoch milliseconds. */
export const CACHE_BYTES = 24;

export function laneOffset(planIndex: number): number {
  return WALK.lanes + LANE_BYTES * planIndex;
}

export function nanosOffset(planIndex: number): number {
  return laneOffset(planIndex) + 4;
}

/** Offset of the first cache behind the lanes of `planCount` columns. */
export function cachesOffset(planCount: number): number {
  return laneOffset(planCount);
}

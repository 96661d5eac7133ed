/**
 * How one cell of a column looks in JavaScript where rows are not in columns: builders, tails, tests. The same
 * convention as the expression interpreter's values (expressions/value.ts), which stands above this layer:
 * DECIMAL is its unscaled bigint, DATE days, TIME milliseconds, TIMESTAMP nanoseconds since the epoch as bigint.
 */
export type ColumnValue = null | boolean | number | bigint | string | Uint8Array | readonly ColumnValue[];

export const NANOS_PER_MILLI = 1_000_000n;

/** Milliseconds of a timestamp value, rounded down. */
export function floorMillis(nanos: bigint): bigint {
  const millis = nanos / NANOS_PER_MILLI;
  return nanos < 0n && millis * NANOS_PER_MILLI !== nanos ? millis - 1n : millis;
}

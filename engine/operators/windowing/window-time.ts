/** Arithmetic on event time as Flink does it: 64-bit, wrapping, windows aligned with a floor, not a truncation. */

export const LONG_MIN = -(2n ** 63n);
export const LONG_MAX = 2n ** 63n - 1n;

/** Wraps to a long. */
export function wrap(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}

/** Start of the window of `size` that holds `timestamp`; windows begin at multiples of the size plus `offset`. */
export function windowStart(timestamp: bigint, offset: bigint, size: bigint): bigint {
  const remainder = wrap(timestamp - offset) % size;
  return wrap(timestamp - (remainder < 0n ? remainder + size : remainder));
}

/** Time at which nothing more can come for a window whose last millisecond is `maxTimestamp`; saturates at Long.MAX. */
export function cleanupTime(maxTimestamp: bigint, allowedLateness: bigint): bigint {
  const time = wrap(maxTimestamp + allowedLateness);
  return time >= maxTimestamp ? time : LONG_MAX;
}

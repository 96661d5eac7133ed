/** Arithmetic on event time as Flink does it: 64-bit, wrapping, windows aligned with a floor, not a truncation. */

import { LONG_MAX, wrap } from '../time/long.ts';

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

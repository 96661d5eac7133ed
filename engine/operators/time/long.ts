/** Bounds and wrapping of 64-bit times. */

export const LONG_MIN = -(2n ** 63n);
export const LONG_MAX = 2n ** 63n - 1n;

/** Wraps to a long. */
export function wrap(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}

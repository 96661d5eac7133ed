/** The few exact operations that accumulators call out for: 128-bit sums, averages, the order of texts. */

const DIGITS_MAX = 38;
const LIMIT = 10n ** BigInt(DIGITS_MAX);

/** Adds four words (low first) to those at `target`; true when the sum has more than 38 digits. */
export function addWide(
  i32: Int32Array,
  i64: BigInt64Array,
  target: number,
  w0: number,
  w1: number,
  w2: number,
  w3: number,
  highLimit: number,
): boolean {
  const s0 = (i32[target] >>> 0) + (w0 >>> 0);
  const s1 = (i32[target + 1] >>> 0) + (w1 >>> 0) + (s0 > 4294967295 ? 1 : 0);
  const s2 = (i32[target + 2] >>> 0) + (w2 >>> 0) + (s1 > 4294967295 ? 1 : 0);
  const before = i32[target + 3];
  const high = (before + w3 + (s2 > 4294967295 ? 1 : 0)) | 0;
  i32[target] = s0 | 0;
  i32[target + 1] = s1 | 0;
  i32[target + 2] = s2 | 0;
  i32[target + 3] = high;
  if (((before ^ high) & (w3 ^ high)) < 0) return true;
  if (high < highLimit && high > ~highLimit) return false;
  const sum = readWide(i64, target >>> 1);
  return sum >= LIMIT || sum <= -LIMIT;
}

/** The 128-bit number at i64 index `at`. */
export function readWide(i64: BigInt64Array, at: number): bigint {
  return (i64[at + 1] << 64n) | BigInt.asUintN(64, i64[at]);
}

/** Sum divided by count, truncated; the sum has wrapped before if it had to. */
export function averageLong(i64: BigInt64Array, sumAt: number, countAt: number): bigint {
  return i64[sumAt] / i64[countAt];
}

/**
 * Sum (at `scale`) divided by count, to 38 digits and then to `scale + shift` fraction digits, both half up; written to i64
 * index `target`. False when the result does not fit.
 */
export function averageDecimal(i64: BigInt64Array, sumAt: number, countAt: number, scale: number, shift: number, target: number): boolean {
  const sum = readWide(i64, sumAt);
  const magnitude = divideHalfUp(sum < 0n ? -sum : sum, i64[countAt], scale, scale + shift);
  if (magnitude >= LIMIT) return false;
  const result = sum < 0n ? -magnitude : magnitude;
  i64[target] = BigInt.asIntN(64, result);
  i64[target + 1] = BigInt.asIntN(64, result >> 64n);
  return true;
}

/** Java's `BigDecimal.divide(…, new MathContext(38, HALF_UP))` followed by `setScale(resultScale, HALF_UP)`. */
export function divideHalfUp(unscaled: bigint, divisor: bigint, scale: number, resultScale: number): bigint {
  if (unscaled === 0n) return 0n;
  let digits = unscaled.toString().length - divisor.toString().length;
  if (unscaled * power(-digits) < divisor * power(digits)) digits--;
  const exponent = DIGITS_MAX - 1 - digits;
  const rounded = roundedQuotient(unscaled * power(exponent), divisor * power(-exponent));
  const surplus = scale + exponent - resultScale;
  return roundedQuotient(rounded * power(-surplus), power(surplus));
}

/** Order of two byte strings, as unsigned bytes: negative, zero or positive. */
export function compareBytes(u8: Uint8Array, left: number, leftLength: number, right: number, rightLength: number): number {
  const shorter = Math.min(leftLength, rightLength);
  for (let at = 0; at < shorter; at++) {
    const difference = u8[left + at] - u8[right + at];
    if (difference !== 0) return difference;
  }
  return leftLength - rightLength;
}

/** Ten to `exponent`, 1 for negative ones. */
function power(exponent: number): bigint {
  return exponent <= 0 ? 1n : 10n ** BigInt(exponent);
}

function roundedQuotient(numerator: bigint, denominator: bigint): bigint {
  return (numerator * 2n + denominator) / (denominator * 2n);
}

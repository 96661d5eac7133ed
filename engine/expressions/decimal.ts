/** Exact decimal arithmetic on unscaled BigInts: what Java's BigDecimal and Flink's DecimalData do. */

export const DECIMAL_PRECISION_MAX = 38;

const POWERS: bigint[] = [];

/** 10 to the power of `exponent`, cached up to a few hundred. */
export function pow10(exponent: number): bigint {
  if (exponent > 400) return 10n ** BigInt(exponent);
  for (let next = POWERS.length; next <= exponent; next++) POWERS.push(next === 0 ? 1n : POWERS[next - 1] * 10n);
  return POWERS[exponent];
}

export function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** Quotient rounded half away from zero. */
export function divideHalfUp(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const remainder = dividend - quotient * divisor;
  if (absolute(remainder) * 2n < absolute(divisor)) return quotient;
  return dividend < 0n === divisor < 0n ? quotient + 1n : quotient - 1n;
}

/** Brings an unscaled value from one scale to another, rounding half up when digits are lost. */
export function rescale(unscaled: bigint, fromScale: number, toScale: number): bigint {
  if (toScale >= fromScale) return unscaled * pow10(toScale - fromScale);
  return divideHalfUp(unscaled, pow10(fromScale - toScale));
}

/** Number of decimal digits; 0 has one. */
export function digitCount(unscaled: bigint): number {
  return absolute(unscaled).toString().length;
}

/** The value when it has at most `precision` digits, else NULL, as every DECIMAL operation of Flink ends. */
export function fitDecimal(unscaled: bigint, precision: number): bigint | null {
  return absolute(unscaled) < pow10(precision) ? unscaled : null;
}

/** An exact number `unscaled / 10^scale`; scale may be negative. */
export interface ExactNumber {
  readonly unscaled: bigint;
  readonly scale: number;
}

/** BigDecimal.divide(divisor, MathContext(38, HALF_UP)); the divisor must not be zero. */
export function divide38(left: ExactNumber, right: ExactNumber): ExactNumber {
  if (left.unscaled === 0n) return { unscaled: 0n, scale: Math.max(left.scale - right.scale, 0) };
  // Enough digits for 38 significant ones and a sticky remainder.
  const shift = Math.max(0, DECIMAL_PRECISION_MAX + 2 + digitCount(right.unscaled) - digitCount(left.unscaled));
  const dividend = left.unscaled * pow10(shift);
  const scale = left.scale - right.scale + shift;
  const quotient = dividend / right.unscaled;
  const excess = digitCount(quotient) - DECIMAL_PRECISION_MAX;
  if (excess <= 0) return { unscaled: divideHalfUp(dividend, right.unscaled), scale };
  const unit = pow10(excess);
  const truncated = quotient / unit;
  // Half up needs only the first dropped digit.
  const dropped = absolute(quotient - truncated * unit);
  const up = dropped * 2n >= unit;
  const sign = dividend < 0n === right.unscaled < 0n ? 1n : -1n;
  return { unscaled: up ? truncated + sign : truncated, scale: scale - excess };
}

/** Rounds an exact number to a DECIMAL(precision, scale); NULL when it does not fit. */
export function toDecimal(number: ExactNumber, precision: number, scale: number): bigint | null {
  if (number.scale > scale && number.scale - scale > digitCount(number.unscaled) + 1) return 0n;
  if (number.scale < scale && number.unscaled !== 0n && scale - number.scale + digitCount(number.unscaled) > precision) return null;
  return fitDecimal(rescale(number.unscaled, number.scale, scale), precision);
}

/** Plain notation with all digits of the scale: 150n at scale 2 is `1.50`. */
export function printDecimal(unscaled: bigint, scale: number): string {
  if (scale === 0) return unscaled.toString();
  const digits = absolute(unscaled)
    .toString()
    .padStart(scale + 1, '0');
  const cut = digits.length - scale;
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, cut)}.${digits.slice(cut)}`;
}

const DECIMAL_TEXT = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,10}))?$/;
const EXPONENT_MAX = 100_000;

/** What `new BigDecimal(text)` reads; null where it would throw. */
export function parseExact(text: string): ExactNumber | null {
  const match = DECIMAL_TEXT.exec(text);
  if (match === null) return null;
  const whole = match[2];
  const fraction = match[3] ?? '';
  if (whole.length + fraction.length === 0) return null;
  const exponent = Number(match[4] ?? 0);
  if (Math.abs(exponent) > EXPONENT_MAX) return exponent > 0 ? { unscaled: 10n ** 60n, scale: 0 } : { unscaled: 0n, scale: 0 };
  const magnitude = BigInt(whole + fraction);
  return { unscaled: match[1] === '-' ? -magnitude : magnitude, scale: fraction.length - exponent };
}

/** The nearest double of an exact number. */
export function exactToNumber(number: ExactNumber): number {
  return Number(`${number.unscaled}e${-number.scale}`);
}

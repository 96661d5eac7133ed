/**
 * Text of FLOAT and DOUBLE values as Java 17 prints them, which is not always the shortest (2E23 is
 * 1.9999999999999998E23). The digits come from the classic free-format algorithm with a symmetric stopping test.
 */

interface Digits {
  /** Significant digits without trailing zeros. */
  readonly digits: string;
  /** The value is 0.DIGITS × 10^exponent. */
  readonly exponent: number;
}

const DOUBLE_MANTISSA_BITS = 52;
/** Integers below 2^63 take their digits from the integer itself. */
const INTEGER_EXPONENT_MAX = 62;
const view = new DataView(new ArrayBuffer(8));

export function printDouble(value: number): string {
  const magnitude = Math.abs(value);
  // The two ways differ only where a short text lies exactly between two doubles, which takes more digits than fit here.
  if (magnitude >= 1e-3 && magnitude < 1e7) return Number.isInteger(value) ? `${value}.0` : String(value);
  return print(value, 53);
}

export function printFloat(value: number): string {
  return print(value, 24);
}

function print(value: number, significantBits: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Infinity) return 'Infinity';
  if (value === -Infinity) return '-Infinity';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  if (value === 0) return `${sign}0.0`;
  return sign + layOut(shortDigits(Math.abs(value), significantBits));
}

/** Plain notation from 10^-3 up to 10^7, otherwise scientific; always a digit on both sides of the point. */
function layOut({ digits, exponent }: Digits): string {
  if (exponent > 0 && exponent < 8) {
    const padded = digits.padEnd(exponent, '0');
    return `${padded.slice(0, exponent)}.${padded.slice(exponent) || '0'}`;
  }
  if (exponent <= 0 && exponent > -3) return `0.${'0'.repeat(-exponent)}${digits}`;
  return `${digits[0]}.${digits.slice(1) || '0'}E${exponent - 1}`;
}

function shortDigits(value: number, significantBitsWanted: number): Digits {
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  let fraction = bits & 0xfffffffffffffn;
  let binaryExponent = Number(bits >> 52n) - 1023;
  let significantBits = significantBitsWanted;
  const subnormalLimit = significantBitsWanted === 24 ? -126 : -1022;
  if (binaryExponent === -1023) {
    const shift = 53 - bitLength(fraction);
    fraction <<= BigInt(shift);
    binaryExponent = -1022 - shift;
    significantBits = 53 - shift;
  } else {
    fraction |= 1n << 52n;
    if (binaryExponent < subnormalLimit) significantBits -= subnormalLimit - binaryExponent;
  }
  return develop(binaryExponent, fraction, significantBits);
}

/**
 * Digits of fraction × 2^(binaryExponent − 52), highest bit of `fraction` at 52, as one ratio of whole numbers: digits are
 * developed until what is left is smaller than half the distance to the neighbouring value, seen from either side.
 */
function develop(binaryExponent: number, fraction: bigint, significantBits: number): Digits {
  const wholeNumber = binaryExponent >= DOUBLE_MANTISSA_BITS - trailingZeros(fraction);
  if (wholeNumber && binaryExponent <= INTEGER_EXPONENT_MAX) return integerDigits(binaryExponent, fraction, significantBits);
  const isPowerOfTwo = fraction === 1n << BigInt(DOUBLE_MANTISSA_BITS);
  const lastBit = binaryExponent - DOUBLE_MANTISSA_BITS;
  // Below a power of two the next number is only half as far away.
  const toleranceBit = binaryExponent - significantBits - (isPowerOfTwo ? 1 : 0);
  const unit = Math.min(lastBit, toleranceBit, 0);
  let exponent = estimateExponent(fraction, binaryExponent);
  const up = 10n ** BigInt(Math.max(0, -exponent));
  const divisor = (1n << BigInt(-unit)) * 10n ** BigInt(Math.max(0, exponent));
  let rest = (fraction << BigInt(lastBit - unit)) * up;
  let tolerance = (1n << BigInt(toleranceBit - unit)) * up;
  let digits = '';
  let low = false;
  let high = false;
  for (let first = true; first || !(low || high); first = false) {
    const digit = rest / divisor;
    rest = 10n * (rest % divisor);
    tolerance *= 10n;
    low = rest < tolerance;
    high = rest + tolerance > 10n * divisor;
    if (first && digit === 0n && !high) exponent -= 1;
    else digits += digit.toString();
    // Scientific notation always shows two digits.
    if (first && (exponent < -3 || exponent >= 8)) low = high = false;
  }
  const beyondHalf = 2n * rest - 10n * divisor;
  const odd = (digits.charCodeAt(digits.length - 1) & 1) === 1;
  return finish(digits, exponent + 1, high && (!low || beyondHalf > 0n || (beyondHalf === 0n && odd)));
}

function finish(digits: string, exponent: number, up: boolean): Digits {
  let text = digits;
  let power = exponent;
  if (up) {
    text = (BigInt(digits) + 1n).toString().padStart(digits.length, '0');
    if (text.length > digits.length) power += 1;
  }
  return { digits: text.replace(/0+$/, '') || '0', exponent: power };
}

function integerDigits(binaryExponent: number, fraction: bigint, significantBits: number): Digits {
  const insignificant = binaryExponent > significantBits ? insignificantDigits(binaryExponent - significantBits - 1) : 0;
  const shift = binaryExponent - DOUBLE_MANTISSA_BITS;
  let value = shift >= 0 ? fraction << BigInt(shift) : fraction >> BigInt(-shift);
  if (insignificant > 0) {
    const unit = 10n ** BigInt(insignificant);
    const residue = value % unit;
    value /= unit;
    if (residue >= unit / 2n) value += 1n;
  }
  const text = value.toString();
  return { digits: text.replace(/0+$/, ''), exponent: text.length + insignificant };
}

function insignificantDigits(power: number): number {
  return power > 1 && power < 64 ? Math.floor(power * Math.log10(2)) : 0;
}

/** floor(log10(value)), or one less near a power of ten; the digit loop corrects that. */
function estimateExponent(fraction: bigint, binaryExponent: number): number {
  const scaled = Number(fraction) / 2 ** 52;
  return Math.floor((scaled - 1.5) * 0.289529654 + 0.176091259 + binaryExponent * 0.301029995663981);
}

function bitLength(value: bigint): number {
  return value.toString(2).length;
}

function trailingZeros(value: bigint): number {
  const text = value.toString(2);
  return text.length - text.lastIndexOf('1') - 1;
}

/** Numbers as Java prints them, which is how Flink's formats and casts spell FLOAT, DOUBLE and DECIMAL. */

/** `Double.toString` (shortest digits that read back to the same double). */
export function printDouble(value: number): string {
  return printFloating(value, String(Math.abs(value)));
}

/** `Float.toString`; `value` is already a value of `Math.fround`. */
export function printFloat(value: number): string {
  return printFloating(value, shortestFloatDigits(Math.abs(value)));
}

function printFloating(value: number, magnitudeText: string): string {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Number.POSITIVE_INFINITY) return 'Infinity';
  if (value === Number.NEGATIVE_INFINITY) return '-Infinity';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const magnitude = Math.abs(value);
  if (magnitude === 0) return `${sign}0.0`;
  const [digits, exponent] = scientificParts(magnitudeText);
  if (magnitude >= 1e-3 && magnitude < 1e7) return sign + plainText(digits, exponent);
  return `${sign}${digits[0]}.${digits.slice(1) || '0'}E${exponent}`;
}

/** Significant digits without outer zeros, and the power of ten of the first one. */
function scientificParts(text: string): [string, number] {
  const [mantissa, power] = text.toLowerCase().split('e');
  const point = mantissa.indexOf('.');
  const whole = point < 0 ? mantissa : mantissa.slice(0, point);
  const all = whole + (point < 0 ? '' : mantissa.slice(point + 1));
  const leading = all.length - all.replace(/^0+/, '').length;
  const digits = all.slice(leading).replace(/0+$/, '');
  return [digits, whole.length - 1 - leading + (power === undefined ? 0 : Number(power))];
}

function plainText(digits: string, exponent: number): string {
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${whole}.${digits.slice(exponent + 1) || '0'}`;
}

function shortestFloatDigits(magnitude: number): string {
  for (let precision = 1; precision < 9; precision++) {
    const text = magnitude.toExponential(precision - 1);
    if (Math.fround(Number(text)) === magnitude) return text;
  }
  return magnitude.toExponential(8);
}

/** `BigDecimal.toPlainString` of `unscaled` / 10^scale: always exactly `scale` digits after the point. */
export function printDecimal(unscaled: bigint, scale: number): string {
  const sign = unscaled < 0n ? '-' : '';
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString();
  if (scale === 0) return sign + digits;
  const padded = digits.padStart(scale + 1, '0');
  return `${sign}${padded.slice(0, padded.length - scale)}.${padded.slice(padded.length - scale)}`;
}

/** `BigDecimal.toString`: plain unless the value is so small that an exponent is shorter (`1E-7`). */
export function printDecimalScientific(unscaled: bigint, scale: number): string {
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString();
  const exponent = digits.length - 1 - scale;
  if (exponent >= -6 || scale === 0) return printDecimal(unscaled, scale);
  const sign = unscaled < 0n ? '-' : '';
  return `${sign}${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : ''}E${exponent}`;
}

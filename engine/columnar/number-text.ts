/** Decimals as Java prints them, which is how Flink's formats spell DECIMAL. */

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

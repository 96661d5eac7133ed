/** Java 17's text of doubles and floats. */
import { expect, it } from 'vitest';
import { printDouble, printFloat } from './floating-text.ts';

it.each([
  [0, '0.0'],
  [-0, '-0.0'],
  [100, '100.0'],
  [1e7, '1.0E7'],
  [9999999, '9999999.0'],
  [0.001, '0.001'],
  [9.999e-4, '9.999E-4'],
  [2e23, '1.9999999999999998E23'],
  [1e22, '1.0E22'],
  [4.9e-324, '4.9E-324'],
  [1.7976931348623157e308, '1.7976931348623157E308'],
  [0.1, '0.1'],
  [-2.5, '-2.5'],
  [1 / 3, '0.3333333333333333'],
  [1e23, '9.999999999999999E22'],
  [123456789.12345679, '1.2345678912345679E8'],
  [Number.NaN, 'NaN'],
  [-Infinity, '-Infinity'],
])('printDouble(%d) is %s', (value, text) => {
  expect(printDouble(value)).toBe(text);
});

it.each([
  [0.1, '0.1'],
  [1 / 3, '0.33333334'],
  [16777216, '1.6777216E7'],
  [446.140625, '446.14062'],
  [3.4028235e38, '3.4028235E38'],
  [1.4e-45, '1.4E-45'],
])('printFloat(%d) is %s', (value, text) => {
  expect(printFloat(Math.fround(value))).toBe(text);
});

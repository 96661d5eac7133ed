/** Values print as Flink's JSON format prints them. */
import { expect, test } from 'vitest';
import { civilFromDays, daysFromCivil } from '../base/calendar.ts';
import * as types from '../types/make-type.ts';
import { printDouble, printFloat } from './floating-text.ts';
import { printDecimal } from './number-text.ts';
import { printValue } from './row-text.ts';
import { printTimestamp } from './temporal-text.ts';

test('floating numbers print as Java prints them', () => {
  const doubles: [number, string][] = [
    [0, '0.0'],
    [-0, '-0.0'],
    [1, '1.0'],
    [-1.5, '-1.5'],
    [0.001, '0.001'],
    [0.00099, '9.9E-4'],
    [9999999, '9999999.0'],
    [10000000, '1.0E7'],
    [1.25e300, '1.25E300'],
    [123456.789, '123456.789'],
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '-Infinity'],
  ];
  expect(doubles.map(([value]) => printDouble(value))).toEqual(doubles.map(([, text]) => text));
  expect([0.1, 16777216, 3.4028235e38].map((value) => printFloat(Math.fround(value)))).toEqual(['0.1', '1.6777216E7', '3.4028235E38']);
});

test('decimals keep their scale', () => {
  expect([printDecimal(-5n, 2), printDecimal(1230n, 2), printDecimal(7n, 0), printDecimal(0n, 3)]).toEqual([
    '-0.05',
    '12.30',
    '7',
    '0.000',
  ]);
});

test('dates survive a walk over four centuries and the edges', () => {
  for (let days = -800000; days < 800000; days += 997) {
    const { year, month, day } = civilFromDays(days);
    expect(daysFromCivil(year, month, day)).toBe(days);
    expect(new Date(days * 86400000).getUTCFullYear()).toBe(year);
  }
  expect(printTimestamp(-1, 0, ' ')).toBe('1969-12-31 23:59:59.999');
  expect(printTimestamp(0, 1000, 'T')).toBe('1970-01-01T00:00:00.000001');
});

test('values as JSON', () => {
  expect(printValue(types.timestampType(3), 1709164740500n * 1_000_000n)).toBe('"2024-02-28 23:59:00.5"');
  expect(printValue(types.timestampLtzType(3), 0n)).toBe('"1970-01-01 00:00:00Z"');
  expect(printValue(types.BIGINT, 2n ** 63n - 1n)).toBe('9223372036854775807');
  expect(printValue(types.DOUBLE, Number.NaN)).toBe('"NaN"');
  expect(printValue(types.BYTES, Uint8Array.of(1, 2, 3, 4))).toBe('"AQIDBA=="');
  expect(printValue(types.rowType([{ name: 'a"b', type: types.STRING }]), ['x\ny'])).toBe('{"a\\"b":"x\\ny"}');
});

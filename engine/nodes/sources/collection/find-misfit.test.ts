/** Values that fit the types of their columns, and values that do not. */
import { expect, test } from 'vitest';
import type { JsonValue } from '../../../base/json.ts';
import { parseType } from '../../../types/parse-type.ts';
import { findMisfit } from './find-misfit.ts';

const ROWS: readonly (readonly [string, readonly JsonValue[], readonly JsonValue[]])[] = [
  ['BOOLEAN', [true, 'false', ' TRUE '], [1, 'yes', '', []]],
  ['TINYINT', [127, -128, '7', 2.0, '1e1'], [128, -129, 1.5, true, 'x', '']],
  ['BIGINT', ['9223372036854775807', '-9223372036854775808', 5], ['9223372036854775808', '1.5', {}]],
  ['DECIMAL(4, 2)', [99.99, '0012.345', '.5'], [100, '1,5', false]],
  ['DOUBLE', [1e300, 'NaN', '-Infinity', '1.'], ['.', 'one']],
  ['STRING', [1, true, 'x', {}, []], []],
  ['DATE', ['2026-11-18', ' 2026-11-18 '], ['2026-11-1', '18.11.2026', 20261118]],
  ['TIME(0)', ['09:30:00', '09:30:00.5'], ['09:30', '25:00:00']],
  ['TIMESTAMP(3)', ['2026-11-18 09:30:00', '2026-11-18 09:30:00.123'], ['2026-11-18T09:30:00', '2026-11-18 09:30', 0]],
  ['TIMESTAMP_LTZ(3)', ['2026-11-18 09:30:00Z', '2026-11-18 09:30:00+01:00'], ['2026-11-18 09:30:00']],
  ['ARRAY<INT>', [[1]], ['1', { a: 1 }]],
  ['ROW<a INT>', [{ a: 1 }, {}, { a: null }], [{ a: 'x' }, 1, [1]]],
];

test.each(ROWS)('%s', (words, fitting, others) => {
  const parsed = parseType(words);
  if (!('type' in parsed)) throw new Error(words);
  expect(fitting.filter((value) => findMisfit(value, parsed.type, 'c') !== null)).toEqual([]);
  expect(others.filter((value) => findMisfit(value, parsed.type, 'c') === null)).toEqual([]);
  expect(findMisfit(null, parsed.type, 'c')).toBeNull();
});

test('names the member of a ROW', () => {
  const parsed = parseType('ROW<a ROW<b INT>>');
  expect('type' in parsed && findMisfit({ a: { b: 'x' } }, parsed.type, 'c')?.column).toBe('c.a.b');
});

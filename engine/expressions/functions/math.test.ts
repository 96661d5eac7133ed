/** The functions of numbers: silent wrap-around, decimal scales, printed digits of doubles. */
import { expect, test } from 'vitest';
import { evaluateExpression, valueOf } from '../../../test/support/evaluate-expression.ts';

test.each([
  ['ABS(CAST(-128 AS TINYINT))', -128],
  ['SIGN(-2.5)', -10n],
  ['ROUND(127.5E0)', 128],
  ['ROUND(CAST(127 AS TINYINT), -1)', -126],
  ['ROUND(99.995, 2)', 10_000n],
  ['ROUND(1.005E0, 2)', 1.01],
  ['TRUNCATE(-1.99, 1)', -19n],
  ["ROUND(CAST('NaN' AS DOUBLE))", '!failed'],
  ['FLOOR(-2.5)', -3n],
  ['CEIL(-0.5E0)', -0],
  ['MOD(-7, 3)', -1],
  ['MOD(5, 0)', '!failed'],
  ['POWER(2, 10)', 1024],
  ['SQRT(-1)', Number.NaN],
  ['LOG(2, 8)', Math.log(8) / Math.log(2)],
  ["LN('1')", '!refused'],
])('%s', (text, expected) => {
  expect(valueOf(text)).toBe(expected);
});

test.each([
  ['ROUND(99.99, 0)', 'DECIMAL(3, 0) NOT NULL'],
  ['ROUND(1.2345, 2)', 'DECIMAL(4, 2) NOT NULL'],
  ['CEIL(1.5)', 'DECIMAL(2, 0) NOT NULL'],
  ['MOD(CAST(7 AS BIGINT), 3)', 'INT NOT NULL'],
])('%s is %s', (text, type) => {
  expect(evaluateExpression(text)).toMatchObject({ type });
});

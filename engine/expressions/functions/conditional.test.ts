/** Functions that choose among their arguments: common types, NULLs, and what is not computed. */
import { expect, test } from 'vitest';
import { evaluateExpression, valueOf } from '../../../test/support/evaluate-expression.ts';

test.each([
  ['COALESCE(CAST(NULL AS INT), 2, 1 / 0)', 2],
  ['IF(FALSE, 1 / 0, 2)', 2],
  ['IFNULL(1, 1 / 0)', '!failed'],
  ["NULLIF('a', 'a')", null],
  ['NULLIF(1, NULL)', 1],
  ['GREATEST(1, CAST(NULL AS INT), 3)', null],
  ["LEAST('b', 'a')", 'a'],
  ["GREATEST(CAST('NaN' AS DOUBLE), 1E0)", Number.NaN],
  ['COALESCE(NULL, NULL)', '!refused'],
  ["COALESCE(1, 'a')", '!refused'],
  ['IF(1, 2, 3)', '!refused'],
])('%s', (text, expected) => {
  expect(valueOf(text)).toBe(expected);
});

test.each([
  ['COALESCE(CAST(NULL AS INT), 3.5)', 'DECIMAL(11, 1) NOT NULL'],
  ["IFNULL('s', CAST(NULL AS STRING))", 'CHAR(1) NOT NULL'],
  ['IF(CAST(NULL AS BOOLEAN), 1, 2)', 'INT'],
  ['NULLIF(1, 2)', 'INT'],
  ['GREATEST(1, CAST(2 AS BIGINT))', 'BIGINT NOT NULL'],
])('%s is %s', (text, type) => {
  expect(evaluateExpression(text)).toMatchObject({ type });
});

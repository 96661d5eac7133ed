/** Types in common, as recorded from CASE and COALESCE. */
import { expect, it } from 'vitest';
import { leastRestrictive } from './common-type.ts';
import type { LogicalType } from './logical-type.ts';
import { parseType } from './parse-type.ts';
import { printType } from './print-type.ts';

function typeOf(text: string): LogicalType {
  const parsed = parseType(text);
  if ('problem' in parsed) throw new Error(parsed.problem.text.en);
  return parsed.type;
}

it.each([
  ['INT NOT NULL', 'BIGINT NOT NULL', 'BIGINT NOT NULL', 'BIGINT NOT NULL'],
  ['INT', 'DECIMAL(2, 1) NOT NULL', 'DECIMAL(11, 1)', 'DECIMAL(11, 1)'],
  ['DECIMAL(38, 18)', 'DECIMAL(38, 0)', 'DECIMAL(38, 0)', 'DECIMAL(38, 0)'],
  ['FLOAT', 'DOUBLE', 'FLOAT', 'DOUBLE'],
  ['DECIMAL(2, 1)', 'FLOAT', 'DOUBLE', 'FLOAT'],
  ['FLOAT', 'DECIMAL(2, 1)', 'DOUBLE', 'DOUBLE'],
  ['CHAR(1)', 'CHAR(3)', 'VARCHAR(3)', 'VARCHAR(3)'],
  ['CHAR(3)', 'CHAR(3)', 'CHAR(3)', 'CHAR(3)'],
  ['INT', 'DATE', 'DATE', 'none'],
  ['INT', 'STRING', 'none', 'none'],
  ['TIMESTAMP(3)', 'TIMESTAMP(6) NOT NULL', 'TIMESTAMP(6)', 'TIMESTAMP(6)'],
  ['NULL', 'INT NOT NULL', 'INT', 'INT'],
])('%s with %s: CASE %s, COALESCE %s', (left, right, calcite, flink) => {
  const types = [typeOf(left), typeOf(right)];
  const print = (type: LogicalType | null) => (type === null ? 'none' : printType(type));
  expect([print(leastRestrictive(types)), print(leastRestrictive(types, true))]).toEqual([calcite, flink]);
});

/** Result types of aggregates, as recorded. */
import { expect, it } from 'vitest';
import { parseType } from '../types/parse-type.ts';
import { printType } from '../types/print-type.ts';
import type { AggregateFunction } from './aggregates.ts';
import { aggregateResultType } from './aggregates.ts';

function resultOf(name: AggregateFunction, text: string | null, grouped = true): string {
  const parsed = text === null ? null : parseType(text);
  if (parsed !== null && 'problem' in parsed) throw new Error(parsed.problem.text.en);
  const result = aggregateResultType(name, parsed === null ? null : parsed.type, grouped);
  return 'refused' in result ? result.refused : printType(result);
}

it.each<[AggregateFunction, string | null, string]>([
  ['COUNT', null, 'BIGINT NOT NULL'],
  ['COUNT', 'STRING', 'BIGINT NOT NULL'],
  ['COUNT_DISTINCT', 'BYTES', 'COUNT(DISTINCT …) does not take VARBINARY'],
  ['SUM', 'INT', 'INT'],
  ['SUM', 'DECIMAL(10, 2) NOT NULL', 'DECIMAL(38, 2) NOT NULL'],
  ['SUM', 'STRING', 'SUM needs numbers, not VARCHAR'],
  ['AVG', 'BIGINT NOT NULL', 'BIGINT NOT NULL'],
  ['AVG', 'DECIMAL(10, 2)', 'DECIMAL(38, 6)'],
  ['AVG', 'DECIMAL(38, 18)', 'DECIMAL(38, 18)'],
  ['MIN', 'TIMESTAMP(3)', 'TIMESTAMP(3)'],
  ['MAX', 'BYTES', 'MAX needs values with an order (numbers, text, dates and times, BOOLEAN), not VARBINARY'],
])('%s of %s is %s', (name, type, expected) => {
  expect(resultOf(name, type)).toBe(expected);
});

it('is nullable without groups', () => {
  expect(resultOf('SUM', 'INT NOT NULL', false)).toBe('INT');
});

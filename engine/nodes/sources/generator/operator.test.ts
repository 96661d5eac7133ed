/** The generator makes the same rows however they are divided, follows its rules, and keeps event time within its bounds. */
import { expect, test } from 'vitest';
import { OperatorHarness } from '../../../../test/support/operator-harness.ts';
import type { ColumnValue } from '../../../columnar/column-value.ts';
import type { LogicalType } from '../../../types/logical-type.ts';
import * as types from '../../../types/make-type.ts';
import type { GeneratorConfig } from './node.ts';
import { createEnumerator, createSource } from './operator.ts';

const COLUMN_TYPES: LogicalType[] = [
  ...[types.BIGINT, types.TINYINT, types.SMALLINT, types.INT, types.FLOAT, types.DOUBLE, types.decimalType(10, 2), types.BOOLEAN],
  ...[types.STRING, types.charType(3), types.BYTES, types.DATE, types.timeType(3), types.timestampType(3), types.timestampLtzType(3)],
];
const schema = COLUMN_TYPES.map((type, index) => ({ name: `c${index}`, type }));
const rule = { rule: 'random', minimum: null, maximum: null, values: null, nullShare: 0 } as const;
const BASE: GeneratorConfig = {
  schema,
  rules: [
    { ...rule, column: 'c0', rule: 'sequence', minimum: 5 },
    { ...rule, column: 'c3', minimum: -2, maximum: 2 },
    { ...rule, column: 'c8', rule: 'values', values: 'red, green,blue' },
    { ...rule, column: 'c11', nullShare: 0.5 },
  ],
  count: 5000,
  seed: 1,
  timeColumn: 'c13',
  startTime: '2026-01-01T00:00:00',
  timeStep: 100,
  disorder: 1000,
  lateShare: 0.01,
  lateBy: 60_000,
  rowsPerSecond: null,
};

function run(config: GeneratorConfig, batchRows = 4096): ColumnValue[][] {
  const harness = new OperatorHarness({ outputSchemas: [{ fields: config.schema }], batchRows });
  const enumerator = createEnumerator(config, harness.environment);
  const source = createSource(config, harness.context);
  enumerator.open(null);
  source.open([]);
  expect(harness.run(source, enumerator)).toBe('end');
  return harness.rows[0];
}

test('rules hold', () => {
  const rows = run(BASE);
  const column = (index: number) => rows.map((row) => row[index]);
  expect(rows.length).toBe(5000);
  expect(column(0)).toEqual(rows.map((_row, index) => BigInt(5 + index)));
  expect([...new Set(column(3))].sort()).toEqual([-1, -2, 0, 1, 2]);
  expect([...new Set(column(8))].sort()).toEqual(['blue', 'green', 'red']);
  const nulls = column(11).filter((value) => value === null).length;
  expect(nulls).toBeGreaterThan(2300);
  expect(nulls).toBeLessThan(2700);
  expect(column(9).every((value) => typeof value === 'string' && value.length === 3)).toBe(true);
});

test('event time is behind by at most the disorder, late rows by more', () => {
  const start = Date.parse('2026-01-01T00:00:00Z');
  const behind = run(BASE).map((row, index) => start + index * 100 - Number((row[13] as bigint) / 1_000_000n));
  const late = behind.filter((by) => by > 1000);
  expect(Math.min(...behind)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...behind)).toBeLessThanOrEqual(61_000);
  expect(late.length).toBeGreaterThan(20);
  expect(late.length).toBeLessThan(90);
});

test('the same rows whatever the batch size, others with another seed', () => {
  const rows = run(BASE);
  expect(run(BASE, 7)).toEqual(rows);
  expect(run({ ...BASE, seed: 2 })).not.toEqual(rows);
});

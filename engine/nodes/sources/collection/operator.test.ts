/** The collection source emits its rows in order, once, and names a row that does not fit. */
import { expect, test } from 'vitest';
import { OperatorHarness, takeSnapshot } from '../../../../test/support/operator-harness.ts';
import { BIGINT, decimalType, STRING, timestampType } from '../../../types/make-type.ts';
import type { CollectionConfig } from './node.ts';
import { createEnumerator, createSource } from './operator.ts';

const schema = [
  { name: 'id', type: BIGINT },
  { name: 'name', type: STRING },
  { name: 'amount', type: decimalType(10, 2) },
  { name: 'at', type: timestampType(3) },
];
const rows = Array.from({ length: 30 }, (_unused, id) => ({
  id,
  name: id % 3 === 0 ? null : `n${id}\n"`,
  amount: '1.5',
  at: '2026-01-01 00:00:00',
}));

function open(config: CollectionConfig, batchRows = 4096) {
  const harness = new OperatorHarness({ outputSchemas: [{ fields: schema }], batchRows });
  const enumerator = createEnumerator(config, harness.environment);
  const source = createSource(config, harness.context);
  enumerator.open(null);
  return { harness, enumerator, source };
}

test('every row once, also across a restart', () => {
  const config: CollectionConfig = { schema, rows, rowsPerSecond: null };
  const first = open(config, 7);
  first.source.open([]);
  first.harness.run(first.source, first.enumerator, () => first.harness.batchRows.length === 2);
  const second = open(config, 5);
  second.enumerator.open(first.enumerator.snapshot());
  second.source.open(takeSnapshot(first.source).sections);
  expect(second.harness.run(second.source, second.enumerator)).toBe('end');
  const emitted = [...first.harness.rows[0], ...second.harness.rows[0]];
  expect(emitted).toEqual(rows.map((row) => [BigInt(row.id), row.name, 150n, 1767225600000n * 1000000n]));
});

test('a row that does not fit is named', () => {
  const { harness, enumerator, source } = open({ schema, rows: [{ id: 1 }, { id: 'x' }], rowsPerSecond: null });
  source.open([]);
  expect(() => harness.run(source, enumerator)).toThrow('row 2: id: "x" is not a BIGINT');
});

test('no rows end at once', () => {
  const { harness, enumerator, source } = open({ schema, rows: [], rowsPerSecond: null });
  source.open([]);
  expect(harness.run(source, enumerator)).toBe('end');
});

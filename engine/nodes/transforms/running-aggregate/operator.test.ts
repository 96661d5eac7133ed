/** What the cases of a running aggregate cannot show: time to live by the clock, texts whose memory moves, every type of a best row. */
import { expect, it } from 'vitest';
import { OperatorHarness } from '../../../../test/support/operator-harness.ts';
import type { ColumnValue } from '../../../columnar/column-value.ts';
import { buildBatch } from '../../../columnar/row-builder.ts';
import { BIGINT, DOUBLE, decimalType, STRING, timestampType } from '../../../types/make-type.ts';
import type { Schema } from '../../../types/schema.ts';
import type { RunningAggregateConfig } from './node.ts';
import { createOperator } from './operator.ts';

const base: RunningAggregateConfig = { keys: ['key'], result: 'aggregates', aggregates: [], by: 'value', ties: 'first', forgetAfter: null };

function open(config: RunningAggregateConfig, input: Schema, results: Schema['fields']) {
  const harness = new OperatorHarness({ inputSchemas: [input], outputSchemas: [{ fields: [...input.fields, ...results] }] });
  const operator = createOperator(config, harness.context);
  operator.open([]);
  return {
    harness,
    operator,
    send: (rows: readonly (readonly ColumnValue[])[]): ColumnValue[][] => {
      const from = harness.rows[0].length;
      operator.processBatch(0, buildBatch(harness.arena, input, rows));
      return harness.rows[0].slice(from);
    },
  };
}

const numbers = {
  fields: [
    { name: 'key', type: BIGINT },
    { name: 'value', type: BIGINT },
  ],
};

it.each([
  [
    'aggregates',
    [
      [1, 5],
      [1, 2],
    ],
    [
      [1n, 5n, 5n],
      [1n, 2n, 7n],
    ],
    [
      [1n, 1n, 1n],
      [1n, 1n, 2n],
    ],
  ],
  [
    'max-by',
    [
      [1, 5],
      [1, 2],
    ],
    [
      [1n, 5n],
      [1n, 5n],
    ],
    [
      [1n, 1n],
      [1n, 1n],
    ],
  ],
] as const)('%s of a key that had no row for so long begin anew', (result, first, before, after) => {
  const total = result === 'aggregates' ? [{ name: 'total', type: BIGINT }] : [];
  const aggregates = [{ name: 'total', function: 'SUM' as const, column: 'value' }];
  const { harness, operator, send } = open({ ...base, result, aggregates, forgetAfter: 1000 }, numbers, total);
  expect(send(first)).toEqual(before);
  harness.clock.nowMs += 999;
  // The row counts as an access: a second later only this one is remembered.
  expect(send([[1, 0]])[0][1]).toBe(result === 'aggregates' ? 0n : 5n);
  harness.clock.nowMs += 1000;
  expect(
    send([
      [1, 1],
      [1, 1],
    ]),
  ).toEqual(after);
  harness.clock.nowMs += 5000;
  send([
    [2, 1],
    [2, 1],
    [2, 1],
  ]);
  expect(harness.context.metrics.stateKeys, 'what has expired is dropped').toBe(1);
  operator.close();
});

it('least and greatest texts keep their bytes while the memory behind them moves', () => {
  const input = {
    fields: [
      { name: 'key', type: STRING },
      { name: 'value', type: STRING },
    ],
  };
  const aggregates = [
    { name: 'least', function: 'MIN' as const, column: 'value' },
    { name: 'greatest', function: 'MAX' as const, column: 'value' },
  ];
  const { operator, send } = open(
    { ...base, aggregates },
    input,
    aggregates.map(({ name }) => ({ name, type: STRING })),
  );
  const texts = Array.from({ length: 3000 }, (_, at) => String((at * 7919) % 3001).padStart(40 + (at % 50), '0'));
  const expected: string[][] = [];
  let [least, greatest] = [texts[0], texts[0]];
  for (const text of texts) {
    if (text < least) least = text;
    if (text > greatest) greatest = text;
    expected.push(['k', text, least, greatest]);
  }
  expect(send(texts.slice(0, 2000).map((text) => ['k', text]))).toEqual(expected.slice(0, 2000));
  expect(send(texts.slice(2000).map((text) => ['k', text]))).toEqual(expected.slice(2000));
  operator.close();
});

it.each([
  ['DOUBLE', DOUBLE, [0, -0, Number.NaN, 7, Number.NaN], [0, 0, Number.NaN, Number.NaN, Number.NaN]],
  ['DECIMAL(38, 2)', decimalType(38, 2), [1n, -(10n ** 30n), 10n ** 30n, 10n ** 29n, null], [1n, 1n, 10n ** 30n, 10n ** 30n, 10n ** 30n]],
  ['TIMESTAMP(9)', timestampType(9), [5n, 4n, 2_000_001n, 2_000_000n, 2_000_001n], [5n, 5n, 2_000_001n, 2_000_001n, 2_000_001n]],
  ['STRING', STRING, ['b', 'a', 'ba', 'é', 'z'], ['b', 'b', 'ba', 'é', 'é']],
] as const)('the greatest %s as Java compares', (_name, type, values, best) => {
  const input = { fields: [{ name: 'value', type }] };
  const { operator, send } = open({ ...base, keys: [], result: 'max-by' }, input, []);
  expect(send(values.map((value) => [value]))).toEqual(best.map((value) => [value]));
  operator.close();
});

/** Late rows of a co-group leave by the port of their side, as they came, whatever columns the union has. */
import { expect, it } from 'vitest';
import { OperatorHarness } from '../../../../test/support/operator-harness.ts';
import type { ColumnValue } from '../../../columnar/column-value.ts';
import { buildBatch } from '../../../columnar/row-builder.ts';
import type { Progress } from '../../../operators/operator.ts';
import { BIGINT, INT, STRING, timestampType } from '../../../types/make-type.ts';
import type { Schema } from '../../../types/schema.ts';
import type { CoGroupConfig } from './node.ts';
import { createOperator } from './operator.ts';

const TIME = timestampType(3);
const orders: Schema = {
  fields: [
    { name: 'note', type: STRING },
    { name: 'shop', type: STRING },
    { name: 'at', type: TIME },
  ],
  rowtime: 'at',
};
const refunds: Schema = {
  fields: [
    { name: 'at', type: TIME },
    { name: 'store', type: STRING },
    { name: 'amount', type: INT },
  ],
  rowtime: 'at',
};
const results: Schema = {
  fields: [
    { name: 'shop', type: STRING },
    { name: 'window_start', type: TIME },
    { name: 'window_end', type: TIME },
    { name: 'orders', type: BIGINT },
    { name: 'returned', type: INT },
  ],
};
const CONFIG: CoGroupConfig = {
  leftKeys: ['shop'],
  rightKeys: ['store'],
  window: 'tumbling',
  size: 1000,
  slide: 1,
  step: 1,
  gap: 500,
  leftAggregates: [{ name: 'orders', function: 'COUNT', column: null }],
  rightAggregates: [{ name: 'returned', function: 'SUM', column: 'amount' }],
  windowTime: false,
  lateRows: 'late-output',
};
const at = (ms: number): bigint => BigInt(ms) * 1_000_000n;

function open(config: Partial<CoGroupConfig>) {
  const harness = new OperatorHarness({ inputSchemas: [orders, refunds], outputSchemas: [results, orders, refunds] });
  const operator = createOperator({ ...CONFIG, ...config }, harness.context);
  operator.open([]);
  const finish = (progress: Progress) => {
    for (let state = progress; state === 'more'; ) state = operator.drain();
  };
  return {
    harness,
    close: () => operator.close(),
    send: (input: 0 | 1, rows: readonly (readonly ColumnValue[])[]) =>
      finish(operator.processBatch(input, buildBatch(harness.arena, input === 0 ? orders : refunds, rows))),
    watermark: (input: 0 | 1, ms: number) => finish(operator.processWatermark(input, BigInt(ms))),
  };
}

it.each([{ window: 'tumbling' }, { window: 'session' }] as const)('$window', (config) => {
  const { harness, send, watermark, close } = open(config);
  send(0, [['first', 'a', at(100)]]);
  watermark(0, 5000);
  // The watermark of both is still that of the right.
  send(0, [['in time', 'a', at(200)]]);
  watermark(1, 3000);
  send(0, [
    ['late', 'a', at(300)],
    ['good', 'a', at(4000)],
  ]);
  send(1, [
    [at(50), 'b', 7],
    [at(4100), 'a', 3],
    [at(60), null, null],
  ]);
  watermark(0, 10_000);
  watermark(1, 10_000);
  expect(harness.rows[0].map(([shop, , , orders_, returned]) => [shop, orders_, returned])).toEqual([
    ['a', 2n, null],
    ['a', 1n, 3],
  ]);
  expect(harness.rows[1]).toEqual([['late', 'a', at(300)]]);
  expect(harness.rows[2]).toEqual([
    [at(50), 'b', 7],
    [at(60), null, null],
  ]);
  expect(harness.context.metrics.lateRecords).toBe(3);
  close();
});

it('drops and counts them where nobody wants them', () => {
  const { harness, send, watermark, close } = open({ lateRows: 'drop' });
  watermark(0, 3000);
  watermark(1, 3000);
  send(1, [[at(50), 'b', 7]]);
  expect(harness.rows.flat()).toEqual([]);
  expect(harness.context.metrics.lateRecords).toBe(1);
  close();
});

/** Stored windows are not taken for others: a changed window or aggregate is refused by name. */
import { expect, test } from 'vitest';
import type { WindowAggregateConfig } from '../../engine/nodes/windows/window-aggregate/node.ts';
import { createOperator } from '../../engine/nodes/windows/window-aggregate/operator.ts';
import { BIGINT, notNull, STRING, timestampType } from '../../engine/types/make-type.ts';
import { Harness } from '../conformance/operators/harness.ts';

const INPUT = {
  fields: [
    { name: 'k', type: STRING },
    { name: 'v', type: BIGINT },
    { name: 't', type: timestampType(3) },
  ],
  rowtime: 't',
};
const BOUND = notNull(timestampType(3));
const OUTPUT = {
  fields: [
    { name: 'k', type: STRING },
    { name: 'window_start', type: BOUND },
    { name: 'window_end', type: BOUND },
    { name: 'x', type: BIGINT },
  ],
};
const BEFORE: WindowAggregateConfig = {
  window: 'tumbling',
  size: 10,
  slide: 1,
  step: 1,
  gap: 5,
  offset: 0,
  keys: ['k'],
  aggregates: [{ name: 'x', function: 'SUM', column: 'v' }],
  windowTime: false,
  lateRows: 'drop',
  allowedLateness: 0,
};

test.each<[string, Partial<WindowAggregateConfig>]>([
  ['another size', { size: 20 }],
  ['another aggregate with the same state', { aggregates: [{ name: 'x', function: 'MAX', column: 'v' }] }],
  ['another kind', { window: 'session' }],
  ['windows that fire again', { allowedLateness: 5 }],
])('%s', (_name, change) => {
  let config = BEFORE;
  const harness = new Harness({
    create: (context) => createOperator(config, context),
    inputSchemas: [INPUT],
    outputSchemas: [OUTPUT],
    keys: [[0]],
  });
  harness.element([['a', 1n, 1_000_000n]], [null]);
  harness.restore(1);
  config = { ...BEFORE, ...change };
  expect(() => harness.restore(1)).toThrow(/node vector: the stored state is that of/);
});

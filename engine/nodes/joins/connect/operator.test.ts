/** A connect node: state and timers that both inputs share, the lesser of both watermarks, and both behind a restore. */
import { expect, test } from 'vitest';
import { Harness } from '../../../../test/conformance/operators/harness.ts';
import { readConfig } from '../../../spec/read-config.ts';
import { BIGINT, STRING } from '../../../types/make-type.ts';
import type { Schema } from '../../../types/schema.ts';
import { connect } from './node.ts';
import { createOperator } from './operator.ts';

const ORDERS: Schema = {
  fields: [
    { name: 'customer', type: STRING },
    { name: 'item', type: STRING },
  ],
};
const PAYMENTS: Schema = {
  fields: [
    { name: 'payer', type: STRING },
    { name: 'cents', type: BIGINT },
  ],
};
/** An order waits a second for what is paid. */
const CODE = `const states: StateFunctions = { paid: (kept, added) => kept + added };
function processElement1(order: Row1, ctx: Context) {
  ctx.state.item.set(order.item);
  ctx.timers.registerEventTime(ctx.timestamp + 1000);
}
function processElement2(payment: Row2, ctx: Context) {
  ctx.state.paid.add(payment.cents);
}
function onTimer(time: number, ctx: Context, out: Output) {
  out.emit({ customer: ctx.key.customer, item: ctx.state.item.get() + " " + ctx.state.paid.get() });
}`;

const { config } = readConfig(connect.fields, {
  firstKeys: ['customer'],
  secondKeys: ['payer'],
  code: CODE,
  states: [
    { name: 'item', kind: 'value', type: 'STRING' },
    { name: 'paid', kind: 'reducing', type: 'BIGINT' },
  ],
});

function started(): Harness {
  return new Harness({
    create: (context) => createOperator(config, context),
    inputSchemas: [ORDERS, PAYMENTS],
    outputSchemas: [ORDERS],
    keys: [[0]],
  });
}

function answer(emissions: ReturnType<Harness['watermark']>): unknown[] {
  return emissions.map((each) =>
    each.kind === 'row' ? [...each.values, each.timestamp] : each.kind === 'watermark' ? each.watermark : each.idle,
  );
}

test('timers fire when both inputs have passed them', () => {
  const harness = started();
  expect(harness.element([['ann', 'tea']], [500n], 0)).toEqual([]);
  harness.element([['ann', 5n]], [900n], 1);
  harness.element([['ann', 2n]], [1400n], 1);
  expect(answer(harness.watermark(2000n, 0))).toEqual([]);
  expect(answer(harness.watermark(1499n, 1))).toEqual([1499n]);
  expect(answer(harness.watermark(1500n, 1))).toEqual([['ann', 'tea 7', 1500n], 1500n]);
  harness.close();
});

test('an input that is idle does not hold the other back', () => {
  const harness = started();
  harness.element([['ann', 'tea']], [500n], 0);
  harness.watermark(2000n, 0);
  expect(answer(harness.status(true, 1))).toEqual([['ann', 'tea null', 1500n], 2000n]);
  harness.close();
});

test.each([1, 2, 3])('what one input has left the other finds behind a restore with %d subtasks', (parallelism) => {
  const harness = started();
  const names = ['ann', 'bob', 'carl', 'dora'];
  harness.element(
    names.map((name) => [name, 'tea']),
    names.map(() => 500n),
    0,
  );
  harness.element([['bob', 3n]], [600n], 1);
  harness.restore(parallelism);
  harness.element([['bob', 4n]], [700n], 1);
  harness.element([['dora', 1n]], [700n], 1);
  harness.watermark(1500n, 0);
  const rows = harness.watermark(1500n, 1).flatMap((each) => (each.kind === 'row' ? [each.values.join(' ')] : []));
  expect(rows.sort()).toEqual(['ann tea null', 'bob tea 7', 'carl tea null', 'dora tea 1']);
  harness.close();
});

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

const RULES: Schema = {
  fields: [
    { name: 'rule', type: STRING },
    { name: 'least', type: BIGINT },
  ],
};
/** Payments are kept by their payer; a rule is kept, or asks (">") or takes away ("-") what is kept; a payment "?" tells the rules. */
const BROADCAST = `let held: BroadcastContext | null = null;
let ofKey: Context | null = null;
function processElement1({ payer, cents }: Row1, ctx: Context, out: Output) {
  ofKey = ctx;
  if (cents === -1n) held.state.rules.put("x", 1n);
  if (cents === null) return out.emit({ payer: payer + " " + ctx.state.rules.entries().map((each) => each.join("")), cents: ctx.state.sum.get() });
  ctx.state.sum.set((ctx.state.sum.get() ?? 0n) + cents);
}
function processElement2({ rule, least }: Row2, ctx: BroadcastContext, out: Output) {
  held = ctx;
  if (rule === "key") return ofKey.state.sum.set(1n);
  if (rule === "no such") return ctx.applyToKeyedState("none", () => {});
  if (rule === ">") return ctx.applyToKeyedState("sum", ({ payer }, sum) => out.emit({ payer, cents: sum.get() }));
  if (rule === "-") return ctx.applyToKeyedState("sum", (key, sum) => { if (sum.get() < least) sum.clear(); });
  if (least === null) ctx.state.rules.remove(rule);
  else ctx.state.rules.put(rule, least);
}`;

const broadcastConfig = (changed: object = {}) =>
  readConfig(connect.fields, {
    firstKeys: ['payer'],
    second: 'broadcast',
    code: BROADCAST,
    states: [{ name: 'sum', kind: 'value', type: 'BIGINT' }],
    broadcastStates: [{ name: 'rules', keyType: 'STRING', type: 'BIGINT' }],
    ...changed,
  }).config;

function broadcasting(firstSetting = broadcastConfig()) {
  const setting = { config: firstSetting };
  const harness = new Harness({
    create: (context) => createOperator(setting.config, context),
    inputSchemas: [PAYMENTS, RULES],
    outputSchemas: [PAYMENTS],
    keys: [[0]],
    broadcastInputs: [1],
  });
  const told = (emissions: ReturnType<Harness['element']>): string[] =>
    emissions.flatMap((each) => (each.kind === 'row' ? [each.values.join(' ')] : [])).sort();
  const pay = (payer: string, cents: bigint | null): string[] => told(harness.element([[payer, cents]], [null], 0));
  const rule = (name: string, least: bigint | null): string[] => told(harness.element([[name, least]], [null], 1));
  return { harness, setting, pay, rule };
}

test.each([1, 2, 3])('rules reach every subtask, are read for rows of any key and outlast restores with %d subtasks', (parallelism) => {
  const { harness, pay, rule } = broadcasting();
  rule('a', 1n);
  rule('b', 2n);
  rule('a', null);
  const names = ['ann', 'bob', 'carl', 'dora', 'eve'];
  for (const [at, name] of names.entries()) pay(name, BigInt(at + 1));
  harness.restore(parallelism);
  rule('c', 3n);
  harness.restore(4 - parallelism);
  expect(names.flatMap((name) => pay(name, null))).toEqual(names.map((name, at) => `${name} b2,c3 ${at + 1}`));
  expect(rule('>', null)).toEqual(names.map((name, at) => `${name} ${at + 1}`));
  rule('-', 4n);
  expect(rule('>', null)).toEqual(['dora 4', 'eve 5']);
  expect(harness.metrics().reduce((sum, { stateKeys }) => sum + stateKeys, 0)).toBe(2);
  harness.close();
});

test.each([
  ['keyed state outside of a key', 'key', /there is no key here: rows of the broadcast input have none/],
  ['a state that there is not', 'no such', /there is no keyed state "none"/],
])('%s is refused', (_name, asked, words) => {
  const { pay, rule } = broadcasting();
  pay('ann', 1n);
  expect(() => rule(asked, 1n)).toThrow(words);
});

test('broadcast state is written for rows of the second input only', () => {
  const { pay, rule } = broadcasting();
  rule('a', 1n);
  expect(() => pay('ann', -1n)).toThrow(/broadcast state is written in processElement2 only/);
});

test('an input without event time does not hold the other back', () => {
  const { harness } = broadcasting();
  expect(answer(harness.watermark(2000n, 0))).toEqual([2000n]);
  harness.close();
});

test('stored broadcast state is held against what the node declares', () => {
  for (const changed of [{ broadcastStates: [] }, { broadcastStates: [{ name: 'rules', keyType: 'STRING', type: 'INT' }] }]) {
    const { harness, setting, rule } = broadcasting();
    rule('a', 1n);
    setting.config = broadcastConfig(changed);
    expect(() => harness.restore(2)).toThrow(/node vector: the stored state is that of .*, but the node now computes/);
  }
});

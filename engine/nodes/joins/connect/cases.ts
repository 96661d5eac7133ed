/** Cases of the connect node: its answers must not depend on how the two inputs take turns. */
import { defineCases } from '../../../spec/node-cases.ts';

const orders = { customer: 'STRING', item: 'STRING' };
const payments = { payer: 'STRING', cents: 'BIGINT' };
const rides = { ride: 'BIGINT', at: 'TIMESTAMP(3)' };
const fares = { ride: 'BIGINT', paid: 'INT', at: 'TIMESTAMP(3)' };
const ruleColumns = { rule: 'STRING', least: 'BIGINT' };
const CODE = `function processElement1(row: Row1, ctx: Context, out: Output) { out.emit(row); }
function processElement2(row: Row2, ctx: Context, out: Output) {}`;

export const cases = defineCases({
  rows: [
    {
      name: 'a map of each input, without a key',
      shows: ['ordinary', 'nulls'],
      config: {
        code: `function processElement1(order: Row1, ctx: Context, out: Output) {
  out.emit({ who: order.customer, what: order.item });
}
function processElement2(payment: Row2, ctx: Context, out: Output) {
  const { payer, cents } = payment;
  if (cents === null) return out.emitTo("unclear", { who: payer, what: "?" });
  out.emit({ who: payer, what: cents + " cents" });
}`,
        columns: [
          { name: 'who', type: 'STRING' },
          { name: 'what', type: 'STRING' },
        ],
        sideOutputs: [{ name: 'unclear' }],
      },
      inputs: {
        first: {
          columns: orders,
          rows: [
            ['ann', 'tea'],
            [null, 'milk'],
          ],
        },
        second: {
          columns: payments,
          rows: [
            ['ann', 250],
            ['bob', null],
          ],
        },
      },
      outputs: {
        out: [
          ['ann', '250 cents'],
          ['ann', 'tea'],
          [null, 'milk'],
        ],
        unclear: [['bob', '?']],
      },
    },
    {
      name: 'each order with each payment of its customer, whichever came first',
      shows: ['ordinary', 'nulls'],
      config: {
        firstKeys: ['customer'],
        secondKeys: ['payer'],
        code: `function processElement1(order: Row1, ctx: Context, out: Output) {
  ctx.state.orders.add({ item: order.item });
  for (const { cents } of ctx.state.payments.get()) out.emit({ customer: ctx.key.customer, item: order.item, cents });
}
function processElement2(payment: Row2, ctx: Context, out: Output) {
  ctx.state.payments.add({ cents: payment.cents });
  for (const { item } of ctx.state.orders.get()) out.emit({ customer: ctx.key.customer, item, cents: payment.cents });
}`,
        columns: [
          { name: 'customer', type: 'STRING' },
          { name: 'item', type: 'STRING' },
          { name: 'cents', type: 'BIGINT' },
        ],
        states: [
          { name: 'orders', kind: 'list', type: 'ROW<item STRING>' },
          { name: 'payments', kind: 'list', type: 'ROW<cents BIGINT>' },
        ],
      },
      inputs: {
        first: {
          columns: orders,
          rows: [
            ['ann', 'tea'],
            ['bob', 'bread'],
            ['ann', 'milk'],
            [null, 'salt'],
          ],
        },
        second: {
          columns: payments,
          rows: [
            ['ann', 250],
            [null, 5],
            ['carl', 7],
            ['ann', null],
          ],
        },
      },
      outputs: {
        out: [
          ['ann', 'milk', 250],
          ['ann', 'milk', null],
          ['ann', 'tea', 250],
          ['ann', 'tea', null],
          [null, 'salt', 5],
        ],
      },
    },
    {
      name: 'a ride with what was paid for it, once both inputs have ended',
      shows: ['ordinary', 'nulls'],
      config: {
        firstKeys: ['ride'],
        secondKeys: ['ride'],
        code: `const states: StateFunctions = { paid: (kept, added) => kept + added };
function processElement1(row: Row1, ctx: Context) {
  ctx.timers.registerEventTime(Date.UTC(9999, 0));
}
function processElement2(row: Row2, ctx: Context) {
  if (row.paid !== null) ctx.state.paid.add(row.paid);
}
function onTimer(time: number, ctx: Context, out: Output) {
  out.emit({ ride: ctx.key.ride, paid: ctx.state.paid.get() });
  ctx.state.paid.clear();
}`,
        columns: [
          { name: 'ride', type: 'BIGINT' },
          { name: 'paid', type: 'INT' },
        ],
        states: [{ name: 'paid', kind: 'reducing', type: 'INT', forgetAfter: '7 d' }],
      },
      inputs: {
        first: {
          columns: rides,
          watermark: { column: 'at', delay: '1 h' },
          rows: [
            [1, '2026-01-01 00:10:00.000'],
            [2, '2026-01-01 00:20:00.000'],
            [null, '2026-01-01 00:30:00.000'],
          ],
        },
        second: {
          columns: fares,
          watermark: { column: 'at', delay: '1 h' },
          rows: [
            [1, 5, '2026-01-01 00:12:00.000'],
            [1, 2, '2026-01-01 00:15:00.000'],
            [null, 3, '2026-01-01 00:20:00.000'],
            [3, 9, '2026-01-01 00:40:00.000'],
            [2, null, '2026-01-01 00:50:00.000'],
          ],
        },
      },
      outputs: {
        out: [
          [1, 7],
          [2, null],
          [null, 3],
        ],
      },
    },
    {
      name: 'each payment with each rule that it meets: rules are broadcast, payments kept by their key',
      shows: ['ordinary', 'nulls'],
      config: {
        firstKeys: ['payer'],
        second: 'broadcast',
        code: `function processElement1(payment: Row1, ctx: Context, out: Output) {
  if (payment.cents === null) return;
  ctx.state.payments.add(payment.cents);
  for (const [rule, least] of ctx.state.rules.entries())
    if (payment.cents >= least) out.emit({ payer: ctx.key.payer, cents: payment.cents, rule });
}
function processElement2(row: Row2, ctx: BroadcastContext, out: Output) {
  const [rule, least] = [row.rule ?? "", row.least ?? 0n];
  if (ctx.state.rules.has(rule)) return;
  ctx.state.rules.put(rule, least);
  ctx.applyToKeyedState("payments", (key, payments) => {
    for (const cents of payments.get()) if (cents >= least) out.emit({ payer: key.payer, cents, rule });
  });
}`,
        columns: [
          { name: 'payer', type: 'STRING' },
          { name: 'cents', type: 'BIGINT' },
          { name: 'rule', type: 'STRING' },
        ],
        states: [{ name: 'payments', kind: 'list', type: 'BIGINT' }],
        broadcastStates: [{ name: 'rules', keyType: 'STRING', type: 'BIGINT' }],
      },
      inputs: {
        first: {
          columns: payments,
          rows: [
            ['ann', 250],
            ['bob', 40],
            [null, 70],
            ['carl', null],
            ['ann', 60],
          ],
        },
        second: {
          columns: ruleColumns,
          rows: [
            ['large', 200],
            ['small', 50],
            [null, null],
          ],
        },
      },
      outputs: {
        out: [
          ['ann', 250, ''],
          ['ann', 250, 'large'],
          ['ann', 250, 'small'],
          ['ann', 60, ''],
          ['ann', 60, 'small'],
          ['bob', 40, ''],
          [null, 70, ''],
          [null, 70, 'small'],
        ],
      },
      varies: { order: 'of rules of one name the first holds' },
    },
    {
      name: 'each order with each word, without a key: words are broadcast, orders kept in an operator list',
      shows: ['ordinary', 'nulls'],
      config: {
        second: 'broadcast',
        code: `function processElement1(row: Row1, ctx: Context, out: Output) {
  ctx.state.items.add({ item: row.item });
  for (const [word] of ctx.state.words.entries()) out.emit({ item: row.item, word });
}
function processElement2(row: Row2, ctx: BroadcastContext, out: Output) {
  const word = row.word ?? "none";
  if (ctx.state.words.has(word)) return;
  ctx.state.words.put(word, true);
  for (const { item } of ctx.state.items.get()) out.emit({ item, word });
}`,
        columns: [
          { name: 'item', type: 'STRING' },
          { name: 'word', type: 'STRING' },
        ],
        states: [{ name: 'items', kind: 'operator-list', type: 'ROW<item STRING>' }],
        broadcastStates: [{ name: 'words', keyType: 'STRING', type: 'BOOLEAN' }],
      },
      inputs: {
        first: {
          columns: orders,
          rows: [
            ['ann', 'tea'],
            ['bob', null],
            ['carl', 'milk'],
          ],
        },
        second: { columns: { word: 'STRING' }, rows: [['hot'], [null], ['hot']] },
      },
      outputs: {
        out: [
          ['milk', 'hot'],
          ['milk', 'none'],
          ['tea', 'hot'],
          ['tea', 'none'],
          [null, 'hot'],
          [null, 'none'],
        ],
      },
    },
    {
      name: 'no rows at the second',
      shows: ['empty'],
      config: { code: CODE },
      inputs: { first: { columns: orders, rows: [['ann', null]] }, second: { columns: payments, rows: [] } },
      outputs: { out: [['ann', null]] },
    },
    {
      name: 'code that throws names its function and place',
      shows: ['ordinary'],
      config: { code: `${CODE.replace('{}', '{\n  throw new Error("no " + row.cents);\n}')}` },
      inputs: { first: { columns: orders, rows: [] }, second: { columns: payments, rows: [['ann', 1]] } },
      outputs: { out: [] },
      fails: 'MR3020',
    },
  ],
  invalid: [
    {
      name: 'broadcast state of no type, and twice the same name',
      config: {
        code: CODE,
        firstKeys: ['customer'],
        second: 'broadcast',
        states: [{ name: 'seen', kind: 'value', type: 'BIGINT' }],
        broadcastStates: [
          { name: 'seen', keyType: 'STRING', type: 'BIGINT' },
          { name: 'rules', keyType: 'ROW<a INT>', type: 'NOTHING' },
        ],
      },
      inputs: { first: { columns: orders, rows: [] }, second: { columns: payments, rows: [] } },
      problems: [
        ['MR2297', 'broadcastStates[1].type'],
        ['MR2297', 'broadcastStates[1].keyType'],
        ['MR2299', 'broadcastStates[0].name'],
      ],
    },
    {
      name: 'a function for one input only',
      config: { code: 'function processElement1(row: Row1) {}' },
      inputs: { first: { columns: orders, rows: [] }, second: { columns: payments, rows: [] } },
      problems: [['MR2293', 'code']],
    },
    {
      name: 'a key of one input only',
      config: { code: CODE, firstKeys: ['customer'] },
      inputs: { first: { columns: orders, rows: [] }, second: { columns: payments, rows: [] } },
      problems: [['MR2341', 'secondKeys']],
    },
    {
      name: 'keys that are never equal, state without a key, twice the same way out',
      config: {
        code: CODE,
        firstKeys: ['customer'],
        secondKeys: ['cents'],
        sideOutputs: [{ name: 'out' }],
      },
      inputs: { first: { columns: orders, rows: [] }, second: { columns: payments, rows: [] } },
      problems: [
        ['MR2342', 'secondKeys[0]'],
        ['MR2299', 'sideOutputs[0].name'],
      ],
    },
    {
      name: 'a column that code cannot use, state without a key',
      config: { code: CODE, states: [{ name: 'seen', kind: 'value', type: 'BIGINT' }] },
      inputs: { first: { columns: orders, rows: [] }, second: { columns: { ...payments, tags: 'ARRAY<STRING>' }, rows: [] } },
      problems: [
        ['MR2295', 'code'],
        ['MR2298', 'firstKeys'],
      ],
    },
  ],
});

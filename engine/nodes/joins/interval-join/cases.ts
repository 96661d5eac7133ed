/** Cases of the interval join node. Times are minutes and seconds of one hour. */
import { defineCases } from '../../../spec/node-cases.ts';

const orders = { order_id: 'BIGINT', item: 'STRING', ordered_at: 'TIMESTAMP(3)' };
const payments = { order_id: 'BIGINT', amount: 'INT', paid_at: 'TIMESTAMP(3)' };
const byOrder = { column: 'ordered_at', delay: '10 min' };
const byPayment = { column: 'paid_at', delay: '10 min' };
const at = (time: string): string => `2026-01-01 10:${time}`;
const keys = { leftKeys: ['order_id'], rightKeys: ['order_id'] };
const within = { ...keys, before: '0 s', after: '5 min' };

const left = {
  columns: orders,
  watermark: byOrder,
  rows: [
    [1, 'tea', at('00:20')],
    [2, 'cup', at('01:00')],
    [3, null, at('01:30')],
    [null, 'pot', at('02:00')],
  ],
};
const right = {
  columns: payments,
  watermark: byPayment,
  rows: [
    [1, 10, at('02:00')],
    [1, 5, at('04:30')],
    [2, 7, at('06:00.001')],
    [3, null, at('01:30')],
    [null, 1, at('02:00')],
  ],
};
const pairs = [
  [1, 'tea', at('00:20'), 1, 10, at('02:00')],
  [1, 'tea', at('00:20'), 1, 5, at('04:30')],
  [3, null, at('01:30'), 3, null, at('01:30')],
];
const lonelyOrders = [
  [2, 'cup', at('01:00'), null, null, null],
  [null, 'pot', at('02:00'), null, null, null],
];
const lonelyPayments = [
  [null, null, null, 2, 7, at('06:00.001')],
  [null, null, null, null, 1, at('02:00')],
];

export const cases = defineCases({
  rows: [
    {
      name: 'orders and their payments within five minutes',
      shows: ['ordinary', 'nulls'],
      config: within,
      inputs: { left, right },
      outputs: { out: pairs },
    },
    {
      name: 'left: an order without payment leaves with NULLs',
      shows: ['ordinary', 'nulls'],
      config: { ...within, kind: 'left' },
      inputs: { left, right },
      outputs: { out: [...pairs, ...lonelyOrders] },
    },
    {
      name: 'right: a payment without order leaves with NULLs',
      shows: ['ordinary', 'nulls'],
      config: { ...within, kind: 'right' },
      inputs: { left, right },
      outputs: { out: [...pairs, ...lonelyPayments] },
    },
    {
      name: 'full: both sides are kept',
      shows: ['ordinary', 'nulls'],
      config: { ...within, kind: 'full' },
      inputs: { left, right },
      outputs: { out: [...pairs, ...lonelyOrders, ...lonelyPayments] },
    },
    {
      name: 'both bounds belong to the interval; order of arrival does not matter',
      shows: ['out-of-order'],
      config: { ...keys, before: '1 min', after: '2 min' },
      inputs: {
        left: { columns: orders, watermark: byOrder, rows: [[1, 'a', at('05:00')]] },
        right: {
          columns: payments,
          watermark: byPayment,
          rows: [
            [1, 1, at('07:00')],
            [1, 2, at('04:00')],
            [1, 3, at('07:00.001')],
            [1, 4, at('03:59.999')],
            [1, 5, at('05:00')],
          ],
        },
      },
      outputs: {
        out: [
          [1, 'a', at('05:00'), 1, 1, at('07:00')],
          [1, 'a', at('05:00'), 1, 2, at('04:00')],
          [1, 'a', at('05:00'), 1, 5, at('05:00')],
        ],
      },
    },
    {
      name: 'one side without rows',
      shows: ['empty'],
      config: { ...within, kind: 'left' },
      inputs: { left: { ...left, rows: left.rows.slice(0, 1) }, right: { ...right, rows: [] } },
      outputs: { out: [[1, 'tea', at('00:20'), null, null, null]] },
    },
  ],
  cannotShow: { late: 'which rows are behind the combined watermark depends on how the inputs take turns' },
  invalid: [
    {
      name: 'one key against two',
      config: { ...within, leftKeys: ['order_id', 'item'] },
      inputs: { left, right },
      problems: [['MR2271', 'rightKeys']],
    },
    {
      name: 'a text against a number',
      config: { ...within, leftKeys: ['item'] },
      inputs: { left, right },
      problems: [['MR2272', 'rightKeys[0]']],
    },
    {
      name: 'a column that cannot wait',
      config: within,
      inputs: { left: { columns: { ...orders, tags: 'ARRAY<STRING>' }, watermark: byOrder, rows: [] }, right },
      problems: [['MR2273', '']],
    },
  ],
});

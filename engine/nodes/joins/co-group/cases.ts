/** Cases of the co-group node. Times are minutes and seconds of one hour. */
import { defineCases } from '../../../spec/node-cases.ts';

const ordersIn = { shop: 'STRING', amount: 'INT', ordered_at: 'TIMESTAMP(3)' };
const refundsIn = { store: 'STRING', amount: 'INT', reason: 'STRING', refunded_at: 'TIMESTAMP(3)' };
const byOrder = { column: 'ordered_at', delay: '10 min' };
const byRefund = { column: 'refunded_at', delay: '10 min' };
const at = (time: string): string => `2026-01-01 10:${time}`;
const keys = { leftKeys: ['shop'], rightKeys: ['store'] };
const compute = {
  leftAggregates: [
    { name: 'orders', expression: 'COUNT(*)' },
    { name: 'sold', expression: 'SUM(amount)' },
  ],
  rightAggregates: [
    { name: 'refunds', expression: 'COUNT(*)' },
    { name: 'returned', expression: 'SUM(amount)' },
    { name: 'reasons', expression: 'COUNT(DISTINCT reason)' },
  ],
};

const left = {
  columns: ordersIn,
  watermark: byOrder,
  rows: [
    ['a', 10, at('00:05')],
    ['a', 20, at('00:40')],
    ['b', null, at('00:50')],
    ['a', 5, at('01:10')],
    [null, 1, at('01:30')],
  ],
};
const right = {
  columns: refundsIn,
  watermark: byRefund,
  rows: [
    ['a', 10, 'broken', at('00:59.999')],
    ['a', 3, 'late', at('00:30')],
    ['c', 7, null, at('00:10')],
    [null, 2, 'late', at('01:59')],
    ['b', 4, 'late', at('03:00')],
  ],
};

export const cases = defineCases({
  rows: [
    {
      name: 'orders and refunds of a shop in a minute, also where one of them is missing',
      shows: ['ordinary', 'nulls', 'out-of-order'],
      config: { ...keys, ...compute },
      inputs: { left, right },
      outputs: {
        out: [
          ['a', at('00:00'), at('01:00'), 2, 30, 2, 13, 2],
          ['b', at('00:00'), at('01:00'), 1, null, 0, null, 0],
          ['c', at('00:00'), at('01:00'), 0, null, 1, 7, 0],
          ['a', at('01:00'), at('02:00'), 1, 5, 0, null, 0],
          [null, at('01:00'), at('02:00'), 1, 1, 1, 2, 1],
          ['b', at('03:00'), at('04:00'), 0, null, 1, 4, 1],
        ],
      },
    },
    {
      name: 'sliding: a row counts in several windows',
      shows: ['ordinary'],
      config: {
        ...keys,
        window: 'sliding',
        size: '2 min',
        slide: '1 min',
        ...compute,
        rightAggregates: compute.rightAggregates.slice(0, 1),
      },
      inputs: { left: { ...left, rows: left.rows.slice(0, 2) }, right: { ...right, rows: right.rows.slice(0, 1) } },
      outputs: {
        out: [
          ['a', '2026-01-01 09:59:00', at('01:00'), 2, 30, 1],
          ['a', at('00:00'), at('02:00'), 2, 30, 1],
        ],
      },
    },
    {
      name: 'cumulative, with event time behind it',
      shows: ['ordinary'],
      config: {
        ...keys,
        window: 'cumulative',
        size: '2 min',
        step: '1 min',
        windowTime: true,
        leftAggregates: [{ name: 'most', expression: 'MAX(amount)' }],
        rightAggregates: [{ name: 'mean', expression: 'AVG(amount)' }],
      },
      inputs: { left: { ...left, rows: left.rows.slice(0, 4) }, right: { ...right, rows: right.rows.slice(0, 3) } },
      outputs: {
        out: [
          ['a', at('00:00'), at('01:00'), at('00:59.999'), 20, 6],
          ['b', at('00:00'), at('01:00'), at('00:59.999'), null, null],
          ['c', at('00:00'), at('01:00'), at('00:59.999'), null, 7],
          ['a', at('00:00'), at('02:00'), at('01:59.999'), 20, 6],
          ['b', at('00:00'), at('02:00'), at('01:59.999'), null, null],
          ['c', at('00:00'), at('02:00'), at('01:59.999'), null, 7],
        ],
      },
    },
    {
      name: 'session: rows of either side keep it open',
      shows: ['ordinary', 'out-of-order'],
      config: { ...keys, window: 'session', gap: '20 s', ...compute, rightAggregates: compute.rightAggregates.slice(0, 2) },
      inputs: { left: { ...left, rows: left.rows.slice(0, 3) }, right: { ...right, rows: right.rows.slice(0, 2) } },
      outputs: {
        out: [
          ['a', at('00:05'), at('00:25'), 1, 10, 0, null],
          ['a', at('00:30'), at('01:19.999'), 1, 20, 2, 13],
          ['b', at('00:50'), at('01:10'), 1, null, 0, null],
        ],
      },
    },
    {
      name: 'no rows on one side',
      shows: ['empty'],
      config: { ...keys, ...compute },
      inputs: { left: { ...left, rows: left.rows.slice(0, 1) }, right: { ...right, rows: [] } },
      outputs: { out: [['a', at('00:00'), at('01:00'), 1, 10, 0, null, 0]] },
    },
  ],
  cannotShow: { late: 'which rows are behind the combined watermark depends on how the inputs take turns' },
  invalid: [
    {
      name: 'a text against a number, one key against two',
      config: { ...keys, ...compute, rightKeys: ['amount', 'store'] },
      inputs: { left, right },
      problems: [
        ['MR2271', 'rightKeys'],
        ['MR2272', 'rightKeys[0]'],
      ],
    },
    {
      name: 'a slide that does not fill the size',
      config: { ...keys, ...compute, window: 'sliding', size: '1 min', slide: '7 s' },
      inputs: { left, right },
      problems: [['MR2217', 'slide']],
    },
    {
      name: 'too many windows for a row',
      config: { ...keys, ...compute, window: 'cumulative', size: '1 d', step: '1 s' },
      inputs: { left, right },
      problems: [['MR2218', 'step']],
    },
    {
      name: 'event time with and without time zone',
      config: { ...keys, ...compute },
      inputs: { left, right: { ...right, columns: { ...refundsIn, refunded_at: 'TIMESTAMP_LTZ(3)' }, rows: [] } },
      problems: [['MR2219', '']],
    },
    {
      name: 'one name on both sides',
      config: { ...keys, ...compute, rightAggregates: [{ name: 'sold', expression: 'SUM(amount)' }] },
      inputs: { left, right },
      problems: [['MR2220', 'rightAggregates[0].name']],
    },
  ],
});

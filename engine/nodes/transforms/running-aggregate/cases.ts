/** Cases of the running aggregate node. */
import { defineCases } from '../../../spec/node-cases.ts';

const columns = { account: 'STRING', amount: 'INT', at: 'TIMESTAMP(3)' };
const at = (second: number): string => `2026-01-01 10:00:${String(second).padStart(2, '0')}`;
const payments = {
  columns,
  rows: [
    ['a', 10, at(0)],
    ['b', 7, at(1)],
    ['a', null, at(2)],
    ['a', 30, at(3)],
    [null, 5, at(4)],
    ['b', -7, at(5)],
    [null, 1, at(6)],
  ],
};
const totals = [
  { name: 'payments', expression: 'COUNT(*)' },
  { name: 'total', expression: 'SUM(amount)' },
  { name: 'least', expression: 'MIN(amount)' },
  { name: 'greatest', expression: 'MAX(amount)' },
  { name: 'mean', expression: 'AVG(amount)' },
];
const quotes = {
  columns: { symbol: 'STRING', price: 'DOUBLE', venue: 'STRING' },
  rows: [
    ['X', 10, 'one'],
    ['X', 12, 'two'],
    ['Y', null, 'one'],
    ['X', 12, 'three'],
    ['Y', 3, 'two'],
    ['X', 9, 'four'],
    ['Y', null, 'three'],
  ],
};

export const cases = defineCases({
  rows: [
    {
      name: 'every payment with the totals of its account so far',
      shows: ['ordinary', 'nulls'],
      config: { keys: ['account'], aggregates: totals },
      inputs: { in: payments },
      outputs: {
        out: [
          ['a', 10, at(0), 1, 10, 10, 10, 10],
          ['b', 7, at(1), 1, 7, 7, 7, 7],
          ['a', null, at(2), 2, 10, 10, 10, 10],
          ['a', 30, at(3), 3, 40, 10, 30, 20],
          [null, 5, at(4), 1, 5, 5, 5, 5],
          ['b', -7, at(5), 2, 0, -7, 7, 0],
          [null, 1, at(6), 2, 6, 1, 5, 3],
        ],
      },
    },
    {
      name: 'without a group: one running total',
      shows: ['ordinary', 'nulls'],
      config: { aggregates: [{ name: 'total', expression: 'SUM(amount)' }] },
      inputs: { in: payments },
      outputs: {
        out: [
          ['a', 10, at(0), 10],
          ['b', 7, at(1), 17],
          ['a', null, at(2), 17],
          ['a', 30, at(3), 47],
          [null, 5, at(4), 52],
          ['b', -7, at(5), 45],
          [null, 1, at(6), 46],
        ],
      },
    },
    {
      name: 'by order of arrival, whatever the event time; late rows count',
      shows: ['out-of-order', 'late'],
      config: { keys: ['account'], aggregates: [{ name: 'total', expression: 'SUM(amount)' }] },
      inputs: {
        in: {
          columns,
          watermark: { column: 'at', delay: '0 s' },
          rows: [
            ['a', 1, at(5)],
            ['a', 2, at(3)],
            ['a', 4, at(9)],
          ],
        },
      },
      outputs: {
        out: [
          ['a', 1, at(5), 1],
          ['a', 2, at(3), 3],
          ['a', 4, at(9), 7],
        ],
      },
    },
    {
      name: 'maxBy: the greatest price so far, the first of equal ones',
      shows: ['ordinary', 'nulls'],
      config: { keys: ['symbol'], result: 'max-by', by: 'price' },
      inputs: { in: quotes },
      outputs: {
        out: [
          ['X', 10, 'one'],
          ['X', 12, 'two'],
          ['Y', null, 'one'],
          ['X', 12, 'two'],
          ['Y', 3, 'two'],
          ['X', 12, 'two'],
          ['Y', 3, 'two'],
        ],
      },
    },
    {
      name: 'maxBy: the last of equal ones',
      shows: ['ordinary', 'nulls'],
      config: { keys: ['symbol'], result: 'max-by', by: 'price', ties: 'last' },
      inputs: { in: quotes },
      outputs: {
        out: [
          ['X', 10, 'one'],
          ['X', 12, 'two'],
          ['Y', null, 'one'],
          ['X', 12, 'three'],
          ['Y', 3, 'two'],
          ['X', 12, 'three'],
          ['Y', 3, 'two'],
        ],
      },
    },
    {
      name: 'minBy: the least text of all so far',
      shows: ['ordinary', 'nulls'],
      config: { result: 'min-by', by: 'venue' },
      inputs: { in: quotes },
      outputs: {
        out: [
          ['X', 10, 'one'],
          ['X', 10, 'one'],
          ['X', 10, 'one'],
          ['X', 10, 'one'],
          ['X', 10, 'one'],
          ['X', 9, 'four'],
          ['X', 9, 'four'],
        ],
      },
    },
    { name: 'no rows', shows: ['empty'], config: { aggregates: totals }, inputs: { in: { columns, rows: [] } }, outputs: { out: [] } },
  ],
  varies: { order: 'what has come so far is what came before' },
  invalid: [
    {
      name: 'grouped by a list',
      config: { keys: ['tags'], aggregates: [{ name: 'n', expression: 'COUNT(*)' }] },
      inputs: { in: { columns: { ...columns, tags: 'ARRAY<STRING>' }, rows: [] } },
      problems: [['MR2213', 'keys[0]']],
    },
    {
      name: 'a name that is taken',
      config: { aggregates: [{ name: 'amount', expression: 'SUM(amount)' }] },
      inputs: { in: payments },
      problems: [['MR2214', 'aggregates[0].name']],
    },
    {
      name: 'distinct values',
      config: { aggregates: [{ name: 'accounts', expression: 'COUNT(DISTINCT account)' }] },
      inputs: { in: payments },
      problems: [['MR2215', 'aggregates[0].expression']],
    },
    {
      name: 'a best row with a list',
      config: { result: 'max-by', by: 'amount' },
      inputs: { in: { columns: { ...columns, tags: 'ARRAY<STRING>' }, rows: [] } },
      problems: [['MR2216', '']],
    },
  ],
});

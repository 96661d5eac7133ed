/** Cases of the partition node: the rows are the same, wherever they are worked on. */
import { defineCases } from '../../../spec/node-cases.ts';

const columns = { id: 'INT', name: 'STRING' };
const rows = [
  [1, 'a'],
  [2, null],
  [3, 'a'],
];

export const cases = defineCases({
  rows: [
    {
      name: 'by key',
      shows: ['ordinary', 'nulls'],
      config: { strategy: 'key', keys: ['name'] },
      inputs: { in: { columns, rows } },
      outputs: { out: rows },
    },
    {
      name: 'evenly',
      shows: ['ordinary', 'nulls'],
      config: { strategy: 'rebalance' },
      inputs: { in: { columns, rows } },
      outputs: { out: rows },
    },
    {
      name: 'evenly, nearby',
      shows: ['ordinary', 'nulls'],
      config: { strategy: 'rescale' },
      inputs: { in: { columns, rows } },
      outputs: { out: rows },
    },
    {
      name: 'at random',
      shows: ['ordinary', 'nulls'],
      config: { strategy: 'shuffle' },
      inputs: { in: { columns, rows } },
      outputs: { out: rows },
    },
    {
      name: 'by the number in a column',
      shows: ['ordinary', 'nulls'],
      config: { strategy: 'custom', column: 'id' },
      inputs: { in: { columns, rows } },
      outputs: { out: rows },
    },
    {
      name: 'not at all',
      shows: ['ordinary', 'nulls'],
      config: { strategy: 'forward' },
      inputs: { in: { columns, rows } },
      outputs: { out: rows },
    },
    {
      name: 'to one',
      shows: ['ordinary', 'nulls'],
      config: { strategy: 'global' },
      inputs: { in: { columns, rows } },
      outputs: { out: rows },
    },
    {
      name: 'to all: with one subtask every row once',
      shows: ['ordinary'],
      config: { strategy: 'broadcast' },
      inputs: { in: { columns, rows } },
      outputs: { out: rows },
      parallel: false,
    },
    {
      name: 'nothing in, nothing out',
      shows: ['empty'],
      config: { strategy: 'rebalance' },
      inputs: { in: { columns, rows: [] } },
      outputs: { out: [] },
    },
  ],
  invalid: [
    { name: 'no key', config: { strategy: 'key' }, inputs: { in: { columns, rows } }, problems: [['MR2251', 'keys']] },
    {
      name: 'a number that is a text',
      config: { strategy: 'custom', column: 'name' },
      inputs: { in: { columns, rows } },
      problems: [['MR2120', 'column']],
    },
    {
      name: 'unknown key',
      config: { strategy: 'key', keys: ['colour'] },
      inputs: { in: { columns, rows } },
      problems: [['MR2119', 'keys[0]']],
    },
  ],
});

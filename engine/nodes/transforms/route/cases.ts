/** Cases of the route node. */
import { defineCases } from '../../../spec/node-cases.ts';

const columns = { id: 'INT', price: 'BIGINT' };
const rows = [
  [1, 5],
  [2, 50],
  [3, 500],
  [4, null],
];
const routes = [
  { name: 'high', expression: 'price >= 100' },
  { name: 'middle', expression: 'price >= 10' },
];

export const cases = defineCases({
  rows: [
    {
      name: 'a row goes to the first route that fits, else to else',
      shows: ['ordinary', 'nulls'],
      config: { routes },
      inputs: { in: { columns, rows } },
      outputs: {
        high: [[3, 500]],
        middle: [[2, 50]],
        else: [
          [1, 5],
          [4, null],
        ],
      },
    },
    {
      name: 'a row goes to every route that fits',
      shows: ['ordinary', 'nulls'],
      config: { routes, matching: 'all' },
      inputs: { in: { columns, rows } },
      outputs: {
        high: [[3, 500]],
        middle: [
          [2, 50],
          [3, 500],
        ],
        else: [
          [1, 5],
          [4, null],
        ],
      },
    },
    {
      name: 'nothing in, nothing out',
      shows: ['empty'],
      config: { routes },
      inputs: { in: { columns, rows: [] } },
      outputs: { high: [], middle: [], else: [] },
    },
  ],
  invalid: [
    { name: 'no route', config: { routes: [] }, inputs: { in: { columns, rows } }, problems: [['MR2111', 'routes']] },
    {
      name: 'a route called else',
      config: { routes: [{ name: 'else', expression: 'TRUE' }] },
      inputs: { in: { columns, rows } },
      problems: [['MR2221', 'routes[0].name']],
    },
    {
      name: 'not a condition',
      config: { routes: [{ name: 'a', expression: 'price' }] },
      inputs: { in: { columns, rows } },
      problems: [['MR3017', 'routes[0].expression']],
    },
  ],
});

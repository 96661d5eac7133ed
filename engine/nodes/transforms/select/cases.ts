/** Cases of the select node. */
import { defineCases } from '../../../spec/node-cases.ts';

const columns = { id: 'INT', price: 'BIGINT', name: 'STRING' };
const none = { in: { columns, rows: [] } };

export const cases = defineCases({
  rows: [
    {
      name: 'only the listed columns, computed and renamed',
      shows: ['ordinary', 'nulls'],
      config: {
        columns: [
          { name: 'title', expression: 'UPPER(name)' },
          { name: 'double_price', expression: 'price * 2' },
          { name: 'id', expression: 'id' },
        ],
      },
      inputs: {
        in: {
          columns,
          rows: [
            [1, 10, 'pen'],
            [2, null, 'cup'],
            [3, 30, null],
          ],
        },
      },
      outputs: {
        out: [
          ['PEN', 20, 1],
          ['CUP', null, 2],
          [null, 60, 3],
        ],
      },
    },
    {
      name: 'all columns; a listed name replaces, a new one is added, a removed one goes',
      shows: ['ordinary'],
      config: {
        keep: 'all',
        columns: [
          { name: 'price', expression: 'price + 1' },
          { name: 'dear', expression: 'price > 20' },
        ],
        remove: ['name'],
      },
      inputs: {
        in: {
          columns,
          rows: [
            [1, 10, 'pen'],
            [2, 30, 'cup'],
          ],
        },
      },
      outputs: {
        out: [
          [1, 11, false],
          [2, 31, true],
        ],
      },
    },
    {
      name: 'nothing in, nothing out',
      shows: ['empty'],
      config: { columns: [{ name: 'a', expression: 'id' }] },
      inputs: none,
      outputs: { out: [] },
    },
  ],
  invalid: [
    { name: 'no column left', config: { columns: [] }, inputs: none, problems: [['MR2211', 'columns']] },
    {
      name: 'everything removed',
      config: { keep: 'all', remove: ['id', 'price', 'name'] },
      inputs: none,
      problems: [['MR2211', 'columns']],
    },
    {
      name: 'a name twice',
      config: {
        columns: [
          { name: 'a', expression: 'id' },
          { name: 'a', expression: 'price' },
        ],
      },
      inputs: none,
      problems: [['MR2114', 'columns[1].name']],
    },
    {
      name: 'no expression',
      config: { columns: [{ name: 'a', expression: ' ' }] },
      inputs: none,
      problems: [['MR2115', 'columns[0].expression']],
    },
    { name: 'no name', config: { columns: [{ expression: 'id' }] }, inputs: none, problems: [['MR2113', 'columns[0].name']] },
    { name: 'removes what is not there', config: { keep: 'all', remove: ['colour'] }, inputs: none, problems: [['MR2119', 'remove[0]']] },
    {
      name: 'unknown choice',
      config: { keep: 'some', columns: [{ name: 'a', expression: 'id' }] },
      inputs: none,
      problems: [['MR2108', 'keep']],
    },
  ],
});

/** Cases of the filter node. */
import { defineCases } from '../../../spec/node-cases.ts';

const columns = { id: 'INT', price: 'BIGINT', channel: 'STRING' };

export const cases = defineCases({
  rows: [
    {
      name: 'keeps rows whose condition is TRUE',
      shows: ['ordinary', 'nulls'],
      config: { condition: "price > 100 AND channel = 'web'" },
      inputs: {
        in: {
          columns,
          rows: [
            [1, 50, 'web'],
            [2, 200, 'web'],
            [3, 300, 'app'],
            [4, null, 'web'],
            [5, 500, null],
            [6, 600, 'web'],
          ],
        },
      },
      outputs: {
        out: [
          [2, 200, 'web'],
          [6, 600, 'web'],
        ],
      },
    },
    {
      name: 'NULL counts as no, for the negated condition too',
      shows: ['nulls'],
      config: { condition: 'NOT (price > 100)' },
      inputs: {
        in: {
          columns,
          rows: [
            [1, 50, 'web'],
            [2, null, 'web'],
            [3, 300, null],
          ],
        },
      },
      outputs: { out: [[1, 50, 'web']] },
    },
    {
      name: 'nothing in, nothing out',
      shows: ['empty'],
      config: { condition: 'TRUE' },
      inputs: { in: { columns, rows: [] } },
      outputs: { out: [] },
    },
  ],
  invalid: [
    { name: 'no condition', config: {}, inputs: { in: { columns, rows: [] } }, problems: [['MR2101', 'condition']] },
    {
      name: 'unknown column',
      config: { condition: 'cost > 1' },
      inputs: { in: { columns, rows: [] } },
      problems: [['MR3012', 'condition']],
    },
    {
      name: 'not a condition',
      config: { condition: 'price + 1' },
      inputs: { in: { columns, rows: [] } },
      problems: [['MR3017', 'condition']],
    },
    {
      name: 'not an expression',
      config: { condition: 'price >' },
      inputs: { in: { columns, rows: [] } },
      problems: [['MR3010', 'condition']],
    },
    { name: 'not even text', config: { condition: 7 }, inputs: { in: { columns, rows: [] } }, problems: [['MR2103', 'condition']] },
  ],
});

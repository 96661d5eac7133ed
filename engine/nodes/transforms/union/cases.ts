/** Cases of the union node. */
import { defineCases } from '../../../spec/node-cases.ts';

const columns = { id: 'INT', name: 'STRING' };

export const cases = defineCases({
  rows: [
    {
      name: 'rows of every input, duplicates kept',
      shows: ['ordinary', 'nulls'],
      config: {},
      inputs: {
        in: [
          {
            columns,
            rows: [
              [1, 'a'],
              [2, null],
            ],
          },
          {
            columns,
            rows: [
              [1, 'a'],
              [3, 'c'],
            ],
          },
        ],
      },
      outputs: {
        out: [
          [1, 'a'],
          [2, null],
          [1, 'a'],
          [3, 'c'],
        ],
      },
    },
    {
      name: 'an input without rows does not matter',
      shows: ['empty'],
      config: {},
      inputs: {
        in: [
          { columns, rows: [] },
          { columns, rows: [[1, 'a']] },
        ],
      },
      outputs: { out: [[1, 'a']] },
    },
  ],
  invalid: [
    {
      name: 'other columns',
      config: {},
      inputs: {
        in: [
          { columns, rows: [] },
          { columns: { id: 'BIGINT', name: 'STRING' }, rows: [] },
        ],
      },
      problems: [['MR2231', '']],
    },
  ],
});

/** Cases of the deduplicate node. */
import { defineCases } from '../../../spec/node-cases.ts';

const columns = { id: 'BIGINT', name: 'STRING' };

export const cases = defineCases({
  rows: [
    {
      name: 'the first row of each value',
      shows: ['ordinary'],
      config: { keys: ['id'] },
      inputs: {
        in: {
          columns,
          rows: [
            [1, 'first'],
            [2, 'b'],
            [1, 'again'],
            [3, 'c'],
            [2, 'again'],
          ],
        },
      },
      outputs: {
        out: [
          [1, 'first'],
          [2, 'b'],
          [3, 'c'],
        ],
      },
    },
    {
      name: 'by two columns, NULL counts as a value',
      shows: ['ordinary', 'nulls'],
      config: { keys: ['id', 'name'], forgetAfter: '1 h' },
      inputs: {
        in: {
          columns,
          rows: [
            [1, 'a'],
            [1, null],
            [null, 'a'],
            [1, null],
            [1, 'a'],
            [null, null],
            [null, 'a'],
          ],
        },
      },
      outputs: {
        out: [
          [1, 'a'],
          [1, null],
          [null, 'a'],
          [null, null],
        ],
      },
    },
    { name: 'no rows', shows: ['empty'], config: { keys: ['id'] }, inputs: { in: { columns, rows: [] } }, outputs: { out: [] } },
  ],
  varies: { order: 'the first row of a key is kept, whichever it is' },
  invalid: [
    {
      name: 'a column that cannot be compared',
      config: { keys: ['tags'] },
      inputs: { in: { columns: { ...columns, tags: 'ARRAY<STRING>' }, rows: [] } },
      problems: [['MR2278', 'keys[0]']],
    },
  ],
});

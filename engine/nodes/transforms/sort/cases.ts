/** Cases of the sort node. The order itself is shown by operator.test.ts: the rows of a case are compared as a set. */
import { defineCases } from '../../../spec/node-cases.ts';

const columns = { sensor: 'STRING', reading: 'INT', at: 'TIMESTAMP(3)' };
const at = (second: number): string => `2026-01-01 10:00:${String(second).padStart(2, '0')}`;
const readings = {
  columns,
  watermark: { column: 'at', delay: '10 s' },
  rows: [
    ['a', 3, at(5)],
    ['b', 1, at(2)],
    ['a', null, at(2)],
    [null, 2, at(9)],
    ['a', 7, at(1)],
  ],
};
const lateOnes = {
  columns,
  watermark: { column: 'at', delay: '2 s' },
  rows: [
    ['a', 1, at(1)],
    ['b', 2, at(5)],
    ['a', 3, at(2)],
    ['b', 4, at(1)],
    ['a', 5, at(9)],
    ['b', 6, at(5)],
  ],
};

export const cases = defineCases({
  rows: [
    {
      name: 'rows out of order leave in order',
      shows: ['ordinary', 'nulls', 'out-of-order'],
      config: { thenBy: [{ column: 'reading', direction: 'ascending' }] },
      inputs: { in: readings },
      outputs: { out: readings.rows },
    },
    {
      name: 'within each sensor, at the same time the greatest reading first',
      shows: ['ordinary', 'nulls', 'out-of-order'],
      config: { keys: ['sensor'], thenBy: [{ column: 'reading', direction: 'descending' }] },
      inputs: { in: readings },
      outputs: { out: readings.rows },
    },
    {
      name: 'a row is late when a later one has left, not when the watermark has passed it',
      shows: ['late'],
      config: { lateRows: 'late-output' },
      inputs: { in: lateOnes },
      outputs: {
        out: [
          ['a', 1, at(1)],
          ['a', 3, at(2)],
          ['b', 2, at(5)],
          ['a', 5, at(9)],
        ],
        late: [
          ['b', 4, at(1)],
          ['b', 6, at(5)],
        ],
      },
      parallel: false,
    },
    {
      name: 'late rows are dropped',
      shows: ['late'],
      config: {},
      inputs: { in: lateOnes },
      outputs: {
        out: [
          ['a', 1, at(1)],
          ['a', 3, at(2)],
          ['b', 2, at(5)],
          ['a', 5, at(9)],
        ],
      },
      parallel: false,
    },
    {
      name: 'within each sensor, groups that nobody hears of for an hour are forgotten',
      shows: ['ordinary', 'nulls', 'out-of-order'],
      config: { keys: ['sensor'], forgetAfter: '1 h' },
      inputs: { in: readings },
      outputs: { out: readings.rows },
    },
    { name: 'no rows', shows: ['empty'], config: {}, inputs: { in: { ...readings, rows: [] } }, outputs: { out: [] } },
  ],
  invalid: [
    {
      name: 'then by a list, which cannot wait either',
      config: { thenBy: [{ column: 'tags', direction: 'ascending' }] },
      inputs: { in: { ...readings, columns: { ...columns, tags: 'ARRAY<STRING>' }, rows: [] } },
      problems: [
        ['MR2222', 'thenBy[0].column'],
        ['MR2223', ''],
      ],
    },
  ],
});

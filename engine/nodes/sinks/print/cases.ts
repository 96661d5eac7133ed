/** Cases of the print sink: what it prints is tested beside its operator. */
import { defineCases } from '../../../spec/node-cases.ts';

const input = { in: { columns: { id: 'INT' }, rows: [[1], [null]] } };

export const cases = defineCases({
  rows: [
    { name: 'takes every row', shows: ['ordinary', 'nulls'], config: {}, inputs: input, outputs: {} },
    { name: 'takes none', shows: ['empty'], config: {}, inputs: { in: { columns: { id: 'INT' }, rows: [] } }, outputs: {} },
  ],
  varies: { restore: 'rows behind the last checkpoint are printed again' },
  invalid: [{ name: 'a pace of nothing', config: { rowsPerSecond: 0 }, inputs: input, problems: [['MR2106', 'rowsPerSecond']] }],
});

/** Cases of the preview sink: what it keeps is tested beside its operator. */
import { defineCases } from '../../../spec/node-cases.ts';

const input = { in: { columns: { id: 'INT' }, rows: [[1], [null]] } };

export const cases = defineCases({
  rows: [
    { name: 'takes every row', shows: ['ordinary', 'nulls'], config: {}, inputs: input, outputs: {} },
    { name: 'takes none', shows: ['empty'], config: {}, inputs: { in: { columns: { id: 'INT' }, rows: [] } }, outputs: {} },
  ],
  varies: { restore: 'rows that were shown are not shown again, and those that waited are not kept' },
  invalid: [{ name: 'too many rows', config: { rowsMax: 1000000 }, inputs: input, problems: [['MR2106', 'rowsMax']] }],
});

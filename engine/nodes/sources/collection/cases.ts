/** Cases of the collection source. */
import { defineCases } from '../../../spec/node-cases.ts';

const schema = [
  { name: 'id', type: 'BIGINT NOT NULL' },
  { name: 'price', type: 'DECIMAL(10, 2)' },
  { name: 'at', type: 'TIMESTAMP(3)' },
];

export const cases = defineCases({
  rows: [
    {
      name: 'rows as they are written; what is missing is NULL',
      shows: ['ordinary', 'nulls'],
      config: {
        schema,
        rows: [
          { id: 1, price: '1.50', at: '2026-01-01 00:00:00' },
          { id: '9007199254740993', price: null },
          { at: '2026-01-01 00:00:01.5', id: 3, price: 2 },
        ],
      },
      outputs: {
        out: [
          [1, 1.5, '2026-01-01 00:00:00'],
          ['9007199254740993', null, null],
          [3, 2, '2026-01-01 00:00:01.5'],
        ],
      },
    },
    { name: 'no rows', shows: ['empty'], config: { schema, rows: [] }, outputs: { out: [] } },
  ],
  invalid: [
    { name: 'a value for no column', config: { schema, rows: [{ id: 1, colour: 'red' }] }, problems: [['MR2202', 'rows[0].colour']] },
    { name: 'NULL where it is not allowed', config: { schema, rows: [{ id: 1 }, { price: 1 }] }, problems: [['MR2203', 'rows[1].id']] },
    {
      name: 'values that are not of the type of their column',
      config: { schema, rows: [{ id: 'one', price: 1.5 }, { id: 1.5 }, { id: 2, at: '2026-01-01' }, { id: 3, price: 123456789 }] },
      problems: [
        ['MR2343', 'rows[0].id'],
        ['MR2343', 'rows[1].id'],
        ['MR2343', 'rows[2].at'],
        ['MR2343', 'rows[3].price'],
      ],
    },
    { name: 'a row that is no object', config: { schema, rows: [7] }, problems: [['MR2103', 'rows[0]']] },
    {
      name: 'an interval is no column',
      config: { schema: [{ name: 'a', type: 'INTERVAL DAY' }], rows: [] },
      problems: [['MR2201', 'schema[0].type']],
    },
  ],
});

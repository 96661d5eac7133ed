/** Cases of the watermark node: rows pass unchanged; what the watermark does shows in the windows behind it. */
import { defineCases } from '../../../spec/node-cases.ts';

const columns = { id: 'INT', ts: 'TIMESTAMP(3)' };

export const cases = defineCases({
  rows: [
    {
      name: 'rows pass unchanged, out of order or not',
      shows: ['ordinary', 'out-of-order', 'nulls'],
      config: { time: { column: 'ts', delay: '5 s' } },
      inputs: {
        in: {
          columns,
          rows: [
            [1, '2026-01-01 00:00:10'],
            [2, '2026-01-01 00:00:05'],
            [null, '2026-01-01 00:00:20'],
          ],
        },
      },
      outputs: {
        out: [
          [1, '2026-01-01 00:00:10'],
          [2, '2026-01-01 00:00:05'],
          [null, '2026-01-01 00:00:20'],
        ],
      },
    },
    {
      name: 'nothing in, nothing out',
      shows: ['empty'],
      config: { time: { column: 'ts', delay: '5 s' } },
      inputs: { in: { columns, rows: [] } },
      outputs: { out: [] },
    },
  ],
  invalid: [
    { name: 'no time column', config: {}, inputs: { in: { columns, rows: [] } }, problems: [['MR2101', 'time']] },
    {
      name: 'not a time',
      config: { time: { column: 'id', delay: '5 s' } },
      inputs: { in: { columns, rows: [] } },
      problems: [['MR2126', 'time.column']],
    },
    {
      name: 'too precise',
      config: { time: { column: 'ts', delay: '5 s' } },
      inputs: { in: { columns: { ts: 'TIMESTAMP(6)' }, rows: [] } },
      problems: [['MR2126', 'time.column']],
    },
    {
      name: 'unknown column',
      config: { time: { column: 'when', delay: '5 s' } },
      inputs: { in: { columns, rows: [] } },
      problems: [['MR2119', 'time.column']],
    },
    {
      name: 'not a duration',
      config: { time: { column: 'ts', delay: 'soon' } },
      inputs: { in: { columns, rows: [] } },
      problems: [['MR2109', 'time.delay']],
    },
  ],
});

/** Cases of the file sink. */
import { defineCases } from '../../../spec/node-cases.ts';

const columns = { id: 'INT', name: 'STRING', at: 'TIMESTAMP(3)' };
const rows = [
  [1, 'a "b", c', '2026-01-01 00:00:00'],
  [2, null, '2026-01-01 00:00:00.5'],
  [3, '', null],
];
const input = { in: { columns, rows } };

export const cases = defineCases({
  rows: [
    {
      name: 'JSON lines',
      shows: ['ordinary', 'nulls'],
      config: { path: 'out' },
      inputs: input,
      outputs: {},
      lines: [
        '{"id":1,"name":"a \\"b\\", c","at":"2026-01-01 00:00:00"}',
        '{"id":2,"name":null,"at":"2026-01-01 00:00:00.5"}',
        '{"id":3,"name":"","at":null}',
      ],
    },
    {
      name: 'JSON lines with ISO 8601 times',
      shows: ['ordinary', 'nulls'],
      config: { path: 'out', timestampFormat: 'iso-8601' },
      inputs: input,
      outputs: {},
      lines: [
        '{"id":1,"name":"a \\"b\\", c","at":"2026-01-01T00:00:00"}',
        '{"id":2,"name":null,"at":"2026-01-01T00:00:00.5"}',
        '{"id":3,"name":"","at":null}',
      ],
    },
    {
      name: 'nothing in, nothing written',
      shows: ['empty'],
      config: { path: 'out' },
      inputs: { in: { columns, rows: [] } },
      outputs: {},
      lines: [],
    },
  ],
  invalid: [
    { name: 'no folder', config: {}, inputs: input, problems: [['MR2101', 'path']] },
    { name: 'a prefix that leaves the folder', config: { path: 'out', prefix: '../x' }, inputs: input, problems: [['MR2105', 'prefix']] },
    { name: 'files of no size', config: { path: 'out', rollMegabytes: 0 }, inputs: input, problems: [['MR2106', 'rollMegabytes']] },
  ],
});

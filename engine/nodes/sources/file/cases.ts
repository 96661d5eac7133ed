/** Cases of the file source. */
import { defineCases } from '../../../spec/node-cases.ts';

const schema = [
  { name: 'id', type: 'INT' },
  { name: 'name', type: 'STRING' },
  { name: 'at', type: 'TIMESTAMP(3)' },
];

export const cases = defineCases({
  rows: [
    {
      name: 'JSON lines: other order, missing and unknown members, escapes',
      shows: ['ordinary', 'nulls'],
      config: { path: 'in.ndjson', schema },
      files: {
        'in.ndjson':
          '{"id":1,"name":"a","at":"2026-01-01 00:00:01"}\n{"at":"2026-01-01 00:00:02.5","name":"\\u00fc \\"x\\"","id":2,"more":[1,{}]}\n{"id":null}\n\n{"id":4,"name":"last, without line end","at":null}',
      },
      outputs: {
        out: [
          [1, 'a', '2026-01-01 00:00:01'],
          [2, 'ü "x"', '2026-01-01 00:00:02.5'],
          [null, null, null],
          [4, 'last, without line end', null],
        ],
      },
    },
    {
      name: 'CSV: header, quotes, doubled quotes, NULL text',
      shows: ['ordinary', 'nulls'],
      config: { path: 'in.csv', format: 'csv', nullText: 'NA', schema },
      files: { 'in.csv': 'id,name,at\n1,"a, b",2026-01-01 00:00:01\r\nNA,"say ""hi""",NA\n3,,NA\n' },
      outputs: {
        out: [
          [1, 'a, b', '2026-01-01 00:00:01'],
          [null, 'say "hi"', null],
          [3, '', null],
        ],
      },
    },
    {
      name: 'many files by pattern',
      shows: ['ordinary'],
      config: { path: 'logs/*.ndjson', schema: [{ name: 'id', type: 'INT' }] },
      files: { 'logs/a.ndjson': '{"id":1}\n', 'logs/b.ndjson': '{"id":2}\n{"id":3}\n', 'logs/c.txt': 'not read\n' },
      outputs: { out: [[1], [2], [3]] },
    },
    { name: 'an empty file', shows: ['empty'], config: { path: 'in.ndjson', schema }, files: { 'in.ndjson': '' }, outputs: { out: [] } },
    {
      name: 'bad lines are skipped',
      shows: ['bad-lines'],
      config: { path: 'in.ndjson', schema: [{ name: 'id', type: 'INT' }], badLines: 'skip' },
      files: { 'in.ndjson': '{"id":1}\n{"id":\n{"id":"x"}\n{"id":2}\n' },
      outputs: { out: [[1], [2]] },
      differsOnFlink: 'a value of the wrong type becomes NULL instead of skipping its line',
    },
    {
      name: 'bad lines fail the run',
      shows: ['bad-lines'],
      config: { path: 'in.ndjson', schema: [{ name: 'id', type: 'INT' }] },
      files: { 'in.ndjson': '{"id":1}\n{"id":\n' },
      outputs: { out: [] },
      fails: 'MR4',
    },
  ],
  invalid: [
    {
      name: 'no file, no columns',
      config: {},
      problems: [
        ['MR2101', 'path'],
        ['MR2101', 'schema'],
      ],
    },
    { name: 'an empty schema', config: { path: 'a', schema: [] }, problems: [['MR2118', 'schema']] },
    {
      name: 'a type that does not exist',
      config: { path: 'a', schema: [{ name: 'a', type: 'NUMBER' }] },
      problems: [['MR2117', 'schema[0].type']],
    },
    {
      name: 'a row inside CSV',
      config: { path: 'a', format: 'csv', schema: [{ name: 'a', type: 'ROW<b INT>' }] },
      problems: [['MR2201', 'schema[0].type']],
    },
    {
      name: 'two characters between fields',
      config: { path: 'a', format: 'csv', delimiter: '||', schema },
      problems: [['MR2105', 'delimiter']],
    },
    { name: 'an endless line', config: { path: 'a', schema, lineBytesMax: 1e12 }, problems: [['MR2106', 'lineBytesMax']] },
  ],
});

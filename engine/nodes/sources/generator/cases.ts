/** Cases of the generator: the seed decides everything, so two runs agree; here only what is fixed by rule. */
import { defineCases } from '../../../spec/node-cases.ts';

const schema = [
  { name: 'id', type: 'BIGINT' },
  { name: 'ts', type: 'TIMESTAMP(3)' },
  { name: 'kind', type: 'STRING' },
];
const paced = { rowsPerSecond: null };

export const cases = defineCases({
  rows: [
    {
      name: 'a sequence, a list of one, time in even steps',
      shows: ['ordinary'],
      config: {
        schema,
        count: 3,
        rules: [
          { column: 'id', rule: 'sequence', minimum: 10 },
          { column: 'kind', rule: 'values', values: 'web' },
        ],
        timeColumn: 'ts',
        startTime: '2026-01-01T00:00:00',
        timeStep: '1 s',
        ...paced,
      },
      outputs: {
        out: [
          [10, '2026-01-01 00:00:00', 'web'],
          [11, '2026-01-01 00:00:01', 'web'],
          [12, '2026-01-01 00:00:02', 'web'],
        ],
      },
    },
    {
      name: 'NULL always',
      shows: ['nulls'],
      config: {
        schema: [{ name: 'a', type: 'INT' }],
        count: 2,
        rules: [{ column: 'a', rule: 'random', nullShare: 1 }],
        timeColumn: null,
        ...paced,
      },
      outputs: { out: [[null], [null]] },
    },
    { name: 'no rows', shows: ['empty'], config: { schema, rules: [], count: 0, ...paced }, outputs: { out: [] } },
  ],
  invalid: [
    {
      name: 'a rule for no column',
      config: { schema, rules: [{ column: 'x', rule: 'random' }] },
      problems: [['MR2204', 'rules[0].column']],
    },
    { name: 'words for a number', config: { schema, rules: [{ column: 'id', rule: 'word' }] }, problems: [['MR2205', 'rules[0].rule']] },
    {
      name: 'two rules for one column',
      config: {
        schema,
        rules: [
          { column: 'id', rule: 'random' },
          { column: 'id', rule: 'sequence' },
        ],
      },
      problems: [['MR2206', 'rules[1].column']],
    },
    {
      name: 'a list without values',
      config: { schema, rules: [{ column: 'kind', rule: 'values' }] },
      problems: [['MR2207', 'rules[0].values']],
    },
    {
      name: 'bounds the wrong way round',
      config: { schema, rules: [{ column: 'id', rule: 'random', minimum: 5, maximum: 1 }] },
      problems: [['MR2208', 'rules[0].minimum']],
    },
    { name: 'time that is text', config: { schema, rules: [], timeColumn: 'kind' }, problems: [['MR2209', 'timeColumn']] },
    {
      name: 'a type that is not made',
      config: { schema: [{ name: 'r', type: 'ROW<a INT>' }], rules: [], timeColumn: null },
      problems: [['MR2210', 'schema[0].type']],
    },
    { name: 'a start that is no time', config: { schema, rules: [], startTime: 'now' }, problems: [['MR2105', 'startTime']] },
  ],
});

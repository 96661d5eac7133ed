/** Cases of the lookup node: its answers are tested beside its operator, against a real server. */
import { defineCases } from '../../../spec/node-cases.ts';

const columns = { id: 'INT', name: 'STRING' };
const none = { in: { columns, rows: [] } };
const results = [{ name: 'city', path: '$.city' }];
const url = 'http://127.0.0.1:9/users/{id}';

export const cases = defineCases({
  rows: [{ name: 'nothing in, nothing asked', shows: ['empty'], config: { url, results }, inputs: none, outputs: { out: [] } }],
  cannotShow: {
    ordinary: 'answers need a server: see operator.test.ts',
    nulls: 'answers need a server: see operator.test.ts',
  },
  invalid: [
    {
      name: 'no address, no columns',
      config: {},
      inputs: none,
      problems: [
        ['MR2101', 'url'],
        ['MR2111', 'results'],
      ],
    },
    {
      name: 'a host that comes out of the row',
      config: { url: 'http://{my name}/x', results },
      inputs: none,
      problems: [['MR2232', 'url']],
    },
    {
      name: 'an address with a password',
      config: { url: 'https://me:secret@example.com/', results },
      inputs: none,
      problems: [['MR2232', 'url']],
    },
    {
      name: 'a column that is not there, and one that is a list',
      config: { url: 'http://localhost/{nobody}/{tags}', results },
      inputs: { in: { columns: { ...columns, tags: 'ARRAY<STRING>' }, rows: [] } },
      problems: [
        ['MR2233', 'url'],
        ['MR2233', 'url'],
        ['MR2236', ''],
      ],
    },
    {
      name: 'headers that no request may have',
      config: {
        url,
        results,
        headers: [
          { name: 'X Key', value: 'a' },
          { name: 'Transfer-Encoding', value: 'chunked' },
          { name: 'X-Ask', value: 'one' },
          { name: 'x-ask', value: 'two' },
          { name: 'X-Two', value: 'one\r\nX-Three: two' },
        ],
      },
      inputs: none,
      problems: [
        ['MR2237', 'headers[0].name'],
        ['MR2238', 'headers[1].name'],
        ['MR2239', 'headers[3].name'],
        ['MR2240', 'headers[4].value'],
      ],
    },
    {
      name: 'what looks like a variable and is none',
      config: { url, results, headers: [{ name: 'X-Key', value: `a \${TOKEN}` }] },
      inputs: none,
      problems: [['MR2128', 'headers[0].value']],
    },
    {
      name: 'a path to several values, a name that is taken',
      config: { url, results: [{ name: 'name', path: '$..x' }] },
      inputs: none,
      problems: [
        ['MR2234', 'results[0].path'],
        ['MR2235', 'results[0].name'],
      ],
    },
  ],
});

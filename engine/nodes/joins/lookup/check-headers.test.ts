/** What is warned of: secrets that stand in the file, or that others may read on their way. Errors are cases of the node. */
import { expect, test } from 'vitest';
import { readConfig } from '../../../spec/read-config.ts';
import { VARIABLE_FORM } from '../../../spec/variables.ts';
import { checkHeaders } from './check-headers.ts';
import { lookup } from './node.ts';

const MINE = { name: 'X-Mine', value: VARIABLE_FORM };
const OPEN = { name: 'Authorization', value: 'Bearer abc' };
const SAFE = { name: 'Authorization', value: `Bearer ${VARIABLE_FORM}` };
const PLAIN = { name: 'Accept-Language', value: 'de' };

test.each([
  ['https://example.com/', [SAFE, MINE, PLAIN], []],
  ['https://example.com/', [OPEN], ['MR2249 headers[0].value']],
  ['http://127.0.0.1:80/', [SAFE, MINE], []],
  ['http://[::1]/', [SAFE], []],
  ['http://127.0.0.1.example.com/', [PLAIN, MINE], ['MR2250 url']],
  ['http://example.com/', [OPEN], ['MR2249 headers[0].value', 'MR2250 url']],
])('%s %j', (url, headers, expected) => {
  const { config } = readConfig(lookup.fields, { url, headers, results: [{ name: 'a', path: '$.a' }] });
  const problems = checkHeaders(config);
  expect(problems.map(({ code, field }) => `${code} ${field}`)).toEqual(expected);
  expect(JSON.stringify(problems)).not.toContain('abc');
});

/** JSON_VALUE: paths, modes, numbers as written, and hostile text. */
import { expect, test } from 'vitest';
import { valueOf } from '../../../test/support/evaluate-expression.ts';
import { JsonTextError, readJson } from './support/json/read-json.ts';

const DOCUMENT = '{"a":1,"b":{"c":[1,2,{"d":null}]},"s":"x\\u00e9","t":true,"f":1.50,"d":1e3,"x y":5,"l":12345678901234567890}';

test.each([
  ["'$.a'", '1'],
  ["'$.b.c[1]'", '2'],
  ["'$.b.c[-2]'", '2'],
  ["'$[''x y'']'", '5'],
  ["'$.s'", 'xé'],
  ["'$.f'", '1.50'],
  ["'$.d'", '1E+3'],
  ["'$.l'", '12345678901234567890'],
  ["'$.b.c.length()'", '3'],
  ["'$.b'", null],
  ["'$..c'", null],
  ["'$.missing' DEFAULT 'e' ON ERROR", 'e'],
  ["'lax $.missing' DEFAULT 'd' ON EMPTY", 'd'],
  ["'$.missing' ERROR ON ERROR", '!failed'],
  ["'lax $.missing' ERROR ON ERROR", null],
  ["'$.a' RETURNING INTEGER", 1],
  ["'$.t' RETURNING BOOLEAN", true],
  ["'$.t' RETURNING INTEGER", '!failed'],
  ["'$.a' RETURNING DATE", '!refused'],
  ["'$.a' RETURNING CHAR(3)", '!refused'],
])('%s', (rest, expected) => {
  expect(valueOf(`JSON_VALUE('${DOCUMENT}', ${rest})`)).toBe(expected);
});

test.each([
  ['{"a":1} trailing', '1'],
  ['{"a":01}', null],
  ['{"a":1', null],
  ['', null],
  ['{"__proto__":2,"a":3}', '3'],
])('%j', (text, expected) => {
  expect(valueOf(`JSON_VALUE('${text}', '$.a')`)).toBe(expected);
});

test('nesting is limited instead of overflowing the stack', () => {
  expect(() => readJson('['.repeat(100_000))).toThrow(JsonTextError);
});

/** The lexer loses no character and tells calls from columns. */
import { expect, test } from 'vitest';
import { tokenize } from './highlight.ts';

test.each(['SUM(amount) / 10', "a = 'it''s' AND `odd name` > 1.5e3", "'open", '', '价格 > 10 -- 说明', '{"a": "b\\"c"}'])(
  '%s comes back whole',
  (text) => {
    expect(
      tokenize(text)
        .map((token) => token.text)
        .join(''),
    ).toBe(text);
  },
);

test('kinds', () => {
  expect(
    tokenize("CASE WHEN UPPER(x) = 'A' THEN 1 END")
      .filter((token) => token.kind !== 'plain')
      .map((token) => [token.kind, token.text]),
  ).toEqual([
    ['keyword', 'CASE'],
    ['keyword', 'WHEN'],
    ['function', 'UPPER'],
    ['string', "'A'"],
    ['keyword', 'THEN'],
    ['number', '1'],
    ['keyword', 'END'],
  ]);
});

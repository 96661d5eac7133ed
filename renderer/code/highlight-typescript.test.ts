/** Colours of TypeScript: nothing of the text is lost, and what goes on over lines keeps its colour. */
import { expect, test } from 'vitest';
import { tokenizeTypeScript } from './highlight-typescript.ts';

function coloured(text: string): readonly string[] {
  const tokens = tokenizeTypeScript(text);
  expect(tokens.map((token) => token.text).join('')).toBe(text);
  for (const token of tokens) expect(text.startsWith(token.text, token.start)).toBe(true);
  return tokens.flatMap(({ kind, text: part }) => (kind === 'plain' ? [] : [`${kind} ${part}`]));
}

test.each([
  ['const a = 1n; // one', ['keyword const', 'number 1n', 'comment // one']],
  ["out.emit({ name: 'it\\'s' });", ['function emit', "string 'it\\'s'"]],
  ['/* a\nb */ if (x) y()', ['comment /*', 'comment  a', 'comment b */', 'keyword if', 'function y']],
  ['`a\nb\\`` + 1', ['string `', 'string a', 'string b\\``', 'number 1']],
  ['/**/ 1', ['comment /*', 'comment */', 'number 1']],
  ['"open\nlet x', ['string "open', 'keyword let']],
  ['', []],
  ['a\n\nb', []],
])('%j', (text, expected) => expect(coloured(text)).toEqual(expected));

/** The call around the caret and the argument it stands at. */
import { expect, test } from 'vitest';
import { signatureAt } from './signature.ts';

test.each([
  ['UPPER(', 'UPPER(string)', 0],
  ["REPLACE(name, ',(', ", 'REPLACE', 2],
  ['ROUND(UPPER(x), ', 'ROUND', 1],
  ['(ROUND(a + (b', 'ROUND', 0],
])('%s', (text, signature, argument) => {
  const help = signatureAt(text, text.length, 'en');
  expect(help?.argument).toBe(argument);
  expect(help?.signatures[0].label.startsWith(signature.split('(')[0])).toBe(true);
});

test.each(['', 'amount > (', 'UPPER(x) ', 'NO_SUCH(', "'UPPER("])('none in %s', (text) => {
  expect(signatureAt(text, text.length, 'en')).toBeNull();
});

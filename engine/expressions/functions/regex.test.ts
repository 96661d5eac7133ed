/** The pattern engine: Java's dialect in samples, and that no pattern can hold a job up. */
import { expect, test } from 'vitest';
import { EvaluationError } from '../evaluation-error.ts';
import { replaceMatches } from './regex.ts';
import { compilePattern, groupText } from './support/java-regex/java-pattern.ts';

function first(pattern: string, text: string, group = 0): string | null | undefined {
  const compiled = compilePattern(pattern);
  if (compiled === undefined) return undefined;
  const match = compiled.find(text, 0);
  return match === undefined ? null : groupText(text, match, group);
}

test.each([
  ['(?<=a)b', 'aab', 'b'],
  ['a*+b', 'aaab', 'aaab'],
  ['[[:alpha:]]+', 'aab', 'aa'],
  ['\\Qa.b\\E', 'xa.b', 'a.b'],
  ['(a)\\1', 'baa', 'aa'],
  ['[a-c&&[^b]]+', 'bacb', 'ac'],
  ['\\x{1F600}', 'é😀', '😀'],
  ['(?iu)É', 'é', 'é'],
  ['a.c', 'a\u0085c', null],
  ['c$', 'abc\n', 'c'],
  ['(?m)^b', 'a\r\nb', 'b'],
  ['\\bé\\b', 'a é b', 'é'],
  ['(?>a+)ab', 'aaab', null],
  ['(a|ab)(c|bcd)(d*)', 'abcd', 'abcd'],
  ['x??y', 'xy', 'xy'],
  ['(?x) a b # comment', 'ab', 'ab'],
  ['a**', 'a', undefined],
  ['[', 'a', undefined],
  ['(?<=(a|b+c)*)d', 'd', undefined],
])('%s on %j', (pattern, text, expected) => {
  expect(first(pattern, text)).toBe(expected);
});

test('an empty match goes on one UTF-16 unit further', () => {
  const pattern = compilePattern('');
  expect(pattern === undefined ? undefined : replaceMatches(pattern, '😀a', '-')).toBe('-?-?-a-');
});

test.each([
  ['^(a+)+$', `${'a'.repeat(28)}!`],
  ['(a|aa)+$', `${'a'.repeat(5000)}b`],
  ['(x+x+)+y', 'x'.repeat(3000)],
  ['.*.*.*.*=', 'a'.repeat(3000)],
  ['(?=(a+)+$)b', 'a'.repeat(200)],
])('%s ends quickly without a match', (pattern, text) => {
  const start = Date.now();
  expect(first(pattern, text)).toBeNull();
  expect(Date.now() - start).toBeLessThan(1000);
});

test('a pattern with back-references that explodes is refused at run time instead of hanging', () => {
  expect(() => first('(a*)*\\1b', 'a'.repeat(60))).toThrow(EvaluationError);
});

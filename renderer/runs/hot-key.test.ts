/** A key is hot when it has a good part of the rows looked at; a few rows, or many keys alike, name none. */
import { expect, test } from 'vitest';
import { hotKeyOf } from './hot-key.ts';

const rows = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).flatMap(([key, count]) => Array.from({ length: count }, () => key.split(' ')));

test.each([
  ['one key with most rows', { c7: 70, c1: 10, c2: 10, c3: 10 }, { values: ['c7'], share: 0.7 }],
  ['keys of two columns', { 'DE web': 30, 'DE shop': 10, 'FR web': 10 }, { values: ['DE', 'web'], share: 0.6 }],
  ['many keys alike', Object.fromEntries(Array.from({ length: 10 }, (_key, index) => [`c${index}`, 10])), null],
  ['too few rows', { c7: 15 }, null],
  ['no rows', {}, null],
])('%s', (_name, counts, expected) => {
  expect(hotKeyOf(rows(counts))).toEqual(expected);
});

/** Figures keep three significant digits and never surprise at a boundary; both catalogues use the same placeholders. */
import { expect, test } from 'vitest';
import { en } from './en.ts';
import { formatBytes, formatCount, formatElapsed, formatSpan, formatWatermark } from './figures.ts';
import { zh } from './zh.ts';

test.each([
  [0, '0'],
  [0.24, '0.2'],
  [6.4, '6.4'],
  [690, '690'],
  [999.4, '999'],
  [9999, '10k'],
  [12_400, '12.4k'],
  [999_960, '1M'],
  [3_100_000, '3.1M'],
])('%d rows are %s', (value, text) => {
  expect(formatCount(value)).toBe(text);
});

test('sizes, spans and clocks', () => {
  expect([formatBytes(12), formatBytes(41_000_000), formatSpan(400), formatSpan(40), formatSpan(61_000), formatElapsed(872_000)]).toEqual([
    '12 B',
    '41 MB',
    '0.4 s',
    '40 ms',
    '1 min',
    '00:14:32',
  ]);
});

test('a watermark of today is a distance, one of another day a time', () => {
  const now = Date.UTC(2026, 10, 22, 14, 32, 15);
  expect([formatWatermark(now - 8200, now), formatWatermark(Date.UTC(2013, 0, 5, 14), now)]).toEqual(['−8.2 s', '01-05 14:00:00']);
});

function leaves(tree: object, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : leaves(value as object, `${path}${key}.`),
  );
}

test('both languages have the same placeholders and no empty sentence', () => {
  const placeholders = (sentence: string) => [...sentence.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
  const chinese = new Map(leaves(zh));
  for (const [key, sentence] of leaves(en)) {
    expect(chinese.get(key), key).toBeTruthy();
    expect(placeholders(chinese.get(key) ?? ''), key).toEqual(placeholders(sentence));
  }
});

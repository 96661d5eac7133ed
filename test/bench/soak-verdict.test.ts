/** The trend of a figure: noise and saw teeth stand still, a leak shows within five minutes. */
import { expect, test } from 'vitest';
import type { Sample } from './soak-verdict.ts';
import { trendOf } from './soak-verdict.ts';

const LIMIT = 0.1;
const EVERY_MS = 5000;

/** Five minutes around 40 MB, with noise of the same numbers every time. */
function samples(valueAt: (index: number) => number, count = 60): readonly Sample[] {
  let state = 7;
  return Array.from({ length: count }, (_sample, index) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    const noise = ((state >>> 8) % 1000) / 1000 - 0.5;
    return { atMs: index * EVERY_MS, value: valueAt(index) + 200_000 * noise, kind: index % 4 };
  });
}

test('what only trembles stands still, and so does a saw', () => {
  expect(
    trendOf(
      samples(() => 40e6),
      LIMIT,
    ).grows,
  ).toBe(false);
  expect(
    trendOf(
      samples((index) => 40e6 + (index % 15) * 30_000),
      LIMIT,
    ).grows,
  ).toBe(false);
});

test('what differs with what was done before stands still', () => {
  expect(
    trendOf(
      samples((index) => 40e6 + (index % 4) * 3e6),
      LIMIT,
    ).grows,
  ).toBe(false);
});

test('one step, as of code that is loaded late, is no growth', () => {
  expect(
    trendOf(
      samples((index) => (index < 10 ? 40e6 : 40.4e6)),
      LIMIT,
    ).grows,
  ).toBe(false);
});

test('a leak of three kilobytes a second is seen', () => {
  const trend = trendOf(
    samples((index) => 40e6 + index * 15_000),
    LIMIT,
  );
  expect(trend.grows).toBe(true);
  expect(trend.growthPerHour).toBeCloseTo(0.27, 1);
});

test('what is there only later grows, and too few samples tell nothing', () => {
  const counted = Array.from({ length: 20 }, (_sample, index) => ({ atMs: index * EVERY_MS, value: Math.max(0, index - 10), kind: 0 }));
  expect(trendOf(counted, LIMIT).grows).toBe(true);
  expect(() => trendOf(counted.slice(0, 3), LIMIT)).toThrow('3 samples');
});

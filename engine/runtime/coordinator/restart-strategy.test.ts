/** Restart strategies as tables of failures and waits. */
import { expect, test } from 'vitest';
import { createRestartStrategy, EXPONENTIAL_DELAY_DEFAULT, type RestartStrategySettings } from './restart-strategy.ts';

/** In the middle of the jitter. */
const random = { nextUint32: () => 0, nextInt: () => 1000 };
const waits = (settings: RestartStrategySettings, times: readonly number[]) => {
  const strategy = createRestartStrategy(settings, random);
  return times.map((time) => strategy.onFailure(time));
};

test.each([
  ['none', { kind: 'none' }, [0], [null]],
  ['fixed delay', { kind: 'fixed-delay', attempts: 2, delayMs: 7 }, [0, 1, 2], [7, 7, null]],
  ['failure rate', { kind: 'failure-rate', failures: 2, intervalMs: 100, delayMs: 5 }, [0, 50, 120, 130, 140], [5, 5, 5, null, null]],
  ['exponential', EXPONENTIAL_DELAY_DEFAULT, [0, 1, 2, 3], [1000, 1500, 2250, 3375]],
  ['exponential, calm for an hour', EXPONENTIAL_DELAY_DEFAULT, [0, 1, 4_000_000], [1000, 1500, 1000]],
] as const)('%s', (_name, settings, times, expected) => {
  expect(waits(settings, times)).toEqual(expected);
});

test('exponential delay stays below its maximum', () => {
  expect(
    Math.max(
      ...waits(
        EXPONENTIAL_DELAY_DEFAULT,
        Array.from({ length: 30 }, (_, time) => time),
      ).map(Number),
    ),
  ).toBe(60_000);
});

test('a completed checkpoint gives fixed delay its attempts back', () => {
  const strategy = createRestartStrategy({ kind: 'fixed-delay', attempts: 1, delayMs: 1 }, random);
  expect([strategy.onFailure(0), strategy.onFailure(1)]).toEqual([1, null]);
  strategy.onProgress();
  expect(strategy.onFailure(2)).toBe(1);
});

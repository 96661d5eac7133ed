/** How many rows a pace lets through: at its own rate, at another speed, after a pause. */
import { expect, test } from 'vitest';
import { NORMAL_SPEED } from '../../operators/operator.ts';
import { Pace } from './pace.ts';

/** Takes all that is allowed, every `stepMs` up to `untilMs`. */
function rowsUntil(pace: Pace, fromMs: number, untilMs: number, stepMs = 10): number {
  let rows = 0;
  for (let nowMs = fromMs; nowMs <= untilMs; nowMs += stepMs) {
    const allowed = pace.allowed(nowMs);
    pace.passed(allowed, nowMs);
    rows += allowed;
  }
  return rows;
}

test('without a pace everything passes, at any speed', () => {
  const replay = { factor: 0.5 };
  expect(new Pace(null, replay).allowed(0)).toBe(Number.MAX_SAFE_INTEGER);
  expect(new Pace(null, replay).limited).toBe(false);
});

test('a pace is kept, and the first row need not wait', () => {
  expect(rowsUntil(new Pace(100, NORMAL_SPEED), 0, 10_000)).toBe(1001);
});

test('another speed counts from when it is set', () => {
  const replay = { factor: 1 };
  const pace = new Pace(100, replay);
  expect(rowsUntil(pace, 0, 1000)).toBe(101);
  replay.factor = 10;
  expect(rowsUntil(pace, 1000, 2000)).toBe(1001);
  replay.factor = 0.5;
  expect(rowsUntil(pace, 2000, 4000)).toBe(101);
  replay.factor = Number.POSITIVE_INFINITY;
  expect(pace.limited).toBe(false);
  expect(pace.allowed(4000)).toBe(Number.MAX_SAFE_INTEGER);
  replay.factor = 1;
  expect(rowsUntil(pace, 5000, 6000)).toBe(101);
});

test('a pause of a minute is made up for by one second of rows at most', () => {
  const pace = new Pace(100, NORMAL_SPEED);
  rowsUntil(pace, 0, 1000);
  pace.allowed(61_000);
  pace.passed(1, 61_000);
  expect(pace.allowed(61_000)).toBeLessThanOrEqual(101);
});

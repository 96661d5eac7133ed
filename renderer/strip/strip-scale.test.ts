/** The strip grows with a young run and slides with an old one; marks that crowd give way, but never those that matter. */
import { expect, test } from 'vitest';
import type { CheckpointInfo } from '../../engine/host/contract.ts';
import { isSlow, placeMarks, ratePath, stripBuckets, stripSpan, stripX, timeAt } from './strip-scale.ts';

const MINUTE = 60_000;

function checkpoint(
  id: number,
  startedAtMs: number,
  durationMs: number | null,
  kind: CheckpointInfo['kind'] = 'checkpoint',
): CheckpointInfo {
  return {
    id,
    kind,
    status: durationMs === null ? 'in-progress' : 'complete',
    startedAtMs,
    durationMs,
    bytes: 10,
    path: `/c/${id}`,
    failure: null,
  };
}

test.each([
  ['a young run has a minute before it', 1000, 5000, 5 * MINUTE, { fromMs: 1000, toMs: 61_000 }],
  ['then it is shown whole', 0, 2 * MINUTE, 5 * MINUTE, { fromMs: 0, toMs: 2 * MINUTE }],
  ['an old one slides', 0, 20 * MINUTE, 5 * MINUTE, { fromMs: 15 * MINUTE, toMs: 20 * MINUTE }],
])('%s', (_name, started, now, range, expected) => {
  expect(stripSpan(started, now, range)).toEqual(expected);
});

test('a place is a time and back', () => {
  const span = stripSpan(0, 20 * MINUTE, 5 * MINUTE);
  expect(stripX(span, 1000, 17.5 * MINUTE)).toBe(500);
  expect(timeAt(span, 1000, 500)).toBe(17.5 * MINUTE);
});

test('marks that crowd leave room to the newest, a savepoint keeps its own', () => {
  const span = { fromMs: 0, toMs: 100_000 };
  const all = [
    checkpoint(1, 10_000, 100),
    checkpoint(2, 10_600, 100, 'savepoint'),
    checkpoint(3, 20_000, 100),
    checkpoint(4, 20_400, 100),
    checkpoint(5, 60_000, null),
  ];
  const marks = placeMarks(all, span, 1000, 61_000);
  expect(marks.map(({ checkpoint: { id }, x, others, labelled }) => [id, x, others, labelled])).toEqual([
    [2, 107, 1, true],
    [4, 205, 1, true],
    [5, 610, 0, true],
  ]);
});

test('slow is what takes three times the usual and a second at least', () => {
  const usual = [checkpoint(1, 0, 400), checkpoint(2, 1000, 500), checkpoint(3, 2000, 450)];
  const slow = checkpoint(4, 3000, 3800);
  expect([...usual, slow].map((each) => isSlow(each, [...usual, slow]))).toEqual([false, false, false, true]);
  expect(isSlow(slow, [slow])).toBe(false);
});

test('steps of time average the rate, keep the worst pressure and leave gaps empty', () => {
  const samples = [
    { atMs: 0, rateIn: 10, pressed: 0 },
    { atMs: 5, rateIn: 20, pressed: 0.5 },
    { atMs: 35, rateIn: 8, pressed: 0 },
  ];
  const buckets = stripBuckets(samples, { fromMs: 0, toMs: 40 }, 4);
  expect(buckets.map(({ rateIn, pressed }) => [rateIn, pressed])).toEqual([
    [15, 0.5],
    [null, 0],
    [null, 0],
    [8, 0],
  ]);
  expect(ratePath(buckets, 40, 10, 20)).toEqual({ line: 'M5.0 2.5L35.0 6.0', area: 'M5.0 2.5L35.0 6.0L35.0 10L5.0 10Z' });
});

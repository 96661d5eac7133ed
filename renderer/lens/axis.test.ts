/** The axis spans what is shown, its ticks are round, and what is missing is never shown as less. */
import { expect, test } from 'vitest';
import { axisSpan, axisTicks, formatBounds, formatLag, roundedUp } from './axis.ts';
import { placeWords } from './chart-layout.ts';

const NOON = Date.UTC(2026, 0, 1, 12);
const MINUTE = 60_000;
const minute = (count: number) => NOON + count * MINUTE;

test('from one step before the first end to past the last, with senders that are near', () => {
  const ends = [minute(0), minute(1), minute(2)];
  const content = { watermark: minute(0.7), ends, lengthMs: 10 * MINUTE, latenessMs: 30_000, senders: [minute(1.9)] };
  expect(axisSpan(content)).toEqual({ from: minute(-1), to: minute(2.5) + 36_000 });
  // A sender far ahead does not squeeze everything else; the watermark is always on the axis.
  expect(axisSpan({ ...content, senders: [minute(600)] }).to).toBe(minute(2.5) + 36_000);
  expect(axisSpan({ ...content, watermark: minute(-60) }).from).toBe(minute(-61));
});

test('round ticks as short as they can be', () => {
  expect(axisTicks({ from: minute(-0.5), to: minute(3.5) }, 500).map(({ label }) => label)).toEqual(['12:00', '12:01', '12:02', '12:03']);
  expect(axisTicks({ from: NOON, to: NOON + 2000 }, 300).map(({ label }) => label)).toEqual(['12:00:00', '12:00:01', '12:00:02']);
  expect(axisTicks({ from: minute(-1), to: minute(1440) }, 300).map(({ label }) => label)).toEqual(['12:00', '01-02', '12:00']);
});

test('bounds and lengths as people write them', () => {
  expect(formatBounds(minute(0), minute(10))).toBe('12:00–12:10');
  expect(formatBounds(NOON, NOON + 10_000)).toBe('12:00:00–12:00:10');
  expect(formatBounds(NOON, NOON + 1500)).toBe('12:00:00.000–12:00:01.500');
  expect(formatBounds(NOON - 12 * 60 * MINUTE, NOON + 12 * 60 * MINUTE)).toBe('2026-01-01');
  expect([240, 43_000, 661_000, 11_100_000, 183_600_000].map(formatLag)).toEqual(['240 ms', '43 s', '11 m 01 s', '3 h 05 m', '2 d 03 h']);
  expect([1, 999, 18_999, 61_001, 3_600_001].map(roundedUp)).toEqual([1, 999, 19_000, 62_000, 3_660_000]);
});

test('words stand inside their bar, left of the line if there is room, else behind', () => {
  expect(placeWords(100, 400, 300, 420, 120)).toEqual({ x: 288, anchor: 'end' });
  expect(placeWords(100, 400, 150, 420, 120)).toEqual({ x: 388, anchor: 'end' });
  expect(placeWords(100, 140, null, 160, 120)).toEqual({ x: 170, anchor: 'start' });
});

/** Time zones: offsets, gaps and overlaps as java.time resolves them. */
import { expect, it } from 'vitest';
import { findZone } from './zone.ts';

it.each([
  ['Asia/Shanghai', Date.UTC(2024, 1, 29), 8],
  ['Asia/Kolkata', Date.UTC(2024, 1, 29), 5.5],
  ['America/Los_Angeles', Date.UTC(2021, 2, 14, 9, 59, 59), -8],
  ['America/Los_Angeles', Date.UTC(2021, 2, 14, 10), -7],
  ['UTC', 0, 0],
  ['+08:00', 0, 8],
  ['GMT-3', 0, -3],
])('%s at %d is UTC%d', (id, instant, hours) => {
  expect(findZone(id)?.offsetAt(instant)).toBe(hours * 3_600_000);
});

it('moves times of a gap forward and takes the earlier offset of an overlap', () => {
  const zone = findZone('America/Los_Angeles');
  expect(zone?.instantOf(Date.UTC(2021, 2, 14, 2, 30))).toBe(Date.UTC(2021, 2, 14, 10, 30));
  expect(zone?.instantOf(Date.UTC(2021, 10, 7, 1, 30))).toBe(Date.UTC(2021, 10, 7, 8, 30));
  expect(zone?.instantOf(Date.UTC(2021, 6, 1, 12))).toBe(Date.UTC(2021, 6, 1, 19));
});

it('knows no zone that does not exist', () => {
  expect(findZone('Mars/Olympus')).toBeNull();
});

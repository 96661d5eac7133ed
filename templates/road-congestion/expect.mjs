/**
 * The rows this pipeline must give, worked out without the engine.
 *
 *   node expect.mjs jams|levels
 */
import { assertNothingLate, MINUTE_MS, printExpected, readJsonRows, SECOND_MS, timeOf, windowed } from '../expected-rows.mjs';
import { sqlTime } from '../seeded-random.mjs';

const SIZE_MS = 5 * MINUTE_MS;
const SLIDE_MS = MINUTE_MS;
const WATERMARK_DELAY_MS = 20 * SECOND_MS;

export function expectedRows() {
  const readings = readJsonRows(import.meta.url, 'readings.ndjson').filter((row) => row.vehicles > 0);
  const time = (row) => timeOf(row.event_time);
  assertNothingLate(readings, time, WATERMARK_DELAY_MS);
  const limits = new Map(readJsonRows(import.meta.url, 'limits.ndjson').map((row) => [row.road, row]));
  const keyOf = (row) => `${row.road} ${row.km}`;
  const levels = windowed(readings, { timeOf: time, keyOf, sizeMs: SIZE_MS, slideMs: SLIDE_MS }).map(({ start, rows }) => {
    const vehicles = rows.reduce((sum, row) => sum + row.vehicles, 0);
    // Weighted by vehicles: the mean over cars, not over readings.
    const mean_speed = rows.reduce((sum, row) => sum + row.speed * row.vehicles, 0) / vehicles;
    const { jam_below, slow_below } = limits.get(rows[0].road);
    return {
      road: rows[0].road,
      km: rows[0].km,
      window_start: sqlTime(start),
      window_end: sqlTime(start + SIZE_MS),
      vehicles,
      mean_speed,
      slowest: Math.min(...rows.map((row) => row.speed)),
      jam_below,
      slow_below,
      level: mean_speed < jam_below ? 'jam' : mean_speed < slow_below ? 'slow' : 'free',
    };
  });
  return { jams: levels.filter((row) => row.level === 'jam'), levels };
}

printExpected(import.meta.url, expectedRows);

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
  const keyOf = (row) => `${row.road} ${row.km}`;
  const levels = windowed(readings, { timeOf: time, keyOf, sizeMs: SIZE_MS, slideMs: SLIDE_MS }).map(({ start, rows }) => {
    const vehicles = rows.reduce((sum, row) => sum + row.vehicles, 0);
    // Weighted by vehicles: the mean over cars, not over readings.
    const mean_speed = rows.reduce((sum, row) => sum + row.speed * row.vehicles, 0) / vehicles;
    return {
      road: rows[0].road,
      km: rows[0].km,
      window_start: sqlTime(start),
      window_end: sqlTime(start + SIZE_MS),
      vehicles,
      mean_speed,
      slowest: Math.min(...rows.map((row) => row.speed)),
      level: mean_speed < 30 ? 'jam' : mean_speed < 60 ? 'slow' : 'free',
    };
  });
  return { jams: levels.filter((row) => row.level === 'jam'), levels };
}

printExpected(import.meta.url, expectedRows);

/**
 * The rows this pipeline must give, worked out without the engine.
 *
 *   node expect.mjs swings|gaps|days
 */
import { assertNothingLate, DAY_MS, HOUR_MS, printExpected, readCsvRows, windowed } from '../expected-rows.mjs';
import { sqlTime } from '../seeded-random.mjs';

const SHORT_MS = 6 * HOUR_MS;
const SLIDE_MS = HOUR_MS;

export function expectedRows() {
  const readings = readCsvRows(import.meta.url, 'sea.csv').map((row) => ({
    timeMs: Date.parse(row.measured_at),
    // Thousandths of a degree, so that sums are exact.
    milli: Math.round(Number(row.celsius) * 1000),
  }));
  const timeOf = (reading) => reading.timeMs;
  assertNothingLate(readings, timeOf, HOUR_MS);
  const short = windowed(readings, { timeOf, keyOf: () => '', sizeMs: SHORT_MS, slideMs: SLIDE_MS }).map(({ start, rows }) => {
    const values = rows.map((reading) => reading.milli);
    return {
      window_start: sqlTime(start),
      window_end: sqlTime(start + SHORT_MS),
      readings: rows.length,
      lowest: Math.min(...values) / 1000,
      highest: Math.max(...values) / 1000,
      swing: (Math.max(...values) - Math.min(...values)) / 1000,
    };
  });
  const days = windowed(readings, { timeOf, keyOf: () => '', sizeMs: DAY_MS, slideMs: DAY_MS }).map(({ start, rows }) => ({
    window_start: sqlTime(start),
    window_end: sqlTime(start + DAY_MS),
    readings: rows.length,
    mean: meanOf(rows.map((reading) => reading.milli)),
    lowest: Math.min(...rows.map((reading) => reading.milli)) / 1000,
    highest: Math.max(...rows.map((reading) => reading.milli)) / 1000,
  }));
  return {
    swings: short.filter((row) => row.readings >= 8 && row.swing >= 2),
    gaps: short.filter((row) => row.readings < 8),
    days,
  };
}

/** Six decimals, half away from zero, as Flink's average of a DECIMAL(6, 3) has them. */
function meanOf(milli) {
  const sum = BigInt(milli.reduce((total, value) => total + value, 0)) * 1000n;
  const count = BigInt(milli.length);
  const doubled = (sum < 0n ? -sum : sum) * 2n + count;
  const micro = doubled / (2n * count);
  return Number(sum < 0n ? -micro : micro) / 1_000_000;
}

printExpected(import.meta.url, expectedRows);

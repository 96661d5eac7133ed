/**
 * The rows this pipeline must give, worked out without the engine.
 *
 *   node expect.mjs alerts|minutes
 */
import { assertNothingLate, MINUTE_MS, printExpected, readJsonRows, SECOND_MS, timeOf, windowed } from '../expected-rows.mjs';
import { sqlTime } from '../seeded-random.mjs';

const SIZE_MS = 5 * MINUTE_MS;
const SLIDE_MS = MINUTE_MS;
const WATERMARK_DELAY_MS = 5 * SECOND_MS;

export function expectedRows() {
  const reports = readJsonRows(import.meta.url, 'metrics.ndjson');
  const time = (report) => timeOf(report.event_time);
  assertNothingLate(reports, time, WATERMARK_DELAY_MS);
  const minutes = windowed(reports, { timeOf: time, keyOf: (report) => report.host, sizeMs: SIZE_MS, slideMs: SLIDE_MS }).map(
    ({ start, rows }) => {
      const cpu = rows.reduce((sum, report) => sum + report.cpu, 0) / rows.length;
      const errors = rows.reduce((sum, report) => sum + report.errors, 0);
      return {
        host: rows[0].host,
        window_end: sqlTime(start + SIZE_MS),
        reports: rows.length,
        cpu,
        errors,
        slowest_ms: Math.max(...rows.map((report) => report.slowest_ms)),
        alert: cpu >= 85 ? 'overloaded' : errors >= 20 ? 'errors' : rows.length < 20 ? 'silent' : null,
      };
    },
  );
  return { alerts: minutes.filter((row) => row.alert !== null), minutes };
}

printExpected(import.meta.url, expectedRows);

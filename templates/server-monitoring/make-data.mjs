/**
 * Makes data/metrics.ndjson: twelve made-up hosts that report every ten seconds for 70 minutes, by a seeded generator.
 * Three things happen: web-07 is overloaded for a quarter of an hour, db-02 answers with errors, cache-03 falls silent.
 *
 *   node make-data.mjs > data/metrics.ndjson
 */
import { printLines, seededRandom, sqlTime } from '../seeded-random.mjs';

const START_MS = Date.UTC(2026, 2, 2, 13);
const EVERY_MS = 10_000;
const REPORTS = 420;
const HOSTS = ['web-01', 'web-02', 'web-03', 'web-04', 'web-05', 'web-06', 'web-07', 'db-01', 'db-02', 'cache-01', 'cache-02', 'cache-03'];
const MINUTE_MS = 60_000;

const random = seededRandom(1312);
const rows = [];
for (let report = 0; report < REPORTS; report++) {
  for (const [index, host] of HOSTS.entries()) {
    const timeMs = START_MS + report * EVERY_MS + index * 700 + random.integer(0, 300);
    const minute = (timeMs - START_MS) / MINUTE_MS;
    const overloaded = host === 'web-07' && minute >= 20 && minute < 36;
    const failing = host === 'db-02' && minute >= 41 && minute < 49;
    const silent = host === 'cache-03' && minute >= 28 && minute < 45;
    if (silent || random.chance(0.01)) continue;
    const cpu = Math.min(
      100,
      Math.max(1, Math.round(random.normal(overloaded ? 95 : host.startsWith('db') ? 48 : 35, overloaded ? 3 : 7))),
    );
    rows.push({
      timeMs,
      // The network holds a report back for up to four seconds.
      arrivalMs: timeMs + random.integer(0, 4000),
      host,
      cpu,
      memory_mb: Math.round(random.normal(5200, 260)),
      requests: Math.max(0, Math.round(random.normal(overloaded ? 900 : 240, 40))),
      errors: failing ? random.integer(2, 9) : random.chance(0.03) ? 1 : 0,
      slowest_ms: Math.round((overloaded || failing ? 900 : 80) + random.exponential(overloaded ? 700 : 60)),
    });
  }
}
rows.sort((left, right) => left.arrivalMs - right.arrivalMs);
printLines(rows.map(({ timeMs, arrivalMs, ...rest }) => ({ event_time: sqlTime(timeMs), ...rest })));

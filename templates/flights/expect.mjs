/**
 * The rows this pipeline must give, worked out without the engine: one pass over the file, one Map, the rules written out.
 *
 *   node expect.mjs delays|late
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const HOUR_MS = 3_600_000;
const WATERMARK_DELAY_MS = HOUR_MS;

export function expectedFlights() {
  const [head, ...lines] = readFileSync(fileURLToPath(new URL('data/flights.csv', import.meta.url)), 'utf8')
    .trimEnd()
    .split('\n');
  const names = head.split(',');
  const windows = new Map();
  const late = [];
  let watermark = 0;
  for (const line of lines) {
    const row = Object.fromEntries(line.split(',').map((value, index) => [names[index], value]));
    const scheduledMs = Date.parse(row.time_hour) + Number(row.minute) * 60_000;
    const start = Math.floor(scheduledMs / HOUR_MS) * HOUR_MS;
    const delay = row.dep_delay === 'NA' ? null : Number(row.dep_delay);
    // Flink SQL moves the watermark with the row itself before it looks whether the row is late.
    watermark = Math.max(watermark, scheduledMs - WATERMARK_DELAY_MS);
    if (start + HOUR_MS - 1 <= watermark) {
      late.push({
        scheduled: timestamp(scheduledMs),
        carrier: row.carrier,
        flight: Number(row.flight),
        tailnum: maskTail(row.tailnum),
        origin: row.origin,
        dest: row.dest,
        delay,
      });
      continue;
    }
    const key = `${row.origin} ${start}`;
    const sums = windows.get(key) ?? { origin: row.origin, start, flights: 0, departed: 0, total: 0, worst: null, carriers: new Set() };
    windows.set(key, sums);
    sums.flights++;
    sums.carriers.add(row.carrier);
    if (delay === null) continue;
    sums.departed++;
    sums.total += delay;
    sums.worst = sums.worst === null ? delay : Math.max(sums.worst, delay);
  }
  const delays = [...windows.values()].map((sums) => ({
    origin: sums.origin,
    window_start: timestamp(sums.start),
    window_end: timestamp(sums.start + HOUR_MS),
    flights: sums.flights,
    departed: sums.departed,
    mean_delay: sums.departed === 0 ? null : sums.total / sums.departed,
    worst_delay: sums.worst,
    carriers: sums.carriers.size,
  }));
  return { delays, late };
}

/** The last three characters stay readable. */
function maskTail(tail) {
  if (tail === 'NA') return null;
  return tail.length <= 3 ? '*'.repeat(tail.length) : '*'.repeat(tail.length - 3) + tail.slice(-3);
}

function timestamp(ms) {
  return new Date(ms)
    .toISOString()
    .replace('T', ' ')
    .replace('Z', '')
    .replace(/\.000$/, '');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const rows = expectedFlights()[process.argv[2] ?? 'delays'];
  process.stdout.write(
    `${rows
      .map((row) => JSON.stringify(row))
      .sort()
      .join('\n')}\n`,
  );
}

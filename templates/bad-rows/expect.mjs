/**
 * The rows this pipeline must give, worked out without the engine.
 *
 *   node expect.mjs strikes|quarterly|bad
 */
import { DAY_MS, printExpected, readLines, windowed } from '../expected-rows.mjs';
import { sqlTime } from '../seeded-random.mjs';

const WINDOW_MS = 90 * DAY_MS;

export function expectedRows() {
  const [head, ...lines] = readLines(import.meta.url, 'strikes.csv');
  const names = head.split(',');
  const strikes = [];
  const bad = [];
  let offset = Buffer.byteLength(head) + 1;
  for (const line of lines) {
    const row = Object.fromEntries(line.split(',').map((cell, index) => [names[index], cell]));
    if (row.speed === '') bad.push({ byte_offset: offset, content: line });
    else
      strikes.push({
        strike_time: `${row.flight_date} 00:00:00`,
        airport: row.airport,
        operator: row.operator.replaceAll('*', '').trim(),
        phase: row.phase.toLowerCase(),
        species: row.species,
        size: row.size,
        damaged: row.damage !== 'None',
        cost: Number(row.cost),
        speed_kmh: Math.round((Number(row.speed) * 1852) / 1000),
      });
    offset += Buffer.byteLength(line) + 1;
  }
  const timeOf = (row) => Date.parse(`${row.strike_time.replace(' ', 'T')}Z`);
  const quarterly = windowed(strikes, { timeOf, keyOf: (row) => row.size, sizeMs: WINDOW_MS, slideMs: WINDOW_MS }).map(
    ({ start, rows }) => ({
      size: rows[0].size,
      window_start: sqlTime(start),
      window_end: sqlTime(start + WINDOW_MS),
      strikes: rows.length,
      cost: rows.reduce((sum, row) => sum + row.cost, 0),
      top_speed: Math.max(...rows.map((row) => row.speed_kmh)),
      operators: new Set(rows.map((row) => row.operator)).size,
    }),
  );
  return { strikes, quarterly, bad };
}

printExpected(import.meta.url, expectedRows);

/**
 * Makes data/orders.csv from SampleSuperstore.csv (PyPI bokeh-sampledata 2026.1, licence BSD-3-Clause): its first 5,000
 * order lines as they are. That file has no time of day, so each gets one: a seeded shopping week, busy at noon and in
 * the evening. Rows arrive up to five minutes out of order; a few shops send their morning hours late.
 *
 *   node make-data.mjs PATH/TO/SampleSuperstore.csv > data/orders.csv
 */
import { readFileSync } from 'node:fs';
import { printCsv, seededRandom, sqlTime } from '../seeded-random.mjs';

const START_MS = Date.UTC(2026, 2, 2);
const HOUR_MS = 3_600_000;
const DAYS = 7;
/** Share of a day's orders in each hour. */
const BUSY = [1, 1, 1, 1, 1, 2, 3, 5, 7, 8, 9, 11, 13, 11, 8, 7, 7, 9, 12, 14, 13, 9, 5, 2];

const random = seededRandom(2026);
const [head, ...lines] = readFileSync(process.argv[2], 'utf8').trimEnd().split(/\r?\n/);
const names = head.split(',');
const total = BUSY.reduce((sum, share) => sum + share, 0);
const rows = lines.slice(0, 5000).map((line) => {
  const cells = Object.fromEntries(line.split(',').map((cell, index) => [names[index], cell]));
  let hour = 0;
  for (let left = random.next() * total; left >= BUSY[hour]; hour++) left -= BUSY[hour];
  const timeMs = START_MS + random.integer(0, DAYS - 1) * 24 * HOUR_MS + hour * HOUR_MS + random.integer(0, HOUR_MS - 1);
  const heldBack = hour < 11 && random.chance(0.04) ? 2 * HOUR_MS : 0;
  const arrivalMs = timeMs + heldBack + random.integer(0, 300_000);
  const values = [
    cells['Region'],
    cells['Category'],
    cells['Sub-Category'],
    cells['Segment'],
    cells['Sales'],
    cells['Quantity'],
    cells['Profit'],
  ];
  return { arrivalMs, cells: [sqlTime(Math.floor(timeMs / 1000) * 1000), ...values] };
});
rows.sort((left, right) => left.arrivalMs - right.arrivalMs);
printCsv(
  ['ordered_at', 'region', 'category', 'sub_category', 'segment', 'sales', 'quantity', 'profit'],
  rows.map(({ cells }) => cells),
);

/** What the `expect.mjs` of the templates share: reading their data, windows of time, printing what must come out. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sqlTime } from './seeded-random.mjs';

export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

export function readLines(template, name) {
  return readFileSync(new URL(`data/${name}`, template), 'utf8')
    .trimEnd()
    .split('\n');
}

export function readJsonRows(template, name) {
  return readLines(template, name).map((line) => JSON.parse(line));
}

/** Cells without quotes only. */
export function readCsvRows(template, name) {
  const [head, ...lines] = readLines(template, name);
  const names = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, index) => [names[index], cell])));
}

export function timeOf(text) {
  return Date.parse(`${text.replace(' ', 'T')}Z`);
}

/** Starts of all windows that hold the time, in whole slides since the epoch. */
export function windowStarts(timeMs, sizeMs, slideMs) {
  const starts = [];
  for (let start = Math.floor(timeMs / slideMs) * slideMs; start > timeMs - sizeMs; start -= slideMs) starts.push(start);
  return starts;
}

/** Groups by what `keyOf` answers; the groups keep the order in which they began. */
export function groupBy(entries, keyOf) {
  const groups = new Map();
  for (const entry of entries) {
    const key = keyOf(entry);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return groups;
}

/** Rows per key and sliding (or, with slide = size, tumbling) window: `{ key, start, rows }`. No row may be late. */
export function windowed(rows, { timeOf: time, keyOf, sizeMs, slideMs }) {
  const entries = rows.flatMap((row) => windowStarts(time(row), sizeMs, slideMs).map((start) => ({ row, start })));
  return [...groupBy(entries, ({ row, start }) => `${keyOf(row)} ${start}`).values()].map((group) => ({
    start: group[0].start,
    rows: group.map((entry) => entry.row),
  }));
}

/** Fails when a row would come behind the watermark and so be late for a window: the plain sums above would be wrong. */
export function assertNothingLate(rows, time, delayMs) {
  let watermark = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    if (time(row) <= watermark) throw new Error(`${JSON.stringify(row)} comes behind the watermark ${sqlTime(watermark)}`);
    watermark = Math.max(watermark, time(row) - delayMs);
  }
}

/** Prints the rows of one output, sorted: `node expect.mjs OUTPUT`. */
export function printExpected(moduleUrl, outputs) {
  if (process.argv[1] !== fileURLToPath(moduleUrl)) return;
  const name = process.argv[2] ?? Object.keys(outputs())[0];
  const rows = outputs()[name];
  if (rows === undefined) throw new Error(`there is no output ${name}; there are ${Object.keys(outputs()).join(', ')}`);
  process.stdout.write(
    `${rows
      .map((row) => JSON.stringify(row))
      .sort()
      .join('\n')}\n`,
  );
}

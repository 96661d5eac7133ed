/**
 * The rows this pipeline must give, worked out without the engine: one pass in the order of arrival.
 *
 *   node expect.mjs hours|today|late
 */
import { DAY_MS, HOUR_MS, MINUTE_MS, printExpected, readCsvRows, timeOf } from '../expected-rows.mjs';
import { sqlTime } from '../seeded-random.mjs';

const WATERMARK_DELAY_MS = 5 * MINUTE_MS;

export function expectedRows() {
  const hours = new Map();
  const today = new Map();
  const late = [];
  let watermark = 0;
  for (const row of readCsvRows(import.meta.url, 'orders.csv')) {
    const timeMs = timeOf(row.ordered_at);
    watermark = Math.max(watermark, timeMs - WATERMARK_DELAY_MS);
    const hour = Math.floor(timeMs / HOUR_MS) * HOUR_MS;
    const day = Math.floor(timeMs / DAY_MS) * DAY_MS;
    if (hour + HOUR_MS - 1 > watermark) add(hours, `${row.region} ${hour}`, row, hour, hour + HOUR_MS);
    else late.push(row);
    // The windows of a day all start at midnight and end on the hour; a row counts in those that are still open.
    for (let end = hour + HOUR_MS; end <= day + DAY_MS; end += HOUR_MS) {
      if (end - 1 > watermark) add(today, `${row.category} ${end}`, row, day, end);
    }
  }
  return {
    hours: [...hours.values()].map(({ row, start, end, orders, sales, profit, quantity }) => ({
      region: row.region,
      window_start: sqlTime(start),
      window_end: sqlTime(end),
      orders,
      sales: Number(sales) / 10_000,
      profit: Number(profit) / 10_000,
      pieces: quantity,
    })),
    today: [...today.values()].map(({ row, start, end, orders, sales }) => ({
      category: row.category,
      window_start: sqlTime(start),
      window_end: sqlTime(end),
      orders,
      sales: Number(sales) / 10_000,
    })),
    late: late.map((row) => ({
      ordered_at: row.ordered_at,
      region: row.region,
      category: row.category,
      sales: Number(units(row.sales)) / 10_000,
      quantity: Number(row.quantity),
      profit: Number(units(row.profit)) / 10_000,
    })),
  };
}

function add(windows, key, row, start, end) {
  const sums = windows.get(key) ?? { row, start, end, orders: 0, sales: 0n, profit: 0n, quantity: 0 };
  windows.set(key, sums);
  sums.orders++;
  sums.sales += units(row.sales);
  sums.profit += units(row.profit);
  sums.quantity += Number(row.quantity);
}

/** Ten-thousandths, rounded half away from zero as DECIMAL(12, 4) does. */
function units(text) {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)\.?(\d*)$/.exec(text);
  const digits = BigInt(whole + fraction.padEnd(5, '0').slice(0, 5));
  const rounded = (digits + 5n) / 10n;
  return sign === '-' ? -rounded : rounded;
}

printExpected(import.meta.url, expectedRows);

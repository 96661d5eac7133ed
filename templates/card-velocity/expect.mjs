/**
 * The rows this pipeline must give, worked out without the engine: one pass in the order of arrival.
 *
 *   node expect.mjs alerts|late
 */
import { createHash } from 'node:crypto';
import { MINUTE_MS, printExpected, readCsvRows, SECOND_MS, timeOf, windowStarts } from '../expected-rows.mjs';
import { sqlTime } from '../seeded-random.mjs';

const SALT = 'velocity';
const SIZE_MS = 10 * MINUTE_MS;
const SLIDE_MS = MINUTE_MS;
const WATERMARK_DELAY_MS = 10 * SECOND_MS;

export function expectedRows() {
  const windows = new Map();
  const late = [];
  let watermark = 0;
  for (const row of readCsvRows(import.meta.url, 'payments.csv')) {
    const payment = {
      ...row,
      card: createHash('sha256').update(`${SALT}${row.card}`).digest('hex'),
      cents: Math.round(Number(row.amount) * 100),
    };
    const timeMs = timeOf(payment.paid_at);
    watermark = Math.max(watermark, timeMs - WATERMARK_DELAY_MS);
    const open = windowStarts(timeMs, SIZE_MS, SLIDE_MS).filter((start) => start + SIZE_MS - 1 > watermark);
    if (open.length === 0) late.push(payment);
    for (const start of open) {
      const key = `${payment.card} ${start}`;
      windows.set(key, [...(windows.get(key) ?? []), { payment, start }]);
    }
  }
  const alerts = [...windows.values()].map(summary).filter((row) => row.payments >= 5 || row.countries >= 4);
  return {
    alerts,
    late: late.map(({ paid_at, card, cents, country, merchant }) => ({ paid_at, card, amount: cents / 100, country, merchant })),
  };
}

function summary(entries) {
  const payments = entries.map((entry) => entry.payment);
  const countries = new Set(payments.map((payment) => payment.country)).size;
  return {
    card: payments[0].card,
    window_start: sqlTime(entries[0].start),
    window_end: sqlTime(entries[0].start + SIZE_MS),
    payments: payments.length,
    amount: payments.reduce((sum, payment) => sum + payment.cents, 0) / 100,
    highest: Math.max(...payments.map((payment) => payment.cents)) / 100,
    countries,
    reason: payments.length >= 5 && countries >= 4 ? 'fast and far' : payments.length >= 5 ? 'fast' : 'far',
  };
}

printExpected(import.meta.url, expectedRows);

/**
 * The rows this pipeline must give, worked out without the engine.
 *
 *   node expect.mjs > expected/alerts.ndjson
 */
import { assertNothingLate, groupBy, MINUTE_MS, printExpected, readCsvRows, SECOND_MS, timeOf } from '../expected-rows.mjs';
import { sqlTime } from '../seeded-random.mjs';

const WITHIN_MS = 10 * MINUTE_MS;
const DELAY_MS = 10 * SECOND_MS;

export function expectedRows() {
  const payments = readCsvRows(import.meta.url, 'payments.csv').map((row) => ({
    ...row,
    timeMs: timeOf(row.paid_at),
    card: Number(row.card),
    cents: Number(row.cents),
  }));
  assertNothingLate(payments, (row) => row.timeMs, DELAY_MS);
  const alerts = [];
  for (const [card, own] of groupBy(payments, (row) => row.card)) {
    const ordered = own.sort((left, right) => left.timeMs - right.timeMs);
    if (ordered.some((row, at) => at > 0 && row.timeMs === ordered[at - 1].timeMs)) throw new Error(`card ${card} pays twice at one time`);
    for (const [at, strike] of ordered.entries()) if (strike.cents >= 20_000) alerts.push(...alertOf(ordered, at));
  }
  return { alerts };
}

/** The tiny payments right before a large one, as far as they lie within the time; there must be two at least. */
function alertOf(payments, at) {
  const strike = payments[at];
  let from = at;
  while (from > 0 && payments[from - 1].cents < 300 && strike.timeMs - payments[from - 1].timeMs < WITHIN_MS) from--;
  const probes = payments.slice(from, at);
  if (probes.length < 2) return [];
  return [
    {
      card: strike.card,
      probes: probes.length,
      probed_cents: probes.reduce((sum, row) => sum + row.cents, 0),
      first_probe: sqlTime(probes[0].timeMs),
      taken_at: sqlTime(strike.timeMs),
      taken_cents: strike.cents,
      country: strike.country,
    },
  ];
}

printExpected(import.meta.url, expectedRows);

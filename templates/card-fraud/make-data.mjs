/**
 * Makes data/payments.csv: card payments by a seeded generator (no real set of card payments may be shipped). Most cards buy now and
 * then; 26 are stolen: the thief tries them with two to five tiny payments, then takes a large sum. Eight more are tried and then left
 * alone, or the large payment comes hours later: no alert. Rows arrive up to 8 s out of order.
 *
 *   node make-data.mjs > data/payments.csv
 */
import { printCsv, seededRandom, sqlTime } from '../seeded-random.mjs';

const START_MS = Date.UTC(2026, 2, 9, 8);
const HOURS = 6;
const HOUR_MS = 3_600_000;
const COUNTRIES = ['DE', 'FR', 'ES', 'PL', 'SE', 'GB', 'US', 'BR', 'JP'];

const random = seededRandom(1905);
const payments = [];
const pay = (card, timeMs, cents, country) =>
  payments.push({ arrivalMs: timeMs + random.integer(0, 8000), cells: [sqlTime(Math.round(timeMs)), card, cents, country] });

for (let count = 0; count < 3600; count++) {
  const cents = random.chance(0.05) ? random.integer(60, 280) : Math.round(400 + random.exponential(3200));
  pay(random.integer(5001, 5400), START_MS + random.next() * HOURS * HOUR_MS, cents, random.pick(COUNTRIES));
}
for (let stolen = 0; stolen < 34; stolen++) {
  const card = 7001 + stolen;
  const abroad = random.pick(COUNTRIES);
  let timeMs = START_MS + (0.2 + stolen * 0.15) * HOUR_MS;
  pay(card, timeMs - 600_000, random.integer(900, 6000), 'DE');
  for (let probe = random.integer(2, 5); probe > 0; probe--) {
    timeMs += 4000 + random.exponential(40_000);
    pay(card, timeMs, random.integer(60, 240), abroad);
  }
  timeMs += stolen < 26 ? 5000 + random.exponential(60_000) : 0.4 * HOUR_MS;
  if (stolen < 30) pay(card, timeMs, random.integer(25_000, 90_000), abroad);
}
payments.sort((left, right) => left.arrivalMs - right.arrivalMs);
printCsv(
  ['paid_at', 'card', 'cents', 'country'],
  payments.map(({ cells }) => cells),
);

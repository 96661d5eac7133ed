/**
 * Makes data/payments.csv: card payments by a seeded generator (no real set of card payments may be shipped). Most cards
 * buy now and then at home; seven are stolen: small payments first, then many in a few minutes, from several countries.
 * Rows arrive up to 8 s out of order; the terminals of one merchant were offline and deliver 40 payments 25 minutes late.
 *
 *   node make-data.mjs > data/payments.csv
 */
import { printCsv, seededRandom, sqlTime } from '../seeded-random.mjs';

const START_MS = Date.UTC(2026, 2, 7, 9);
const HOURS = 4;
const HOUR_MS = 3_600_000;
const COUNTRIES = ['DE', 'FR', 'ES', 'PL', 'SE', 'GB', 'US', 'BR', 'JP'];

const random = seededRandom(1881);
const cards = Array.from({ length: 400 }, () => ({
  number: `9${Array.from({ length: 15 }, () => random.integer(0, 9)).join('')}`,
  home: random.pick(COUNTRIES),
}));
const payments = [];
const pay = (card, timeMs, cents, country, merchant, delayMs) =>
  payments.push({
    arrivalMs: timeMs + delayMs,
    cells: [sqlTime(Math.round(timeMs)), card.number, (cents / 100).toFixed(2), country, merchant],
  });

for (let count = 0; count < 4200; count++) {
  const card = random.pick(cards);
  const country = random.chance(0.04) ? random.pick(COUNTRIES) : card.home;
  const cents = Math.round(400 + random.exponential(4200));
  pay(card, START_MS + random.next() * HOURS * HOUR_MS, cents, country, `m-${random.integer(1, 90)}`, random.integer(0, 8000));
}
for (let stolen = 0; stolen < 7; stolen++) {
  const card = cards[stolen * 31];
  let timeMs = START_MS + (0.4 + stolen * 0.48) * HOUR_MS;
  for (let attempt = 0; attempt < random.integer(9, 16); attempt++) {
    timeMs += 8000 + random.exponential(22_000);
    const cents = attempt < 3 ? random.integer(90, 240) : random.integer(15_000, 60_000);
    pay(card, timeMs, cents, attempt < 3 ? card.home : random.pick(COUNTRIES), `m-${random.integer(1, 90)}`, random.integer(0, 8000));
  }
}
for (let count = 0; count < 40; count++) {
  const timeMs = START_MS + 1.5 * HOUR_MS + random.next() * 0.1 * HOUR_MS;
  pay(random.pick(cards), timeMs, random.integer(300, 5000), 'SE', 'm-91', 25 * 60_000);
}
payments.sort((left, right) => left.arrivalMs - right.arrivalMs);
printCsv(
  ['paid_at', 'card', 'amount', 'country', 'merchant'],
  payments.map(({ cells }) => cells),
);

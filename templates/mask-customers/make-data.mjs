/**
 * Makes data/events.ndjson: customer events with personal data. Nobody in it exists: names, addresses, numbers are
 * put together by a seeded generator, and the card numbers start with a digit that no card scheme uses.
 *
 *   node make-data.mjs > data/events.ndjson
 */
import { printLines, seededRandom, sqlTime } from '../seeded-random.mjs';

const ROWS = 4000;
const START_MS = Date.UTC(2026, 2, 2, 8);
const FIRST = [
  'Ada',
  'Bela',
  'Chen',
  'Dora',
  'Emil',
  'Fatou',
  'Goran',
  'Hana',
  'Ines',
  'Jonas',
  'Kira',
  'Li',
  'Mina',
  'Noor',
  'Olga',
  'Pavel',
];
const LAST = [
  'Abel',
  'Bauer',
  'Costa',
  'Dahl',
  'Ek',
  'Faye',
  'Gruber',
  'Huang',
  'Ito',
  'Jansen',
  'Kowal',
  'Lund',
  'Moreau',
  'Novak',
  'Ortiz',
];
const COUNTRIES = ['DE', 'FR', 'ES', 'PL', 'SE', 'CN', 'JP', 'SN', 'BR', 'US'];
const KINDS = ['view', 'view', 'view', 'search', 'cart', 'purchase', 'return', 'support'];

const random = seededRandom(20260302);
const customers = Array.from({ length: 600 }, (_, index) => {
  const first = random.pick(FIRST);
  const last = random.pick(LAST);
  const digits = Array.from({ length: 15 }, () => random.integer(0, 9)).join('');
  return {
    customer_id: 10_000 + index,
    name: `${first} ${last}`,
    // Typed by people: capitals and blanks as they come.
    email: `${random.chance(0.2) ? ' ' : ''}${random.chance(0.3) ? first.toUpperCase() : first.toLowerCase()}.${last.toLowerCase()}${index}@example.${random.pick(['com', 'org', 'net'])}`,
    phone: random.chance(0.1) ? null : `+999 ${random.integer(100, 999)} ${random.integer(100_000, 999_999)}`,
    card: `9${digits}`,
    country: random.pick(COUNTRIES),
    consent: random.chance(0.82),
  };
});

const rows = [];
let timeMs = START_MS;
for (let id = 1; id <= ROWS; id++) {
  timeMs += Math.round(random.exponential(2500));
  const { customer_id, name, email, phone, card, country, consent } = random.pick(customers);
  const kind = random.pick(KINDS);
  const amount = kind === 'purchase' || kind === 'return' ? random.integer(199, 39_999) / 100 : null;
  rows.push({ event_id: id, event_time: sqlTime(timeMs), kind, customer_id, name, email, phone, card, country, consent, amount });
}
printLines(rows);

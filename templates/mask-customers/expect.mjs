/**
 * The rows this pipeline must give, worked out without the engine.
 *
 *   node expect.mjs clean|anonymous
 */
import { createHash } from 'node:crypto';
import { printExpected, readJsonRows } from '../expected-rows.mjs';

const SALT = 'millrace';

export function expectedRows() {
  const events = readJsonRows(import.meta.url, 'events.ndjson');
  return {
    clean: events
      .filter((event) => event.consent)
      .map((event) => ({
        event_id: event.event_id,
        event_time: event.event_time,
        kind: event.kind,
        customer: createHash('sha256').update(`${SALT}${event.customer_id}`).digest('hex'),
        name: '***',
        email: createHash('sha256').update(`${SALT}${event.email.trim().toLowerCase()}`).digest('hex'),
        phone: event.phone === null ? null : `${event.phone.slice(0, 4)}${'*'.repeat(event.phone.length - 6)}${event.phone.slice(-2)}`,
        card: `${'*'.repeat(12)}${event.card.slice(-4)}`,
        country: event.country,
        amount: event.amount,
      })),
    anonymous: events
      .filter((event) => !event.consent)
      .map((event) => ({
        event_time: `${event.event_time.slice(0, 13)}:00:00`,
        kind: event.kind,
        country: event.country,
        amount: event.amount,
      })),
  };
}

printExpected(import.meta.url, expectedRows);

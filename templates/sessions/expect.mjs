/**
 * The rows this pipeline must give, worked out without the engine.
 *
 *   node expect.mjs bought|abandoned|looked|pages
 */
import {
  assertNothingLate,
  groupBy,
  HOUR_MS,
  MINUTE_MS,
  printExpected,
  readJsonRows,
  SECOND_MS,
  timeOf,
  windowed,
} from '../expected-rows.mjs';
import { sqlTime } from '../seeded-random.mjs';

const GAP_MS = 15 * MINUTE_MS;
const WATERMARK_DELAY_MS = 20 * SECOND_MS;
const time = (click) => timeOf(click.event_time);

export function expectedRows() {
  const clicks = readJsonRows(import.meta.url, 'clicks.ndjson');
  assertNothingLate(clicks, time, WATERMARK_DELAY_MS);
  const sessions = [...groupBy(clicks, (click) => click.user_id).values()].flatMap(splitAtPauses).map(summary);
  const pages = windowed(clicks, { timeOf: time, keyOf: (click) => click.page, sizeMs: HOUR_MS, slideMs: HOUR_MS }).map(
    ({ start, rows }) => ({
      page: rows[0].page,
      window_start: sqlTime(start),
      window_end: sqlTime(start + HOUR_MS),
      views: rows.length,
      visitors: new Set(rows.map((click) => click.user_id)).size,
      slowest_ms: Math.max(...rows.map((click) => click.load_ms)),
    }),
  );
  return {
    bought: sessions.filter((session) => session.paid > 0),
    abandoned: sessions.filter((session) => session.paid === 0 && session.carts > 0),
    looked: sessions.filter((session) => session.paid === 0 && session.carts === 0),
    pages,
  };
}

/** A session ends when nothing comes for the gap; what comes exactly at its end still belongs to it. */
function splitAtPauses(clicks) {
  const sessions = [];
  let last = null;
  for (const click of clicks.toSorted((left, right) => time(left) - time(right))) {
    if (last === null || time(click) - time(last.at(-1)) > GAP_MS) {
      last = [];
      sessions.push(last);
    }
    last.push(click);
  }
  return sessions;
}

function summary(clicks) {
  const of = (page) => clicks.filter((click) => click.page === page).length;
  const firstMs = time(clicks[0]);
  const lastMs = time(clicks.at(-1));
  return {
    user_id: clicks[0].user_id,
    started: sqlTime(firstMs),
    seconds: Math.floor((lastMs - firstMs) / SECOND_MS),
    views: clicks.length,
    products: of('product'),
    carts: of('cart'),
    paid: of('paid'),
  };
}

printExpected(import.meta.url, expectedRows);

/**
 * The rows this pipeline must give, worked out without the engine: one pass over the file, one Map, the rules written out.
 *
 *   node expect.mjs
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const SIZE_MS = 10_000;
const SLIDE_MS = 2_000;
const WATERMARK_DELAY_MS = 4_000;

export function expectedBids() {
  const lines = readFileSync(fileURLToPath(new URL('data/events.ndjson', import.meta.url)), 'utf8')
    .trimEnd()
    .split('\n');
  const windows = new Map();
  let watermark = 0;
  for (const line of lines) {
    const event = JSON.parse(line);
    const { dateTime } = event.person ?? event.auction ?? event.bid;
    const timeMs = Date.parse(`${dateTime}Z`);
    // Every event moves the watermark, bids or not.
    watermark = Math.max(watermark, timeMs - WATERMARK_DELAY_MS);
    if (event.event_type !== 2) continue;
    const { auction, bidder, price } = event.bid;
    for (let start = Math.floor(timeMs / SLIDE_MS) * SLIDE_MS; start > timeMs - SIZE_MS; start -= SLIDE_MS) {
      // A row that is late for one window still counts in those that are open.
      if (start + SIZE_MS - 1 <= watermark) continue;
      const key = `${auction} ${start}`;
      const sums = windows.get(key) ?? { auction, start, bids: 0, total: 0, highest: 0, bidders: new Set() };
      windows.set(key, sums);
      sums.bids++;
      sums.total += price;
      sums.highest = Math.max(sums.highest, price);
      sums.bidders.add(bidder);
    }
  }
  return [...windows.values()].map((sums) => ({
    auction: sums.auction,
    window_start: timestamp(sums.start),
    window_end: timestamp(sums.start + SIZE_MS),
    bids: sums.bids,
    total_price: sums.total,
    highest_price: sums.highest,
    bidders: sums.bidders.size,
  }));
}

function timestamp(ms) {
  return new Date(ms)
    .toISOString()
    .replace('Z', '')
    .replace(/\.000$/, '');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const rows = expectedBids().map((row) => JSON.stringify(row));
  process.stdout.write(`${rows.sort().join('\n')}\n`);
}

/**
 * Makes data/clicks.ndjson: page views of a shop by a seeded generator (no open set of web logs came with a licence to
 * ship). People come back several times a day; how deep a visit goes depends on where they came from. The pages report
 * over the network, so rows arrive up to 20 s out of order.
 *
 *   node make-data.mjs > data/clicks.ndjson
 */
import { printLines, seededRandom, sqlTime } from '../seeded-random.mjs';

const START_MS = Date.UTC(2026, 2, 2, 6);
const VISITS = 900;
const HOURS = 12;
const REFERRERS = { newsletter: 0.55, search: 0.4, social: 0.25, direct: 0.45 };
const STEPS = ['home', 'product', 'cart', 'checkout', 'paid'];

const random = seededRandom(4711);
const clicks = [];
for (let visit = 0; visit < VISITS; visit++) {
  const user_id = random.integer(1, 260);
  const referrer = random.pick(Object.keys(REFERRERS));
  let timeMs = START_MS + Math.round(random.next() * HOURS * 3_600_000);
  let step = 0;
  for (let pages = 0; pages < 40; pages++) {
    clicks.push({ timeMs, user_id, page: STEPS[step], referrer, load_ms: Math.round(120 + random.exponential(180)) });
    // Some look around on one level before they go on, and some leave.
    if (random.chance(0.14)) break;
    if (random.chance(REFERRERS[referrer])) step++;
    if (step === STEPS.length) break;
    timeMs += Math.round(4000 + random.exponential(45_000));
  }
}
const arrived = clicks
  .map((click) => ({ click, arrivalMs: click.timeMs + random.integer(0, 20_000) }))
  .sort((left, right) => left.arrivalMs - right.arrivalMs);
printLines(arrived.map(({ click: { timeMs, ...rest } }, index) => ({ click_id: index + 1, event_time: sqlTime(timeMs), ...rest })));

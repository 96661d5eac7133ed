/**
 * Makes data/readings.ndjson: 24 detectors along two made-up roads, one reading each half minute for two hours, by a
 * seeded generator. On road A7 a jam starts at kilometre 18 after 40 minutes and moves upstream, as real ones do; on A3
 * it rains and everybody is a little slower. Some readings see no vehicle at all.
 *
 *   node make-data.mjs > data/readings.ndjson
 */
import { printLines, seededRandom, sqlTime } from '../seeded-random.mjs';

const START_MS = Date.UTC(2026, 2, 6, 15);
const EVERY_MS = 30_000;
const ROUNDS = 240;

const random = seededRandom(77);
const detectors = ['A7', 'A3'].flatMap((road) => Array.from({ length: 12 }, (_, index) => ({ road, km: index * 2 })));
const rows = [];
for (let round = 0; round < ROUNDS; round++) {
  for (const { road, km } of detectors) {
    const timeMs = START_MS + round * EVERY_MS + random.integer(0, 5000);
    const minute = (round * EVERY_MS) / 60_000;
    // The tail of the jam moves upstream with 15 km/h, its head dissolves 35 minutes later.
    const tailKm = 18 - ((minute - 40) * 15) / 60;
    const headKm = 18 - ((minute - 75) * 15) / 60;
    const jammed = road === 'A7' && minute >= 40 && km <= 18 && km >= tailKm && (minute < 75 || km <= headKm);
    const vehicles = random.chance(0.04) ? 0 : Math.max(1, Math.round(random.normal(jammed ? 9 : 14, 3)));
    const free = road === 'A3' ? 92 : 108;
    const speed = vehicles === 0 ? null : Math.max(3, Math.round(random.normal(jammed ? 17 : free, jammed ? 5 : 9)));
    rows.push({ arrivalMs: timeMs + random.integer(0, 15_000), row: { event_time: sqlTime(timeMs), road, km, vehicles, speed } });
  }
}
rows.sort((left, right) => left.arrivalMs - right.arrivalMs);
printLines(rows.map(({ row }) => row));

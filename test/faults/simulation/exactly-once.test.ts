/** Kills and power losses at moments chosen by a seed: what the sink shows at the end is what a plain computation says. */
import { expect, test } from 'vitest';
import { expectedWindows } from '../workload/rows.ts';
import { EVENTS, liveThrough } from './lives.ts';
import { KEYS, WINDOW_MS } from './simulated-job.ts';

const FIRST_SEED = Number(process.env['MILLRACE_SEED'] ?? 1);
const SEEDS = Number(process.env['MILLRACE_SEEDS'] ?? (process.env['MILLRACE_SEED'] === undefined ? 60 : 1));

test.each(['kill', 'power loss'] as const)(
  `%s, another parallelism after each, ${SEEDS} seeds from ${FIRST_SEED}`,
  { timeout: 600_000 },
  (death) => {
    let deaths = 0;
    for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      const lives = liveThrough({ seed, death });
      deaths += lives.deaths;
      expect(lives.failure, `MILLRACE_SEED=${seed}`).toBeNull();
      expect(lives.violations, `MILLRACE_SEED=${seed}`).toEqual([]);
      expect(lives.lines, `MILLRACE_SEED=${seed}`).toEqual(expectedWindows(seed, EVENTS, KEYS, WINDOW_MS));
    }
    expect(deaths).toBeGreaterThanOrEqual(SEEDS);
  },
);

const PARTITIONINGS = [{ kind: 'rescale' }, { kind: 'shuffle' }, { kind: 'custom', column: 'id' }, { kind: 'rebalance' }] as const;
const SIDES = [
  [3, 2],
  [2, 3],
  [1, 3],
  [3, 1],
  [3, 3],
] as const;

test.each(
  PARTITIONINGS.flatMap((partitioning) => [null, 0].map((overtakeAfterMs) => [partitioning.kind, overtakeAfterMs, partitioning] as const)),
)('rows spread by %s, barriers overtake after %s ms', { timeout: 600_000 }, (_kind, overtakeAfterMs, partitioning) => {
  SIDES.forEach(([from, to], index) => {
    const seed = FIRST_SEED + index;
    const options = overtakeAfterMs === null ? {} : { overtakeAfterMs };
    const lives = liveThrough({ seed, death: 'kill', parallelism: 3, spread: { partitioning, from, to }, ...options });
    expect(lives.failure, `${from} to ${to}, MILLRACE_SEED=${seed}`).toBeNull();
    expect(lives.lines, `${from} to ${to}, MILLRACE_SEED=${seed}`).toEqual(expectedWindows(seed, EVENTS, KEYS, WINDOW_MS));
  });
});

test('the same seed takes the same way', () => {
  expect(liveThrough({ seed: FIRST_SEED, death: 'power loss' })).toEqual(liveThrough({ seed: FIRST_SEED, death: 'power loss' }));
});

/** Unaligned checkpoints lose and repeat nothing, whatever dies; without alignment nothing is lost, and rows do repeat. */
import { expect, test } from 'vitest';
import { setKillPointHook } from '../../../engine/base/kill-point.ts';
import { listCheckpoints } from '../../../engine/runtime/checkpoints/checkpoint-folder.ts';
import { FaultStorage } from '../storage/fault-storage.ts';
import { MODULES, quietOperator } from '../workload/operators.ts';
import { EVENT_SCHEMA, expectedWindows } from '../workload/rows.ts';
import { EVENTS, liveThrough } from './lives.ts';
import { SimulatedClock } from './simulated-clock.ts';
import { FOLDER, JOB_LOADER, KEYS, OUTPUT, runUntil, startRun, WINDOW_MS, workloadPlan } from './simulated-job.ts';
import { loaderOf } from './simulated-workers.ts';
import { SimulatedWorld } from './simulated-world.ts';
import { testPlan } from './test-plan.ts';

const FIRST_SEED = Number(process.env['MILLRACE_SEED'] ?? 1);
const SEEDS = Number(process.env['MILLRACE_SEEDS'] ?? (process.env['MILLRACE_SEED'] === undefined ? 30 : 1));
const TIMEOUT_MS = 300_000;

test.each([
  ['at once', 0, 'kill'],
  ['at once', 0, 'power loss'],
  ['after a while', 3, 'kill'],
] as const)('unaligned %s: every row once', { timeout: TIMEOUT_MS }, (_name, overtakeAfterMs, death) => {
  let inFlight = 0;
  for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
    const lives = liveThrough({ seed, death, parallelism: 2 + (seed % 2), overtakeAfterMs });
    inFlight += lives.inFlight;
    expect(lives.failure, `MILLRACE_SEED=${seed}`).toBeNull();
    expect(lives.lines, `MILLRACE_SEED=${seed}`).toEqual(expectedWindows(seed, EVENTS, KEYS, WINDOW_MS));
  }
  if (SEEDS > 1 && overtakeAfterMs === 0) expect(inFlight, 'checkpoints held rows on their way').toBeGreaterThan(SEEDS / 2);
});

test('at least once: no row is lost, and some count twice', { timeout: TIMEOUT_MS }, () => {
  let repeated = 0;
  for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
    const lives = liveThrough({ seed, death: 'kill', parallelism: 3, atLeastOnce: true });
    expect(lives.failure, `MILLRACE_SEED=${seed}`).toBeNull();
    const counts = countsOf(lives.lines);
    for (const [name, count] of countsOf(expectedWindows(seed, EVENTS, KEYS, WINDOW_MS))) {
      expect(counts.get(name) ?? 0, `${name}, MILLRACE_SEED=${seed}`).toBeGreaterThanOrEqual(count);
      if ((counts.get(name) ?? 0) > count) repeated++;
    }
  }
  if (SEEDS > 1) expect(repeated).toBeGreaterThan(0);
});

/** Rows by window; one that fired again adds to what it said before. */
function countsOf(lines: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines) {
    const [name, values] = line.split('=');
    counts.set(name, (counts.get(name) ?? 0) + Number(values.split(',')[0]));
  }
  return counts;
}

test('rows on their way are not restored into another parallelism, and the way out is named', () => {
  try {
    for (let seed = 1; seed < 40; seed++) {
      const storage = new FaultStorage();
      storage.makeDirectory(OUTPUT);
      const world = new SimulatedWorld(seed, 1, storage, new SimulatedClock(), JOB_LOADER);
      const job = startRun(world, workloadPlan({ seed, events: EVENTS, parallelism: 2, batchRows: 4 }), {
        overtakeAfterMs: 0,
        restore: 'none',
      });
      runUntil(world, job, () => job.run.checkpointsComplete > 2);
      const [newest] = listCheckpoints(storage, FOLDER);
      const again = new SimulatedWorld(seed, 2, storage.afterKill(), new SimulatedClock(), JOB_LOADER);
      const plan = workloadPlan({ seed, events: EVENTS, parallelism: 3, batchRows: 4 });
      try {
        startRun(again, plan, { restore: { path: newest.path } });
      } catch (error) {
        expect(error).toMatchObject({ code: 'MR5056', details: { nodeId: 'windows', remedy: expect.stringContaining('savepoint') } });
        return;
      }
    }
    throw new Error('no checkpoint of 40 held rows on their way');
  } finally {
    setKillPointHook(null);
  }
});

/** A sink that needs so many turns for every batch. */
const SLOW_TURNS = 60;

function stepsOfCheckpoints(overtakeAfterMs: number | null): number {
  const slow = {
    createOperator: () => {
      let left = 0;
      const turn = () => (left-- > 0 ? ('more' as const) : ('done' as const));
      return quietOperator({
        processBatch: () => {
          left = SLOW_TURNS;
          return turn();
        },
        drain: turn,
      });
    },
  };
  const loader = loaderOf({ ...MODULES, slow });
  const source = { seed: 5, events: 4000, keys: 3, splitEvents: 16, pauses: false };
  const plan = testPlan(
    2,
    [
      { id: 'source', type: 'events', config: source, inputs: [], outputs: [EVENT_SCHEMA] },
      { id: 'pass', type: 'pass', inputs: [EVENT_SCHEMA], outputs: [EVENT_SCHEMA] },
      { id: 'slow', type: 'slow', inputs: [EVENT_SCHEMA], outputs: [] },
    ],
    [
      { from: 'source', to: 'pass', partitioning: { kind: 'rebalance' } },
      { from: 'pass', to: 'slow', partitioning: { kind: 'hash', columns: ['key'] } },
    ],
    4,
  );
  const storage = new FaultStorage();
  const world = new SimulatedWorld(7, 1, storage, new SimulatedClock(), loader);
  const job = startRun(world, plan, { overtakeAfterMs, checkpointIntervalMs: 0, ringBytes: 8192 });
  let first = 0;
  let last = 0;
  runUntil(world, job, (step) => {
    // By the third the rings are full; one follows the other at once.
    if (job.run.checkpointsComplete < 3) first = step;
    last = step;
    return job.run.checkpointsComplete >= 8;
  });
  expect(job.run.checkpointsComplete).toBe(8);
  return last - first;
}

test('before a slow sink an unaligned checkpoint takes a fraction of the steps of an aligned one', () => {
  try {
    const aligned = stepsOfCheckpoints(null);
    const unaligned = stepsOfCheckpoints(0);
    expect(unaligned).toBeGreaterThan(0);
    expect(aligned / unaligned).toBeGreaterThan(4);
  } finally {
    setKillPointHook(null);
  }
});

/** Kills and power losses at moments chosen by a seed: what the sink shows at the end is what a plain computation says. */
import { afterEach, expect, test } from 'vitest';
import { setKillPointHook } from '../../../engine/base/kill-point.ts';
import { mix32, SeededRandom } from '../../../engine/base/random.ts';
import { FaultStorage, type Survival } from '../storage/fault-storage.ts';
import { expectedWindows } from '../workload/rows.ts';
import { committedLines } from '../workload/staged-sink.ts';
import { SimulatedClock } from './simulated-clock.ts';
import { JOB_MODULES, KEYS, OUTPUT, runUntil, startRun, WINDOW_MS, workloadPlan } from './simulated-job.ts';
import { SimulatedWorld } from './simulated-world.ts';

const FIRST_SEED = Number(process.env['MILLRACE_SEED'] ?? 1);
const SEEDS = process.env['MILLRACE_SEED'] === undefined ? 60 : 1;
const EVENTS = 250;
/** After so many deaths the job may run to its end. */
const DEATHS_MAX = 6;
const SURVIVALS: readonly Survival[] = ['kept', 'lost', 'torn', 'zeroed'];

afterEach(() => setKillPointHook(null));

interface Story {
  readonly lines: string[];
  readonly traces: number[];
  readonly deaths: number;
}

function live(seed: number, powerLoss: boolean): Story {
  const random = new SeededRandom(mix32(seed));
  const clock = new SimulatedClock();
  let storage = new FaultStorage();
  storage.makeDirectory(OUTPUT);
  storage.syncDirectory('/');
  const traces: number[] = [];
  for (let life = 0; ; life++) {
    const parallelism = 1 + random.nextInt(3);
    const world = new SimulatedWorld(seed * 1000 + life, life + 1, storage, clock, JOB_MODULES);
    world.watchKillPoints(null, 0);
    const plan = workloadPlan({ seed, events: EVENTS, parallelism, batchRows: 1 + random.nextInt(20) });
    const job = startRun(world, plan);
    const lastStep = life < DEATHS_MAX ? random.nextInt(1500) : Number.POSITIVE_INFINITY;
    runUntil(world, job, (step) => step >= lastStep);
    traces.push(world.trace);
    expect(storage.violations).toEqual([]);
    if (job.run.hasEnded()) {
      expect(job.run.phase, `MILLRACE_SEED=${seed}: ${job.log.join('\n')}`).toBe('finished');
      return { lines: committedLines(storage, OUTPUT), traces, deaths: life };
    }
    storage.off = true;
    const choose = (): Survival => SURVIVALS[random.nextInt(SURVIVALS.length)];
    storage = powerLoss ? storage.afterPowerLoss(storage.pendingOperations().map(choose)) : storage.afterKill();
  }
}

test(`kill -9, other parallelism after each, ${SEEDS} seeds from ${FIRST_SEED}`, () => {
  let deaths = 0;
  for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
    const story = live(seed, false);
    deaths += story.deaths;
    expect(story.lines, `MILLRACE_SEED=${seed}`).toEqual(expectedWindows(seed, EVENTS, KEYS, WINDOW_MS));
  }
  expect(deaths).toBeGreaterThan(SEEDS);
});

test(`power loss, ${SEEDS} seeds from ${FIRST_SEED}`, () => {
  for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
    expect(live(seed, true).lines, `MILLRACE_SEED=${seed}`).toEqual(expectedWindows(seed, EVENTS, KEYS, WINDOW_MS));
  }
});

test('the same seed takes the same way', () => {
  expect(live(FIRST_SEED, true)).toEqual(live(FIRST_SEED, true));
});

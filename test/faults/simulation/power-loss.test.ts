/**
 * Power loss at every disk operation of one checkpoint: every legal tree of files that may be found afterwards holds
 * checkpoint n or n − 1, whole, with its output, and shows nothing of a checkpoint that is not there.
 */
import { expect, test } from 'vitest';
import { SeededRandom } from '../../../engine/base/random.ts';
import { listCheckpoints } from '../../../engine/runtime/checkpoints/checkpoint-folder.ts';
import { chooseLatest } from '../../../engine/runtime/checkpoints/choose-checkpoint.ts';
import { FaultStorage } from '../storage/fault-storage.ts';
import { expectedWindows } from '../workload/rows.ts';
import { committedLines } from '../workload/staged-sink.ts';
import { SimulatedClock } from './simulated-clock.ts';
import { FOLDER, JOB_LOADER, KEYS, OUTPUT, runUntil, startRun, WINDOW_MS, workloadPlan } from './simulated-job.ts';
import { SimulatedWorld } from './simulated-world.ts';
import { survivals } from './survivals.ts';

const SEED = Number(process.env['MILLRACE_SEED'] ?? 1);
const EVENTS = 250;
/** One tree in so many is also run to the end of the job. */
const FULL_RUN_EVERY = 400;
const WATCHED_CHECKPOINT = 3;

interface Watch {
  trees: number;
  moments: number;
  readonly found: Map<number, number>;
  readonly keptForRuns: FaultStorage[];
}

interface Staged {
  readonly staged: string;
  readonly final: string;
}

/** What was staged and synced for a checkpoint is there, under one of its names, byte for byte. */
function expectOutput(tree: FaultStorage, before: FaultStorage, committables: readonly Staged[]): void {
  for (const { staged, final } of committables) {
    const was = before.exists(staged) ? before.bytes(staged) : before.bytes(final);
    const place = tree.exists(staged) ? staged : final;
    expect(tree.exists(place), `${final} is there`).toBe(true);
    expect(Buffer.compare(tree.bytes(place), was), `${final} is whole`).toBe(0);
  }
}

function lookAt(tree: FaultStorage, before: FaultStorage, id: number, watch: Watch): void {
  watch.trees++;
  const { checkpoint } = chooseLatest(tree, FOLDER, 'test-job');
  const found = checkpoint?.manifest.checkpointId ?? 0;
  expect([id - 1, id]).toContain(found);
  watch.found.set(found, (watch.found.get(found) ?? 0) + 1);
  const staged = (checkpoint?.manifest.committables ?? []).map(({ value }) => value as unknown as Staged);
  expectOutput(tree, before, staged);
  const later = listCheckpoints(before, FOLDER).filter((each) => each.id > found);
  const hidden = later.flatMap((each) => (each.manifest?.committables ?? []).map(({ value }) => (value as unknown as Staged).final));
  for (const final of hidden) expect(tree.exists(final), `${final} of a lost checkpoint is not shown`).toBe(false);
  if (watch.trees % FULL_RUN_EVERY === 0) watch.keptForRuns.push(tree);
}

test('every after-crash tree of one checkpoint recovers to n or n − 1', { timeout: 120_000 }, () => {
  const clock = new SimulatedClock();
  const storage = new FaultStorage();
  storage.makeDirectory(OUTPUT);
  storage.syncDirectory('/');
  const plan = workloadPlan({ seed: SEED, events: EVENTS, parallelism: 2, batchRows: 16 });
  const world = new SimulatedWorld(SEED, 1, storage, clock, JOB_LOADER);
  world.watchKillPoints(null, 0);
  const watch: Watch = { trees: 0, moments: 0, found: new Map(), keptForRuns: [] };
  const job = startRun(world, plan, { retained: 2 });
  const inFlight = (): number => (job.run.history[0]?.id ?? 0) + 1;
  storage.fault = (operation) => {
    if (inFlight() !== WATCHED_CHECKPOINT || operation === 'read' || operation === 'open') return null;
    watch.moments++;
    for (const outcome of survivals(storage.pendingOperations()))
      lookAt(storage.afterPowerLoss(outcome), storage, WATCHED_CHECKPOINT, watch);
    return null;
  };
  runUntil(world, job, () => inFlight() > WATCHED_CHECKPOINT);
  expect(watch.moments).toBeGreaterThan(15);
  expect([...watch.found.keys()].sort()).toEqual([WATCHED_CHECKPOINT - 1, WATCHED_CHECKPOINT]);
  storage.off = true;
  watch.keptForRuns.forEach((tree, index) => {
    const next = new SimulatedWorld(SEED + index, 2, tree, clock, JOB_LOADER);
    const random = new SeededRandom(SEED + index);
    const continued = startRun(next, workloadPlan({ seed: SEED, events: EVENTS, parallelism: 1 + random.nextInt(3), batchRows: 16 }));
    runUntil(next, continued);
    expect(continued.run.phase, continued.log.join('\n')).toBe('finished');
    expect(committedLines(tree, OUTPUT), `tree ${index}`).toEqual(expectedWindows(SEED, EVENTS, KEYS, WINDOW_MS));
  });
  console.log(`${watch.trees} trees at ${watch.moments} moments, ${watch.keptForRuns.length} run to the end`);
});

/** Power loss at every disk operation of one checkpoint of the product's own nodes: n or n − 1 is found, and the job ends exactly. */
import { afterEach, beforeAll, expect, test } from 'vitest';
import { setKillPointHook } from '../../../engine/base/kill-point.ts';
import { chooseLatest } from '../../../engine/runtime/checkpoints/choose-checkpoint.ts';
import type { FaultStorage } from '../storage/fault-storage.ts';
import { createFilePipeline, describeDifference } from '../workload/file-pipeline.ts';
import { createDisk, loadProductNodes, PRODUCT_FOLDER, PRODUCT_LOADER, PRODUCT_OPTIONS, productPlan, readOutput } from './product-job.ts';
import { SimulatedClock } from './simulated-clock.ts';
import { runUntil, startRun } from './simulated-job.ts';
import { SimulatedWorld } from './simulated-world.ts';
import { survivals } from './survivals.ts';

const SEED = Number(process.env['MILLRACE_SEED'] ?? 1);
const WATCHED_CHECKPOINT = 3;
/** Trees run to the end of the job, spread over all of them. */
const FULL_RUNS = 60;

beforeAll(loadProductNodes);
afterEach(() => setKillPointHook(null));

test('every after-crash tree recovers to n or n − 1, and ends exactly', { timeout: 240_000 }, () => {
  const files = createFilePipeline({ seed: SEED, files: 4, rowsPerFile: 300, keys: 9, rowsPerSecond: null, rollMegabytes: 0.001 });
  const storage = createDisk(files);
  const clock = new SimulatedClock();
  const world = new SimulatedWorld(SEED, 1, storage, clock, PRODUCT_LOADER);
  world.watchKillPoints(null, 0);
  const job = startRun(world, productPlan(files, 2, 8), PRODUCT_OPTIONS);
  const inFlight = (): number => (job.run.history[0]?.id ?? 0) + 1;
  const trees: FaultStorage[] = [];
  const found = new Set<number>();
  storage.fault = (operation) => {
    if (inFlight() !== WATCHED_CHECKPOINT || operation === 'read' || operation === 'open') return null;
    for (const outcome of survivals(storage.pendingOperations())) {
      const tree = storage.afterPowerLoss(outcome);
      const id = chooseLatest(tree, PRODUCT_FOLDER, 'killed').checkpoint?.manifest.checkpointId ?? 0;
      expect([WATCHED_CHECKPOINT - 1, WATCHED_CHECKPOINT]).toContain(id);
      found.add(id);
      trees.push(tree);
    }
    return null;
  };
  runUntil(world, job, () => inFlight() > WATCHED_CHECKPOINT);
  expect(job.run.phase, job.log.join('\n')).toBe('running');
  expect([...found].sort()).toEqual([WATCHED_CHECKPOINT - 1, WATCHED_CHECKPOINT]);
  storage.off = true;
  const stride = Math.max(1, Math.floor(trees.length / FULL_RUNS));
  for (let index = 0; index < trees.length; index += stride) {
    const tree = trees[index];
    const next = new SimulatedWorld(SEED + index, 2, tree, clock, PRODUCT_LOADER);
    const continued = startRun(next, productPlan(files, 1 + (index % 3), 8), PRODUCT_OPTIONS);
    runUntil(next, continued);
    expect(continued.run.phase, `tree ${index}: ${continued.log.join('\n')}`).toBe('finished');
    expect(describeDifference(readOutput(tree), files.expected), `tree ${index}`).toBeNull();
  }
  console.log(`${trees.length} trees, every ${stride}th run to the end`);
});

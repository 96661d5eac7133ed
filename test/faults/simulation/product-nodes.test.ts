/** The product's own nodes (files, watermark, windows, exactly-once files) in one thread, killed and unplugged from seeds. */
import { afterEach, beforeAll, expect, test } from 'vitest';
import { setKillPointHook } from '../../../engine/base/kill-point.ts';
import { mix32, SeededRandom } from '../../../engine/base/random.ts';
import type { Survival } from '../storage/fault-storage.ts';
import { createFilePipeline, describeDifference } from '../workload/file-pipeline.ts';
import { createDisk, loadProductNodes, PRODUCT_LOADER, PRODUCT_OPTIONS, productPlan, readOutput } from './product-job.ts';
import { SimulatedClock } from './simulated-clock.ts';
import { runUntil, startRun } from './simulated-job.ts';
import { SimulatedWorld } from './simulated-world.ts';

const FIRST_SEED = Number(process.env['MILLRACE_SEED'] ?? 1);
const SEEDS = Number(process.env['MILLRACE_SEEDS'] ?? (process.env['MILLRACE_SEED'] === undefined ? 25 : 1));
const DEATHS_MAX = 6;
const STEPS_MAX = 700;
const SURVIVALS: readonly Survival[] = ['kept', 'lost', 'torn', 'zeroed'];

beforeAll(loadProductNodes);

afterEach(() => setKillPointHook(null));

/** Null when the output is right in the end. */
function live(seed: number, powerLoss: boolean, checkpoints: { readonly checkpointsComplete: number }[]): string | null {
  const random = new SeededRandom(mix32(seed));
  const files = createFilePipeline({ seed, files: 4, rowsPerFile: 150, keys: 5, rowsPerSecond: null, rollMegabytes: 0.001 });
  const clock = new SimulatedClock();
  let storage = createDisk(files);
  for (let life = 0; ; life++) {
    const plan = productPlan(files, 1 + random.nextInt(3), 1 + random.nextInt(40));
    const world = new SimulatedWorld(seed * 1000 + life, life + 1, storage, clock, PRODUCT_LOADER);
    world.watchKillPoints(null, 0);
    const job = startRun(world, plan, PRODUCT_OPTIONS);
    checkpoints.push(job.run);
    const lastStep = life < DEATHS_MAX ? random.nextInt(STEPS_MAX) : Number.POSITIVE_INFINITY;
    runUntil(world, job, (step) => step >= lastStep);
    if (storage.violations.length > 0) return storage.violations.join('; ');
    if (job.run.hasEnded()) {
      if (job.run.phase !== 'finished') return `${job.run.phase} in life ${life}: ${job.log.join('\n')}`;
      return describeDifference(readOutput(storage), files.expected);
    }
    storage.off = true;
    storage = powerLoss ? storage.afterPowerLoss(storage.pendingOperations().map(() => SURVIVALS[random.nextInt(4)])) : storage.afterKill();
  }
}

test.each(['kill', 'power loss'])(`%s, ${SEEDS} seeds from ${FIRST_SEED}`, { timeout: 600_000 }, (death) => {
  const runs: { readonly checkpointsComplete: number }[] = [];
  for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++)
    expect(live(seed, death === 'power loss', runs), `MILLRACE_SEED=${seed}`).toBeNull();
  const complete = runs.reduce((sum, run) => sum + run.checkpointsComplete, 0);
  expect(complete, 'checkpoints').toBeGreaterThan(10 * SEEDS);
});

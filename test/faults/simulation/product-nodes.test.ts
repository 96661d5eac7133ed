/** The product's own nodes (files, watermark, windows, exactly-once files) in one thread, killed and unplugged from seeds. */
import { afterEach, beforeAll, expect, test } from 'vitest';
import { setKillPointHook } from '../../../engine/base/kill-point.ts';
import { mix32, SeededRandom } from '../../../engine/base/random.ts';
import { loadPipeline } from '../../../engine/runtime/load-pipeline.ts';
import { createPlan, modulesOfGraph } from '../../../engine/runtime/plan/create-plan.ts';
import type { PhysicalPlan } from '../../../engine/runtime/plan/physical-plan.ts';
import { createNodeLoader } from '../../../engine/runtime/workers/node-loader.ts';
import { FaultStorage, type Survival } from '../storage/fault-storage.ts';
import { createFilePipeline, describeDifference, describeOutput, type FilePipeline } from '../workload/file-pipeline.ts';
import { SimulatedClock } from './simulated-clock.ts';
import { runUntil, startRun } from './simulated-job.ts';
import { SimulatedWorld } from './simulated-world.ts';

const FIRST_SEED = Number(process.env['MILLRACE_SEED'] ?? 1);
const SEEDS = Number(process.env['MILLRACE_SEEDS'] ?? (process.env['MILLRACE_SEED'] === undefined ? 25 : 1));
const DEATHS_MAX = 6;
const STEPS_MAX = 700;
const SURVIVALS: readonly Survival[] = ['kept', 'lost', 'torn', 'zeroed'];
const loader = createNodeLoader();

beforeAll(async () => {
  await loader.load(
    modulesOfGraph(
      pipelineOf(createFilePipeline({ seed: 1, files: 1, rowsPerFile: 1, keys: 1, rowsPerSecond: null, rollMegabytes: 1 }), 1, 1).graph,
    ),
  );
});

afterEach(() => setKillPointHook(null));

function pipelineOf(files: FilePipeline, parallelism: number, batchRows: number): ReturnType<typeof loadPipeline> {
  return loadPipeline({ path: '/job/pipeline.json', text: files.document, options: { restore: 'latest', parallelism, batchRows } });
}

function writeFile(storage: FaultStorage, path: string, text: string): void {
  const file = storage.open(path, 'create');
  file.write(new TextEncoder().encode(text), 0);
  file.sync();
  file.close();
}

function createDisk(files: FilePipeline): FaultStorage {
  const storage = new FaultStorage();
  storage.makeDirectory('/job/data');
  for (const [name, text] of files.inputs) writeFile(storage, `/job/data/${name}`, text);
  for (const folder of ['/job/data', '/job', '/']) storage.syncDirectory(folder);
  return storage;
}

function readOutput(storage: FaultStorage): string[] {
  const names = storage.list('/job/out').filter((entry) => !entry.directory && entry.name.endsWith('.ndjson'));
  return describeOutput(names.map(({ name }) => new TextDecoder().decode(storage.bytes(`/job/out/${name}`))));
}

/** Null when the output is right in the end. */
function live(seed: number, powerLoss: boolean): string | null {
  const random = new SeededRandom(mix32(seed));
  const files = createFilePipeline({ seed, files: 4, rowsPerFile: 150, keys: 5, rowsPerSecond: null, rollMegabytes: 0.001 });
  const clock = new SimulatedClock();
  let storage = createDisk(files);
  for (let life = 0; ; life++) {
    const { graph, settings } = pipelineOf(files, 1 + random.nextInt(3), 1 + random.nextInt(40));
    const plan: PhysicalPlan = createPlan(graph, settings, (type) => loader.module(type));
    const world = new SimulatedWorld(seed * 1000 + life, life + 1, storage, clock, loader);
    world.watchKillPoints(null, 0);
    const job = startRun(world, plan, { ringBytes: 8192, folder: '/job/.millrace/killed' });
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
  for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++)
    expect(live(seed, death === 'power loss'), `MILLRACE_SEED=${seed}`).toBeNull();
});

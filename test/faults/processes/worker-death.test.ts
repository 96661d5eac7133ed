/** Worker threads and the I/O thread that end under a running job: it restarts from its last checkpoint, exactly. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunPhase } from '../../../engine/host/contract.ts';
import { JobRun } from '../../../engine/runtime/coordinator/job-run.ts';
import { loadPipeline } from '../../../engine/runtime/load-pipeline.ts';
import { createNodeWorld } from '../../../engine/runtime/node-world.ts';
import { createPlan, modulesOfGraph } from '../../../engine/runtime/plan/create-plan.ts';
import { createNodeLoader } from '../../../engine/runtime/workers/node-loader.ts';
import { WorkerPool } from '../../../engine/runtime/workers/worker-pool.ts';
import { createFilePipeline, describeDifference, describeOutput } from '../workload/file-pipeline.ts';

const SHAPE = { seed: 7, files: 4, rowsPerFile: 3000, keys: 5, rowsPerSecond: 12_000, rollMegabytes: 0.001 };
const DEATHS = 3;

let folder = '';
let pool: WorkerPool;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'millrace-death-'));
  pool = new WorkerPool({ bundleFolder: path.resolve('build/engine'), warm: 2 });
});

afterAll(async () => {
  await pool.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Threads {
  readonly all: Set<{ readonly thread: { terminate(): Promise<number> }; readonly lent: boolean }>;
  readonly ioThread: { terminate(): Promise<number> } | null;
}

/** Threads are the pool's own affair; a test may reach for them to end one. */
function threadsOf(victim: 'worker' | 'I/O worker'): { terminate(): Promise<number> } | null {
  const threads = pool as unknown as Threads;
  if (victim === 'I/O worker') return threads.ioThread;
  return [...threads.all].find(({ lent }) => lent)?.thread ?? null;
}

test.each(['worker', 'I/O worker'] as const)('%s', { timeout: 60_000 }, async (victim) => {
  const place = path.join(folder, victim.replace('/', ''));
  const files = createFilePipeline(SHAPE);
  mkdirSync(path.join(place, 'data'), { recursive: true });
  for (const [name, text] of files.inputs) writeFileSync(path.join(place, 'data', name), text);
  const request = {
    path: path.join(place, 'pipeline.json'),
    text: files.document,
    options: { restore: 'latest', parallelism: 2, checkpointIntervalMs: 30 },
  } as const;
  const { graph, settings, options } = loadPipeline(request);
  const loader = createNodeLoader();
  await loader.load(modulesOfGraph(graph));
  const phases: RunPhase[] = [];
  let deaths = 0;
  let sinceDeath = 0;
  const ended = new Promise<JobRun>((resolve) => {
    const run = new JobRun(
      createPlan(graph, settings, (type) => loader.module(type)),
      { ...options, restart: { kind: 'fixed-delay', attempts: 20, delayMs: 50 } },
      createNodeWorld(pool, loader),
      {
        phase(phase) {
          phases.push(phase);
          if (run.hasEnded()) resolve(run);
        },
        checkpoint(info) {
          if (info.status !== 'complete' || deaths >= DEATHS || ++sinceDeath < 3) return;
          sinceDeath = 0;
          deaths++;
          void threadsOf(victim)?.terminate();
        },
        log: () => undefined,
        restored: () => undefined,
        rows: () => undefined,
        counters: () => undefined,
        tapped: () => undefined,
        observed: () => undefined,
      },
    );
    run.start();
  });
  const run = await ended;
  expect(run.phase, phases.join(' ')).toBe('finished');
  expect(deaths).toBe(DEATHS);
  if (victim === 'worker') expect(phases.filter((phase) => phase === 'restarting')).toHaveLength(DEATHS);
  const out = path.join(place, 'out');
  const texts = readdirSync(out)
    .filter((name) => name.endsWith('.ndjson'))
    .map((name) => readFileSync(path.join(out, name), 'utf8'));
  expect(describeDifference(describeOutput(texts), files.expected)).toBeNull();
});

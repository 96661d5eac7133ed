/** An engine in this process whose worker threads are ready, for benchmarks of what happens inside one. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { RunOptions, RunStatus } from '../../engine/host/contract.ts';
import { createJobManager } from '../../engine/runtime/job-manager.ts';
import type { JobManager } from '../../engine/runtime/job-manager-api.ts';
import { BENCH_FOLDER, ROOT } from './measured-run.ts';

export interface WarmEngine {
  readonly jobs: JobManager;
  /** Thrown away afterwards. */
  readonly folder: string;
  start(document: object, options?: Partial<RunOptions>): Promise<RunStatus>;
  /** Starts, waits for the end and throws when it is not a good one. */
  run(document: object, options?: Partial<RunOptions>): Promise<void>;
}

export async function withWarmEngine<T>(use: (engine: WarmEngine) => Promise<T>): Promise<T> {
  mkdirSync(BENCH_FOLDER, { recursive: true });
  const folder = mkdtempSync(path.join(BENCH_FOLDER, 'engine-'));
  const jobs = createJobManager({ bundleFolder: path.join(ROOT, 'build', 'engine'), warmWorkers: 2 });
  let runs = 0;
  const start = async (document: object, options: Partial<RunOptions> = {}) => {
    const checkpointDirectory = path.join(folder, `checkpoints-${runs++}`);
    const pipeline = path.join(folder, 'pipeline.json');
    return jobs.start({
      path: pipeline,
      text: JSON.stringify(document),
      options: { restore: 'none', parallelism: 1, checkpointDirectory, ...options },
    });
  };
  try {
    return await use({
      jobs,
      folder,
      start,
      run: async (document, options) => {
        const { runId } = await start(document, options);
        const ended = await jobs.whenEnded(runId);
        if (ended.phase !== 'finished') throw new Error(`the run ended as ${ended.phase}: ${ended.error?.message}`);
      },
    });
  } finally {
    await jobs.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

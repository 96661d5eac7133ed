/** A process that runs the fault tests' job with real threads and files until it ends or is killed. */
import path from 'node:path';
import { CHECKPOINT_DEFAULTS } from '../../../engine/runtime/coordinator/job-options.ts';
import { JobRun } from '../../../engine/runtime/coordinator/job-run.ts';
import { createNodeWorld } from '../../../engine/runtime/node-world.ts';
import { armKillPoints } from '../../../engine/runtime/workers/arm-kill-points.ts';
import { createLoader, modulesOf } from '../../../engine/runtime/workers/operator-loader.ts';
import { WorkerPool } from '../../../engine/runtime/workers/worker-pool.ts';
import { workloadPlan } from '../simulation/simulated-job.ts';
import { MODULES } from '../workload/operators.ts';
import { STAGED_SINK } from '../workload/staged-sink.ts';

export interface WorkloadSettings {
  readonly directory: string;
  readonly seed: number;
  readonly events: number;
  readonly parallelism: number;
  readonly batchRows: number;
  readonly intervalMs: number;
  readonly pauses: boolean;
}

async function main(settings: WorkloadSettings): Promise<void> {
  armKillPoints();
  const { directory } = settings;
  const modules = { ...MODULES, sink: STAGED_SINK };
  const loader = createLoader(async ({ type }) => modules[type as keyof typeof modules]);
  const pool = new WorkerPool({ bundleFolder: path.dirname(process.argv[1]), warm: settings.parallelism });
  pool.warmUp();
  const plan = workloadPlan(settings, path.join(directory, 'out'));
  await loader.load(modulesOf(plan));
  const run = new JobRun(
    plan,
    {
      ...CHECKPOINT_DEFAULTS,
      folder: path.join(directory, 'checkpoints', 'job'),
      restore: 'latest',
      allowNonRestoredState: false,
      checkpointIntervalMs: settings.intervalMs,
      restart: { kind: 'none' },
      ringBytes: 64 * 1024,
    },
    createNodeWorld(pool, loader),
    {
      phase(phase, failure) {
        process.stdout.write(`${phase}${failure === null ? '' : ` ${failure.message} ${failure.stack}`}\n`);
        if (phase === 'finished' || phase === 'failed') void pool.close().then(() => process.exit(phase === 'finished' ? 0 : 1));
      },
      checkpoint(info) {
        if (info.status !== 'in-progress') process.stdout.write(`checkpoint ${info.id} ${info.status} ${info.failure ?? ''}\n`);
      },
      log: (level, nodeId, message) => process.stdout.write(`${level} ${nodeId ?? ''} ${message}\n`),
      rows: () => undefined,
      counters: () => undefined,
      tapped: () => undefined,
    },
  );
  run.start();
}

void main(JSON.parse(process.argv[2]) as WorkloadSettings);

/** The fault tests' pipeline on the simulated world: events → windows by key → staged sink. */
import type { RunPhase } from '../../../engine/host/contract.ts';
import { CHECKPOINT_DEFAULTS, type JobOptions } from '../../../engine/runtime/coordinator/job-options.ts';
import { JobRun } from '../../../engine/runtime/coordinator/job-run.ts';
import type { Partitioning, PhysicalPlan } from '../../../engine/runtime/plan/physical-plan.ts';
import type { FailureMessage } from '../../../engine/runtime/workers/messages.ts';
import { MODULES } from '../workload/operators.ts';
import { EVENT_SCHEMA, RESULT_SCHEMA } from '../workload/rows.ts';
import { STAGED_SINK } from '../workload/staged-sink.ts';
import { loaderOf } from './simulated-workers.ts';
import type { SimulatedWorld } from './simulated-world.ts';
import { testPlan } from './test-plan.ts';

export const OUTPUT = '/out';
export const FOLDER = '/checkpoints/test-job';
export const KEYS = 7;
export const WINDOW_MS = 200;
export const JOB_LOADER = loaderOf({ ...MODULES, sink: STAGED_SINK });

export interface JobShape {
  readonly seed: number;
  readonly events: number;
  readonly parallelism: number;
  readonly batchRows: number;
  /** How rows leave the source, and the subtasks on both sides, at most `parallelism`. */
  readonly spread?: { readonly partitioning: Partitioning; readonly from: number; readonly to: number };
}

export function workloadPlan(shape: JobShape): PhysicalPlan {
  const { seed, events, parallelism, batchRows, spread } = shape;
  return testPlan(
    parallelism,
    [
      {
        id: 'source',
        type: 'events',
        config: { seed, events, keys: KEYS, splitEvents: 16, pauses: true },
        inputs: [],
        outputs: [EVENT_SCHEMA],
        parallelism: spread?.from ?? parallelism,
      },
      { id: 'pass', type: 'pass', inputs: [EVENT_SCHEMA], outputs: [EVENT_SCHEMA], parallelism: spread?.to ?? parallelism },
      { id: 'windows', type: 'windows', config: { windowMs: WINDOW_MS }, inputs: [EVENT_SCHEMA], outputs: [RESULT_SCHEMA] },
      { id: 'sink', type: 'sink', config: { directory: OUTPUT }, inputs: [RESULT_SCHEMA], outputs: [] },
    ],
    [
      { from: 'source', to: 'pass', partitioning: spread?.partitioning ?? { kind: 'forward' } },
      { from: 'pass', to: 'windows', partitioning: { kind: 'hash', columns: ['key'] } },
      { from: 'windows', to: 'sink' },
    ],
    batchRows,
  );
}

export const SIMULATED_OPTIONS: JobOptions = {
  ...CHECKPOINT_DEFAULTS,
  folder: FOLDER,
  restore: 'latest',
  allowNonRestoredState: false,
  checkpointIntervalMs: 5,
  restart: { kind: 'fixed-delay', attempts: 3, delayMs: 5 },
  ringBytes: 2048,
};

export interface SimulatedRun {
  readonly run: JobRun;
  readonly phases: RunPhase[];
  readonly log: string[];
  failure: FailureMessage | null;
  /** Checkpoints the run went on from. */
  restores: number;
  /** Lines for whoever watches. */
  readonly shown: string[];
}

/** Creates and starts a run; a kill during the start counts as a kill. */
export function startRun(world: SimulatedWorld, plan: PhysicalPlan, options: Partial<JobOptions> = {}): SimulatedRun {
  const phases: RunPhase[] = [];
  const log: string[] = [];
  const result: SimulatedRun = {
    phases,
    log,
    failure: null,
    restores: 0,
    shown: [],
    run: new JobRun(plan, { ...SIMULATED_OPTIONS, ...options }, world, {
      phase(phase, failure) {
        phases.push(phase);
        if (failure !== null) result.failure = failure;
      },
      checkpoint: () => undefined,
      log: ({ level, nodeId, text }) => log.push(`${level} ${nodeId ?? ''} ${text.en}`),
      restored: (checkpoint) => {
        if (checkpoint !== null) result.restores++;
      },
      rows: (_nodeId, lines) => result.shown.push(...lines),
      counters: () => undefined,
      tapped: () => undefined,
      observed: () => undefined,
    }),
  };
  try {
    result.run.start();
  } catch (error) {
    if (!world.dead) throw error;
  }
  return result;
}

const STEPS_MAX = 400_000;

/** Until the run ends, the world dies, or `stop` says so. */
export function runUntil(world: SimulatedWorld, job: SimulatedRun, stop: (step: number) => boolean = () => false): void {
  for (let step = 0; !job.run.hasEnded() && !world.dead; step++) {
    if (stop(step)) return;
    if (step > STEPS_MAX) throw new Error(`no end after ${STEPS_MAX} events: ${job.run.phase}\n${job.log.join('\n')}`);
    world.step();
  }
}

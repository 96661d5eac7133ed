/** The life of a job over several processes that die at moments a seed chooses; shared by honest and sabotaged runs. */
import { setKillPointHook } from '../../../engine/base/kill-point.ts';
import { mix32, SeededRandom } from '../../../engine/base/random.ts';
import { listCheckpoints, validateCheckpoint } from '../../../engine/runtime/checkpoints/checkpoint-folder.ts';
import { IN_FLIGHT } from '../../../engine/runtime/tasks/in-flight.ts';
import { FaultStorage, type Survival } from '../storage/fault-storage.ts';
import { committedLines } from '../workload/staged-sink.ts';
import { SimulatedClock } from './simulated-clock.ts';
import { FOLDER, JOB_LOADER, type JobShape, OUTPUT, runUntil, startRun, workloadPlan } from './simulated-job.ts';
import { SimulatedWorld } from './simulated-world.ts';

export const EVENTS = 250;
/** After so many deaths the job may run to its end. */
const DEATHS_MAX = 6;
const STEPS_MAX = 1500;
const SURVIVALS: readonly Survival[] = ['kept', 'lost', 'torn', 'zeroed'];

export interface LivesOptions {
  readonly seed: number;
  readonly death: 'kill' | 'power loss';
  /** Before a life begins: what else happens to the disk. */
  readonly between?: (storage: FaultStorage, random: SeededRandom) => void;
  /** The same number of subtasks in every life. */
  readonly parallelism?: number;
  /** How rows leave the source. */
  readonly spread?: JobShape['spread'];
  /** Unaligned checkpoints, after so long. */
  readonly overtakeAfterMs?: number;
  /** Barriers hold nothing back. */
  readonly atLeastOnce?: boolean;
}

export interface Lives {
  readonly lines: string[];
  readonly traces: number[];
  readonly deaths: number;
  /** Channels with rows on their way, over the checkpoints that lives were continued from. */
  readonly inFlight: number;
  readonly violations: readonly string[];
  /** Why the last life ended, if it did not finish. */
  readonly failure: string | null;
}

export function liveThrough(options: LivesOptions): Lives {
  const { seed } = options;
  const random = new SeededRandom(mix32(seed));
  const clock = new SimulatedClock();
  let storage = new FaultStorage();
  storage.makeDirectory(OUTPUT);
  storage.syncDirectory('/');
  const traces: number[] = [];
  const violations: string[] = [];
  let inFlight = 0;
  try {
    for (let life = 0; ; life++) {
      if (life > 0) options.between?.(storage, random);
      const parallelism = options.parallelism ?? 1 + random.nextInt(3);
      const world = new SimulatedWorld(seed * 1000 + life, life + 1, storage, clock, JOB_LOADER);
      world.watchKillPoints(null, 0);
      const shape = {
        seed,
        events: EVENTS,
        parallelism,
        batchRows: 1 + random.nextInt(20),
        ...(options.spread === undefined ? {} : { spread: options.spread }),
      };
      const plan = { ...workloadPlan(shape), alignsBarriers: options.atLeastOnce !== true };
      const job = startRun(world, plan, { overtakeAfterMs: options.overtakeAfterMs ?? null });
      const lastStep = life < DEATHS_MAX ? random.nextInt(STEPS_MAX) : Number.POSITIVE_INFINITY;
      runUntil(world, job, (step) => step >= lastStep);
      traces.push(world.trace);
      violations.push(...storage.violations);
      if (job.run.hasEnded()) {
        const failure = job.run.phase === 'finished' ? null : `${job.run.phase}: ${job.failure?.message ?? ''}\n${job.log.join('\n')}`;
        return { lines: committedLines(storage, OUTPUT), traces, deaths: life, inFlight, violations, failure };
      }
      storage.off = true;
      const choose = (): Survival => SURVIVALS[random.nextInt(SURVIVALS.length)];
      storage = options.death === 'power loss' ? storage.afterPowerLoss(storage.pendingOperations().map(choose)) : storage.afterKill();
      inFlight += countInFlight(storage);
    }
  } finally {
    setKillPointHook(null);
  }
}

/** In the newest checkpoint that is whole. */
function countInFlight(storage: FaultStorage): number {
  for (const { path } of storage.exists(FOLDER) ? listCheckpoints(storage, FOLDER) : []) {
    try {
      const sections = validateCheckpoint(storage, path, null).states.flatMap(({ description }) => description.sections);
      return sections.filter(({ name }) => name === IN_FLIGHT).length;
    } catch {
      // Torn by the power loss: the one before it counts.
    }
  }
  return 0;
}

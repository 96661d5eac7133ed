/** The life of a job over several processes that die at moments a seed chooses; shared by honest and sabotaged runs. */
import { setKillPointHook } from '../../../engine/base/kill-point.ts';
import { mix32, SeededRandom } from '../../../engine/base/random.ts';
import { FaultStorage, type Survival } from '../storage/fault-storage.ts';
import { committedLines } from '../workload/staged-sink.ts';
import { SimulatedClock } from './simulated-clock.ts';
import { JOB_LOADER, OUTPUT, runUntil, startRun, workloadPlan } from './simulated-job.ts';
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
}

export interface Lives {
  readonly lines: string[];
  readonly traces: number[];
  readonly deaths: number;
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
  try {
    for (let life = 0; ; life++) {
      if (life > 0) options.between?.(storage, random);
      const parallelism = options.parallelism ?? 1 + random.nextInt(3);
      const world = new SimulatedWorld(seed * 1000 + life, life + 1, storage, clock, JOB_LOADER);
      world.watchKillPoints(null, 0);
      const plan = workloadPlan({ seed, events: EVENTS, parallelism, batchRows: 1 + random.nextInt(20) });
      const job = startRun(world, plan);
      const lastStep = life < DEATHS_MAX ? random.nextInt(STEPS_MAX) : Number.POSITIVE_INFINITY;
      runUntil(world, job, (step) => step >= lastStep);
      traces.push(world.trace);
      violations.push(...storage.violations);
      if (job.run.hasEnded()) {
        const failure = job.run.phase === 'finished' ? null : `${job.run.phase}: ${job.failure?.message ?? ''}\n${job.log.join('\n')}`;
        return { lines: committedLines(storage, OUTPUT), traces, deaths: life, violations, failure };
      }
      storage.off = true;
      const choose = (): Survival => SURVIVALS[random.nextInt(SURVIVALS.length)];
      storage = options.death === 'power loss' ? storage.afterPowerLoss(storage.pendingOperations().map(choose)) : storage.afterKill();
    }
  } finally {
    setKillPointHook(null);
  }
}

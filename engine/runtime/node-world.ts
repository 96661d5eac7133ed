/** The coordinator's world in the engine process: real clock, disk, threads. */
import { systemClock } from '../base/node-clock.ts';
import { createNodeProcessTable } from '../base/node-process-table.ts';
import { createNodeStorage } from '../base/node-storage.ts';
import { SeededRandom } from '../base/random.ts';
import type { CoordinatorWorld } from './coordinator/world.ts';
import type { OperatorLoader } from './workers/operator-loader.ts';
import type { WorkerPool } from './workers/worker-pool.ts';

export function createNodeWorld(pool: WorkerPool, loader: OperatorLoader): CoordinatorWorld {
  return {
    clock: systemClock,
    random: new SeededRandom(systemClock.now() ^ (process.pid << 8)),
    storage: createNodeStorage(),
    processes: createNodeProcessTable(),
    loader,
    timers(delayMs, action) {
      const timer = setTimeout(action, delayMs);
      return () => clearTimeout(timer);
    },
    leaseWorkers: (count) => pool.lease(count),
    io: (request, reply) => pool.io(request, reply),
  };
}

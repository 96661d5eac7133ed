/** The worker's side of a checkpoint: copies the state of a task's operators and sends it, at once or with the rows it overtook. */
import type { Clock } from '../../base/clock.ts';
import type { JobMemory } from '../../columnar/job-memory.ts';
import type { SnapshotBuffers } from '../checkpoints/snapshot-buffers.ts';
import { SnapshotCollector } from '../checkpoints/snapshot-collector.ts';
import { writeInFlight } from '../tasks/in-flight.ts';
import type { TaskHost } from '../tasks/task-host.ts';
import type { FromWorker, ToWorker } from './messages.ts';

type Allocation = Extract<ToWorker, { type: 'allocate' }>;
type Trigger = Extract<ToWorker, { type: 'trigger' }>;

export function overtakeAt({ overtakeAfterMs }: Trigger, clock: Clock): number | null {
  return overtakeAfterMs === null ? null : clock.now() + overtakeAfterMs;
}

export function createSnapshotTaker(
  world: { readonly clock: Clock; send(message: FromWorker): void },
  { plan, subtask }: Allocation,
  memory: JobMemory,
  buffers: SnapshotBuffers,
  task: number,
): Pick<TaskHost, 'snapshot' | 'inFlight'> {
  let waiting: { readonly checkpointId: number; readonly collector: SnapshotCollector } | null = null;
  const send = (checkpointId: number, { sections, syncPaths, committables }: SnapshotCollector): void =>
    world.send({ type: 'snapshot', checkpointId, task, subtask, sections, syncPaths, committables });
  return {
    snapshot(checkpointId, operators, more) {
      const startedAt = world.clock.monotonic();
      const collector = new SnapshotCollector(checkpointId, memory, buffers);
      for (const operator of operators) collector.take(operator, subtask, plan.maxParallelism);
      if (more) waiting = { checkpointId, collector };
      else send(checkpointId, collector);
      world.send({ type: 'paused', checkpointId, pauseMs: world.clock.monotonic() - startedAt });
    },
    inFlight(checkpointId, channels) {
      if (waiting?.checkpointId !== checkpointId) return;
      const { collector } = waiting;
      waiting = null;
      writeInFlight(channels, { start: 0, end: -1 }, collector);
      send(checkpointId, collector);
    },
  };
}

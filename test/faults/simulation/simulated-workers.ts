/** Several workers in one thread: the production core, stepped in an order that follows from a seed. */
import type { Random } from '../../../engine/base/random.ts';
import type { Storage } from '../../../engine/base/storage.ts';
import { JobMemory } from '../../../engine/columnar/job-memory.ts';
import { SILENT_DOORBELL } from '../../../engine/runtime/channels/doorbell.ts';
import type { PhysicalPlan } from '../../../engine/runtime/plan/physical-plan.ts';
import type { FromWorker, RingOffer } from '../../../engine/runtime/workers/messages.ts';
import type { NodeModule, OperatorLoader } from '../../../engine/runtime/workers/operator-loader.ts';
import { WorkerCore } from '../../../engine/runtime/workers/worker-core.ts';
import type { SimulatedClock } from './simulated-clock.ts';

const MEMORY_BYTES = 64 * 1024 * 1024;

/** A loader over modules that are here already. */
export function loaderOf(modules: Readonly<Record<string, NodeModule>>): OperatorLoader {
  return { load: async () => undefined, module: (type) => modules[type] };
}

export interface SimulatedWorker {
  readonly core: WorkerCore;
  readonly outbox: FromWorker[];
}

export function createSimulatedWorker(loader: OperatorLoader, clock: SimulatedClock, storage: Storage): SimulatedWorker {
  const outbox: FromWorker[] = [];
  const core = new WorkerCore({
    clock,
    storage,
    loader,
    doorbellOf: () => SILENT_DOORBELL,
    send: (message) => outbox.push(message),
    wake: () => undefined,
    createMemory: () => new JobMemory({ shared: true, maximumBytes: MEMORY_BYTES }),
  });
  return { core, outbox };
}

/** Allocates, connects and starts a plan on as many workers as it needs, without a coordinator. */
export function deploy(workers: readonly SimulatedWorker[], plan: PhysicalPlan, ringBytes: number, seed: number): void {
  const memories: WebAssembly.Memory[] = [];
  const rings: RingOffer[][] = [];
  workers.forEach(({ core, outbox }, subtask) => {
    core.handle({ type: 'allocate', plan, subtask, attempt: 1, ringBytes, seed });
    const reply = outbox.shift();
    if (reply?.type !== 'allocated') throw new Error(`worker ${subtask} answered ${JSON.stringify(reply)}`);
    memories.push(reply.memory);
    rings.push([...reply.rings]);
  });
  const doorbells = workers.map(() => new SharedArrayBuffer(16));
  for (const { core } of workers) core.handle({ type: 'connect', memories, rings, doorbells, restored: [] });
  for (const { core } of workers) core.handle({ type: 'start' });
}

/** Steps one task chosen by `random`; false when `tries` choices in a row found nothing to do. */
export function stepSomething(
  workers: readonly SimulatedWorker[],
  random: Random,
  onStep: (worker: number, task: number, state: string) => void,
): boolean {
  const choices = workers.flatMap(({ core }, worker) => Array.from({ length: core.taskCount() }, (_, task) => ({ worker, task })));
  const start = random.nextInt(choices.length);
  for (let turn = 0; turn < choices.length; turn++) {
    const { worker, task } = choices[(start + turn) % choices.length];
    const state = workers[worker].core.stepTask(task);
    onStep(worker, task, state);
    if (state === 'progress') return true;
  }
  return false;
}

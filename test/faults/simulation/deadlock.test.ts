/** The task core under a seeded scheduler: fan-out, back-pressure, marks, barriers and unbundling never come to a standstill. */
import { expect, test } from 'vitest';
import { SeededRandom } from '../../../engine/base/random.ts';
import type { Storage } from '../../../engine/base/storage.ts';
import { readRows } from '../../../engine/columnar/row-reader.ts';
import type { OperatorModule } from '../../../engine/operators/operator.ts';
import type { ToWorker } from '../../../engine/runtime/workers/messages.ts';
import { MODULES, quietOperator } from '../workload/operators.ts';
import { EVENT_SCHEMA, expectedWindows, RESULT_SCHEMA } from '../workload/rows.ts';
import { SimulatedClock } from './simulated-clock.ts';
import { createSimulatedWorker, deploy, loaderOf, stepSomething } from './simulated-workers.ts';
import { testPlan } from './test-plan.ts';

const FIRST_SEED = Number(process.env['MILLRACE_SEED'] ?? 1);
const SEEDS = process.env['MILLRACE_SEED'] === undefined ? 60 : 1;
const EVENTS = 300;
const KEYS = 7;
const WINDOW_MS = 200;
const noStorage = {} as Storage;

interface Outcome {
  readonly results: string[];
  readonly passed: number;
  readonly checkpoints: number;
  readonly trace: number;
}

/** source → two ways (by key through unbundling; straight) → windows each; windows of the first also pass to a second sink. */
function runOnce(seed: number): Outcome {
  const random = new SeededRandom(seed);
  const parallelism = 1 + random.nextInt(3);
  const clock = new SimulatedClock();
  const results: string[] = [];
  let passed = 0;
  const collect: OperatorModule = {
    createOperator: () =>
      quietOperator({
        processBatch(_input, batch) {
          for (const row of readRows(batch)) results.push(`${String(row[0])}/${String(row[1])}=${String(row[2])},${String(row[3])}`);
          return 'done';
        },
      }),
  };
  const count: OperatorModule = {
    createOperator: () =>
      quietOperator({
        processBatch(_input, batch) {
          passed += batch.selectedCount;
          return 'done';
        },
      }),
  };
  const source = { seed, events: EVENTS, keys: KEYS, splitEvents: 16, pauses: true };
  const hash = { kind: 'hash', columns: ['key'] } as const;
  const plan = testPlan(
    parallelism,
    [
      { id: 'source', type: 'events', config: source, inputs: [], outputs: [EVENT_SCHEMA] },
      { id: 'unbundle', type: 'unbundle', inputs: [EVENT_SCHEMA], outputs: [EVENT_SCHEMA] },
      { id: 'pass', type: 'pass', inputs: [EVENT_SCHEMA], outputs: [EVENT_SCHEMA] },
      { id: 'windows', type: 'windows', config: { windowMs: WINDOW_MS }, inputs: [EVENT_SCHEMA], outputs: [RESULT_SCHEMA] },
      { id: 'both', type: 'count', inputs: [EVENT_SCHEMA], outputs: [] },
      { id: 'results', type: 'collect', inputs: [RESULT_SCHEMA], outputs: [], parallelism: 1 },
      { id: 'copies', type: 'count', inputs: [RESULT_SCHEMA], outputs: [] },
    ],
    [
      { from: 'source', to: 'unbundle' },
      { from: 'source', to: 'pass', partitioning: { kind: 'rebalance' } },
      { from: 'unbundle', to: 'windows', partitioning: hash },
      { from: 'pass', to: 'both', partitioning: { kind: 'broadcast' } },
      { from: 'unbundle', to: 'both' },
      { from: 'windows', to: 'results' },
      { from: 'windows', to: 'copies', partitioning: { kind: 'global' } },
    ],
    1 + random.nextInt(20),
  );
  const loader = loaderOf({ ...MODULES, collect, count });
  const workers = Array.from({ length: parallelism }, () => createSimulatedWorker(loader, clock, noStorage));
  const enumerator = MODULES['events'].createEnumerator?.(source as never, {} as never);
  deploy(workers, plan, 2048, seed);
  let trace = 0;
  let checkpointId = 0;
  let inFlight = 0;
  let complete = 0;
  const subtasks = plan.tasks.reduce((sum, task) => sum + task.parallelism, 0);
  let ended = 0;
  for (let step = 0; ended < parallelism; step++) {
    if (step > 400_000) throw new Error(`seed ${seed}: no end in sight`);
    if (random.nextInt(60) === 0 && (inFlight === 0 || random.nextInt(4) === 0)) {
      const order = random.nextInt(parallelism);
      const tell = (message: ToWorker) => workers.forEach((_, index) => workers[(index + order) % parallelism].core.handle(message));
      if (inFlight > 0) tell({ type: 'abort', checkpointId });
      checkpointId++;
      inFlight = subtasks;
      tell({ type: 'trigger', checkpointId, suspend: false, overtakeAfterMs: null });
    }
    const moved = stepSomething(workers, random, (worker, task, state) => {
      trace = (Math.imul(trace, 31) + worker * 1000 + task * 10 + state.length) | 0;
    });
    for (const worker of workers) {
      worker.core.report();
      for (let message = worker.outbox.shift(); message !== undefined; message = worker.outbox.shift()) {
        if (message.type === 'failed') throw new Error(`seed ${seed}: ${message.failure.stack}`);
        if (message.type === 'snapshot' && message.checkpointId === checkpointId && --inFlight === 0) complete++;
        if (message.type === 'ended') ended++;
        if (message.type === 'need-split') {
          const answer = enumerator?.nextSplit(0);
          worker.core.handle({ type: 'split', operator: message.operator, split: answer?.kind === 'split' ? answer.split : null });
        }
      }
    }
    if (!moved) clock.nowMs += 1;
    if (!moved && ended < parallelism && clock.nowMs > 1_700_000_100_000)
      throw new Error(`seed ${seed}: standstill at parallelism ${parallelism}`);
  }
  return { results: results.sort(), passed, checkpoints: complete, trace };
}

test(`no deadlock and no loss over ${SEEDS} seeds from ${FIRST_SEED}`, () => {
  for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
    const outcome = runOnce(seed);
    expect(outcome.results, `MILLRACE_SEED=${seed}`).toEqual(expectedWindows(seed, EVENTS, KEYS, WINDOW_MS));
    expect(outcome.checkpoints, `MILLRACE_SEED=${seed}`).toBeGreaterThan(0);
  }
});

test('the same seed takes the same way', () => {
  expect(runOnce(FIRST_SEED)).toEqual(runOnce(FIRST_SEED));
});

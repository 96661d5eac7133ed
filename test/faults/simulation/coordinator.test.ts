/** What the coordinator does when the world misbehaves: disks, crashes, stops, folders in use, state that does not fit. */
import { afterEach, expect, test } from 'vitest';
import { EngineError } from '../../../engine/base/errors.ts';
import { setKillPointHook } from '../../../engine/base/kill-point.ts';
import type { OperatorModule } from '../../../engine/operators/operator.ts';
import type { JobOptions } from '../../../engine/runtime/coordinator/job-options.ts';
import type { StopRequest } from '../../../engine/runtime/coordinator/job-run.ts';
import type { PhysicalPlan } from '../../../engine/runtime/plan/physical-plan.ts';
import { listStoredCheckpoints } from '../../../engine/runtime/stored-checkpoints.ts';
import type { createNodeLoader } from '../../../engine/runtime/workers/node-loader.ts';
import { FaultStorage, type OperationName } from '../storage/fault-storage.ts';
import { MODULES, quietOperator } from '../workload/operators.ts';
import { expectedWindows } from '../workload/rows.ts';
import { committedLines, STAGED_SINK } from '../workload/staged-sink.ts';
import { SimulatedClock } from './simulated-clock.ts';
import { FOLDER, JOB_LOADER, KEYS, OUTPUT, runUntil, type SimulatedRun, startRun, WINDOW_MS, workloadPlan } from './simulated-job.ts';
import { loaderOf } from './simulated-workers.ts';
import { SimulatedWorld } from './simulated-world.ts';

const SEED = Number(process.env['MILLRACE_SEED'] ?? 1);
const EVENTS = 300;
const expected = expectedWindows(SEED, EVENTS, KEYS, WINDOW_MS);

afterEach(() => setKillPointHook(null));

function createDisk(): FaultStorage {
  const storage = new FaultStorage();
  storage.makeDirectory(OUTPUT);
  storage.syncDirectory('/');
  return storage;
}

function plan(parallelism = 2, events = EVENTS): PhysicalPlan {
  return workloadPlan({ seed: SEED, events, parallelism, batchRows: 8 });
}

let processes = 0;

function createWorld(storage: FaultStorage, loader = JOB_LOADER, clock = new SimulatedClock()): SimulatedWorld {
  const world = new SimulatedWorld(SEED, ++processes, storage, clock, loader);
  world.watchKillPoints(null, 0);
  return world;
}

function runToEnd(storage: FaultStorage, options: Partial<JobOptions> = {}, thePlan = plan()): SimulatedRun {
  const world = createWorld(storage);
  const job = startRun(world, thePlan, options);
  runUntil(world, job);
  return job;
}

function expectFinished(job: SimulatedRun, storage: FaultStorage): void {
  expect(job.run.phase, job.log.join('\n')).toBe('finished');
  expect(committedLines(storage, OUTPUT)).toEqual(expected);
  expect(storage.violations).toEqual([]);
}

/** Fails operations of one kind on matching paths, from the `from`-th on, `times` times. */
function failSome(
  storage: FaultStorage,
  operation: OperationName,
  pattern: RegExp,
  code: string,
  from: number,
  times: number,
): () => number {
  let seen = 0;
  let failed = 0;
  storage.fault = (name, path) => {
    if (name !== operation || !pattern.test(path) || ++seen < from || failed >= times) return null;
    failed++;
    return code;
  };
  return () => failed;
}

test.each([
  ['write', /\.state$/, 'ENOSPC'],
  ['write', /manifest\.tmp$/, 'ENOSPC'],
  ['sync', /\.state$/, 'EIO'],
  ['sync', /manifest\.tmp$/, 'EIO'],
  ['syncDirectory', /chk-/, 'EIO'],
  ['rename', /manifest$/, 'EIO'],
  ['makeDirectory', /chk-/, 'EACCES'],
] as const)('%s of %s fails with %s: the checkpoint fails, the data is whole', (operation, pattern, code) => {
  for (let from = 1; from <= 7; from += 3) {
    const storage = createDisk();
    const failures = failSome(storage, operation, pattern, code, from, 3);
    const job = runToEnd(storage);
    expect(failures()).toBe(3);
    expect(job.run.checkpointsFailed).toBeGreaterThan(0);
    expectFinished(job, storage);
  }
});

test('checkpoints that keep failing fail the job, and it restarts until it may not', () => {
  const storage = createDisk();
  failSome(storage, 'sync', /\.state$/, 'EIO', 1, Number.POSITIVE_INFINITY);
  const job = runToEnd(storage, { tolerableFailures: 2, restart: { kind: 'fixed-delay', attempts: 2, delayMs: 5 } });
  expect(job.run.phase).toBe('failed');
  expect(job.phases.filter((phase) => phase === 'restarting')).toHaveLength(2);
  expect(job.failure?.message).toContain('3 checkpoints failed in a row');
});

/** Every third operation is tried; the seed decides which. */
const NTH_STEP = 3;

test('a disk operation fails once, one after the other until none does', () => {
  for (let n = 1 + (SEED % NTH_STEP); ; n += NTH_STEP) {
    const storage = createDisk();
    let count = 0;
    let fired = false;
    storage.fault = (operation) => {
      if (operation === 'read' || operation === 'open' || ++count !== n) return null;
      fired = true;
      return 'EIO';
    };
    const world = createWorld(storage);
    let job: SimulatedRun;
    try {
      job = startRun(world, plan(2, 60), { restart: { kind: 'fixed-delay', attempts: 5, delayMs: 5 } });
    } catch (error) {
      // Before the first task there is nothing to lose: the start is refused by name.
      expect(error).toBeInstanceOf(EngineError);
      continue;
    }
    runUntil(world, job);
    expect(job.run.phase, `operation ${n}: ${job.log.join('\n')}`).toBe('finished');
    expect(committedLines(storage, OUTPUT), `operation ${n}`).toEqual(expectedWindows(SEED, 60, KEYS, WINDOW_MS));
    if (!fired) break;
    expect(n).toBeLessThan(2000);
  }
});

function failingLoader(failures: { left: number }): ReturnType<typeof createNodeLoader> {
  const faulty: OperatorModule = {
    createOperator: (_config, context) => {
      let batches = 0;
      return quietOperator({
        processBatch(_input, batch) {
          if (++batches === 4 && failures.left > 0) {
            failures.left--;
            throw new Error('this row is poisonous');
          }
          context.output.emit(0, batch);
          return 'done';
        },
      });
    },
  };
  return loaderOf({ ...MODULES, sink: STAGED_SINK, pass: faulty });
}

test('an operator that throws restarts the job from its last checkpoint', () => {
  const storage = createDisk();
  const world = createWorld(storage, failingLoader({ left: 3 }));
  const job = startRun(world, plan(), { restart: { kind: 'fixed-delay', attempts: 5, delayMs: 5 } });
  runUntil(world, job);
  expect(job.phases.filter((phase) => phase === 'restarting').length).toBeGreaterThanOrEqual(1);
  expect(job.log.join('\n')).toContain("node 'pass' failed: this row is poisonous");
  expectFinished(job, storage);
});

test('without a restart strategy the job fails and names the node', () => {
  const world = createWorld(createDisk(), failingLoader({ left: 1 }));
  const job = startRun(world, plan(), { restart: { kind: 'none' } });
  runUntil(world, job);
  expect(job.run.phase).toBe('failed');
  expect(job.failure?.nodeId).toBe('pass');
});

interface Stopped {
  readonly job: SimulatedRun;
  readonly savepointPath: string | null;
}

function runAndStop(storage: FaultStorage, mode: StopRequest['mode'], afterSteps: number, checkpoints = 0): Stopped {
  const world = createWorld(storage);
  const job = startRun(world, plan());
  runUntil(world, job, (step) => step >= afterSteps && job.run.phase === 'running' && job.run.checkpointsComplete >= checkpoints);
  let savepointPath: string | null = null;
  job.run.stop({
    mode,
    done(outcome) {
      expect(outcome, job.log.join('\n')).toHaveProperty('savepoint');
      savepointPath = 'savepoint' in outcome ? (outcome.savepoint?.path ?? null) : null;
    },
  });
  runUntil(world, job);
  return { job, savepointPath };
}

test.each([40, 150, 300])('stop with savepoint after %d events, continued at another parallelism', (afterSteps) => {
  const storage = createDisk();
  const { job, savepointPath } = runAndStop(storage, 'keep-state', afterSteps);
  expect(job.run.phase).toBe('stopped');
  expect(savepointPath).toMatch(/\/sp-\d+$/);
  expectFinished(runToEnd(storage, {}, plan(3)), storage);
});

test('stop with drain fires every window', () => {
  const storage = createDisk();
  const { job, savepointPath } = runAndStop(storage, 'drain', 200);
  expect(job.run.phase).toBe('stopped');
  expect(savepointPath).toMatch(/\/sp-\d+$/);
  const lines = committedLines(storage, OUTPUT);
  const rows = lines.reduce((sum, line) => sum + Number(/=(\d+),/.exec(line)?.[1]), 0);
  expect(rows).toBeGreaterThan(0);
  expect(rows).toBeLessThanOrEqual(EVENTS);
});

test('stop and discard leaves the last checkpoint to go on from', () => {
  const storage = createDisk();
  const { job, savepointPath } = runAndStop(storage, 'discard', 250);
  expect(job.run.phase).toBe('stopped');
  expect(savepointPath).toBeNull();
  expectFinished(runToEnd(storage), storage);
});

test('a savepoint on request is kept, and a run can begin from its path', () => {
  const storage = createDisk();
  const world = createWorld(storage);
  const job = startRun(world, plan());
  runUntil(world, job, () => job.run.checkpointsComplete >= 4);
  let path = '';
  job.run.savepoint((outcome) => {
    if ('info' in outcome) path = outcome.info.path;
  });
  runUntil(world, job);
  expectFinished(job, storage);
  expect(listStoredCheckpoints(storage, '/checkpoints').filter(({ kind }) => kind === 'savepoint')).toHaveLength(1);
  const elsewhere = createDisk();
  copyTree(storage, elsewhere, path);
  const again = runToEnd(elsewhere, { restore: { path } });
  expect(again.run.phase, again.log.join('\n')).toBe('finished');
  // What was shown before the savepoint is not shown again, the rest is.
  const later = committedLines(elsewhere, OUTPUT);
  expect(later.length).toBeLessThan(expected.length);
  for (const line of later) expect(expected).toContain(line);
});

function copyTree(from: FaultStorage, to: FaultStorage, path: string): void {
  to.makeDirectory(path);
  for (const { name } of from.list(path)) {
    const file = to.open(`${path}/${name}`, 'create');
    file.write(from.bytes(`${path}/${name}`), 0);
    file.close();
  }
}

test('starting afresh forgets earlier checkpoints, also for a later `latest`', () => {
  const storage = createDisk();
  runAndStop(storage, 'discard', 250);
  for (const { name } of storage.list(OUTPUT)) storage.removeTree(`${OUTPUT}/${name}`);
  const world = createWorld(storage);
  const job = startRun(world, plan(), { restore: 'none' });
  runUntil(world, job, (step) => step >= 30);
  storage.off = true;
  const after = storage.afterKill();
  expectFinished(runToEnd(after), after);
});

test('a second run on the same folder is refused, with the process in its message', () => {
  const storage = createDisk();
  const clock = new SimulatedClock();
  const world = createWorld(storage, JOB_LOADER, clock);
  const first = startRun(world, plan());
  expect(() => startRun(world, plan())).toThrow(/another run \(process \d+\) uses checkpoint folder/);
  runUntil(world, first);
  expectFinished(first, storage);
});

test('a run whose folder was taken over completes no checkpoint any more', () => {
  const storage = createDisk();
  const zombie = createWorld(storage);
  const old = startRun(zombie, plan());
  runUntil(zombie, old, (step) => step >= 120);
  // For the successor the first process is dead.
  expectFinished(runToEnd(storage), storage);
  runUntil(zombie, old);
  expect(old.run.phase).toBe('failed');
  expect(old.log.join('\n')).toContain('has taken over checkpoint folder');
});

test('traces of checkpoints of which none is valid are refused, none at all is a fresh start', () => {
  const storage = createDisk();
  expectFinished(runToEnd(storage), storage);
  for (const { name } of storage.list(FOLDER)) if (name.startsWith('chk-')) storage.cut(`${FOLDER}/${name}/manifest`, 100);
  expect(() => runToEnd(storage)).toThrow(/no checkpoint in .* can be used/);
  for (const { name } of storage.list(FOLDER)) if (name.startsWith('chk-')) storage.removeTree(`${FOLDER}/${name}`);
  expect(() => runToEnd(storage)).toThrow(/there was a complete checkpoint, but none is left/);
  expect(() => runToEnd(storage)).toThrow(
    expect.objectContaining({
      details: expect.objectContaining({
        zh: {
          message: expect.stringMatching(/没有可用的检查点：曾有完整的检查点/),
          remedy: expect.stringMatching(/保存点.*--restore none/),
        },
      }),
    }),
  );
});

test('a torn newest checkpoint: the one before it is used, with a notice', () => {
  const storage = createDisk();
  const { job } = runAndStop(storage, 'discard', 0, 2);
  expect(job.run.checkpointsComplete).toBeGreaterThan(1);
  const newest = storage
    .list(FOLDER)
    .map(({ name }) => name)
    .filter((name) => name.startsWith('chk-') && storage.exists(`${FOLDER}/${name}/manifest`))
    .sort()
    .at(-1);
  const [state] = storage.list(`${FOLDER}/${newest}`).filter(({ name }) => name.endsWith('.state'));
  storage.cut(`${FOLDER}/${newest}/${state.name}`, 512);
  const next = runToEnd(storage);
  expect(next.run.phase).toBe('finished');
  expect(next.log.join('\n')).toMatch(/warning .*is not used: checkpoint file .* is damaged/);
});

test('state for another number of key groups, or of a node that is gone, is refused by name', () => {
  const storage = createDisk();
  runAndStop(storage, 'keep-state', 200);
  expect(() => runToEnd(storage, {}, { ...plan(), maxParallelism: 256 })).toThrow(/divided into 128 key groups, the job asks for 256/);
  const original = plan();
  const renamed = {
    ...original,
    operators: original.operators.map((each) => (each.nodeId === 'windows' ? { ...each, nodeId: 'other' } : each)),
  };
  expect(() => runToEnd(storage, {}, renamed)).toThrow(/the state of 'windows' .* has no node in the pipeline/);
  expect(runToEnd(storage, { allowNonRestoredState: true }, renamed).run.phase).toBe('finished');
});

test('superseded checkpoints are collected, the newest ones and savepoints stay', () => {
  const storage = createDisk();
  const world = createWorld(storage);
  const job = startRun(world, plan(), { retained: 2 });
  runUntil(world, job);
  for (let step = 0; step < 100; step++) world.step();
  expect(job.run.checkpointsComplete).toBeGreaterThan(3);
  const stored = listStoredCheckpoints(storage, '/checkpoints');
  expect(stored.filter(({ kind }) => kind === 'checkpoint')).toHaveLength(2);
  for (const { damage, nodes } of stored) {
    expect(damage).toBeNull();
    expect(nodes.map(({ nodeId }) => nodeId)).toContain('windows');
  }
  expect(storage.list(FOLDER).filter(({ name }) => /^(chk|sp)-/.test(name))).toHaveLength(stored.length);
});

test('a checkpoint that takes too long is given up, and the job goes on', () => {
  const storage = createDisk();
  const world = createWorld(storage);
  const io = world.io.bind(world);
  let swallowed = 0;
  world.io = (request, reply) => {
    if (request.type !== 'write-state' || swallowed >= 2) io(request, reply);
    else swallowed++;
  };
  const job = startRun(world, plan(), { checkpointTimeoutMs: 20 });
  runUntil(world, job);
  expect(job.log.join('\n')).toContain('it took longer than 20 ms');
  expectFinished(job, storage);
});

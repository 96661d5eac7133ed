/** The history of a job on a disk that can be damaged and a process that can be killed: what was written is found, the rest is told. */
import { expect, test } from 'vitest';
import { FaultStorage } from '../../../test/faults/storage/fault-storage.ts';
import type { ProcessTable } from '../../base/process-identity.ts';
import type { CheckpointInfo, RunMetrics } from '../../host/contract.ts';
import { sameText } from '../../spec/text.ts';
import { acquireOwnership } from '../checkpoints/owner.ts';
import { nodeEvent } from '../run-log/log-event.ts';
import { RUNS_MAX, RunHistory } from './run-history.ts';
import { type BeginningRun, RunRecorder } from './run-recorder.ts';

const JOB = '/work/.millrace/job';
const DAY_MS = 86_400_000;

class Killed extends Error {}

/** A process with a clock that a test sets. */
class World {
  storage = new FaultStorage();
  nowMs = 1_000_000;
  alive = true;
  readonly timersDue: (() => void)[] = [];
  readonly clock = { now: () => this.nowMs, monotonic: () => this.nowMs };
  readonly processes: ProcessTable = {
    self: () => ({ pid: 1, bootId: 'b', startTime: '1' }),
    isAlive: () => this.alive,
  };
  readonly timers = (_delayMs: number, action: () => void) => {
    this.timersDue.push(action);
    return () => this.timersDue.splice(this.timersDue.indexOf(action), 1);
  };

  constructor() {
    this.storage.makeDirectory(JOB);
    for (const folder of ['/', '/work', '/work/.millrace', JOB]) this.storage.syncDirectory(folder);
  }

  get history(): RunHistory {
    return new RunHistory(this.storage, JOB, this.processes);
  }

  record(runId: string, options: Partial<BeginningRun> = {}): RunRecorder {
    const beginning: BeginningRun = {
      runId,
      continues: false,
      documentId: 'job',
      pipelineName: 'Job',
      pipelinePath: '/work/job.json',
      text: `{"id":"job","run":"${runId}"}`,
      parallelism: 2,
      guarantee: 'exactly-once',
      sources: new Set(['in']),
      sinks: new Set(['out']),
      ...options,
    };
    return new RunRecorder(this, JOB, beginning, () => undefined);
  }

  /** One that began and finished at this moment. */
  finished(runId: string): void {
    const recorder = this.record(runId);
    recorder.begin();
    recorder.end('finished', null);
  }

  pathOf(runId: string): string {
    const entry = this.storage.list(`${JOB}/runs`).find(({ name }) => name.endsWith(`-${runId}`));
    return `${JOB}/runs/${entry?.name ?? 'absent'}`;
  }
}

function metrics(rows: number): RunMetrics {
  const figures = { bytesIn: 1, bytesOut: 1, busyMs: 1, idleMs: 0, backPressuredMs: 0, lateRecords: 0, partlyLateRecords: 0 };
  const load = { workMs: 1, busiest: 1, mostPressed: 0, task: 0 };
  const node = { ...figures, ...load, behindRecords: 0, badRecords: 0, stateBytes: 0, stateKeys: 0, watermark: null };
  return {
    runId: 'r',
    sequence: 1,
    atMs: 0,
    uptimeMs: 0,
    nodes: [
      { ...node, nodeId: 'in', rowsIn: 0, rowsOut: rows },
      { ...node, nodeId: 'out', rowsIn: rows - 1, rowsOut: 0 },
    ],
    edges: [],
    fullestWorker: 1,
    checkpointsComplete: 0,
    checkpointsFailed: 0,
  };
}

const CHECKPOINT: CheckpointInfo = {
  id: 3,
  kind: 'checkpoint',
  status: 'complete',
  startedAtMs: 5,
  durationMs: 6,
  bytes: 7,
  path: `${JOB}/chk-000003`,
  failure: null,
};

test('a run from its beginning to its end, with figures, checkpoints, log and document', () => {
  const world = new World();
  const recorder = world.record('a');
  recorder.startsFrom({ id: 2, kind: 'savepoint', path: '/sp' });
  recorder.begin();
  expect(world.history.list().runs[0]).toMatchObject({ runId: 'a', outcome: 'interrupted', endedAtMs: 1_000_000 });
  recorder.add(nodeEvent('warning', 'bad-line', 'in', sameText('line 7')));
  recorder.metrics(metrics(10));
  recorder.checkpoint({ ...CHECKPOINT, status: 'in-progress' });
  recorder.checkpoint(CHECKPOINT);
  recorder.checkpoint({ ...CHECKPOINT, id: 4, status: 'failed', failure: 'disk' });
  recorder.restarts();
  recorder.stops('keep-state');
  world.nowMs += 5000;
  recorder.end('stopped', null);
  expect(world.history.list()).toMatchObject({
    runs: [
      {
        runId: 'a',
        outcome: 'stopped',
        stopMode: 'keep-state',
        startedAtMs: 1_000_000,
        endedAtMs: 1_005_000,
        startedFrom: { id: 2 },
        restarts: 1,
        rowsIn: 10,
        rowsOut: 9,
        checkpointsComplete: 1,
        checkpointsFailed: 1,
        lastCheckpoint: { id: 3 },
        warnings: 1,
      },
    ],
    damaged: [],
  });
  const detail = world.history.show('a');
  expect(detail.nodes.map(({ nodeId, rowsIn, rowsOut }) => [nodeId, rowsIn, rowsOut])).toEqual([
    ['in', 0, 10],
    ['out', 9, 0],
  ]);
  expect(detail.checkpoints.map(({ id, kept }) => [id, kept])).toEqual([
    [4, false],
    [3, false],
  ]);
  expect(world.history.spec('a')).toBe('{"id":"job","run":"a"}');
  expect(world.history.log('a').entries.map(({ code, nodeId }) => [code, nodeId])).toEqual([['bad-line', 'in']]);
  expect(() => world.history.show('nobody')).toThrow(expect.objectContaining({ code: 'MR5026' }));
  expect(world.timersDue).toEqual([]);
});

test('the run of a living process goes on, that of a dead one was interrupted', () => {
  const world = new World();
  const ownership = acquireOwnership(world.storage, JOB, world.processes);
  world.record('a').begin();
  expect(world.history.list().runs[0]).toMatchObject({ outcome: 'running', endedAtMs: null });
  expect(world.history.show('a').outcome).toBe('running');
  world.alive = false;
  expect(world.history.list().runs[0].outcome).toBe('interrupted');
  world.alive = true;
  ownership.release();
  expect(world.history.show('a').outcome).toBe('interrupted');
});

test('an engine that follows a dead one goes on with the entry; one that cannot marks it lost', () => {
  const world = new World();
  const first = world.record('a');
  first.startsFrom({ id: 1, kind: 'checkpoint', path: '/c' });
  first.begin();
  first.add(nodeEvent('warning', 'bad-line', 'in', sameText('x')));
  world.nowMs += 20_000;
  for (const due of world.timersDue.splice(0)) due();
  const second = world.record('a', { continues: true });
  second.startsFrom({ id: 9, kind: 'checkpoint', path: '/c9' });
  second.begin();
  second.add(nodeEvent('info', 'source-ended', 'in', sameText('y')));
  second.end('finished', null);
  expect(world.history.list().runs).toMatchObject([
    { runId: 'a', outcome: 'finished', engineDeaths: 1, startedAtMs: 1_000_000, startedFrom: { id: 1 }, warnings: 2 },
  ]);
  expect(world.history.log('a').entries.map(({ sequence, code }) => [sequence, code])).toEqual([
    [1, 'bad-line'],
    [2, 'engine-died'],
    [3, 'source-ended'],
  ]);
  world.record('b').begin();
  world.history.markLost('b', { code: 'MR5022', message: 'gone', nodeId: null, remedy: null }, world.nowMs);
  world.history.markLost('unknown', null, world.nowMs);
  expect(world.history.list().runs[0]).toMatchObject({ runId: 'b', outcome: 'lost', error: { code: 'MR5022' } });
});

test('a damaged entry is told and the others are listed; a changed document is refused', () => {
  const world = new World();
  for (const runId of ['a', 'b', 'c']) {
    world.nowMs += 1000;
    world.finished(runId);
  }
  world.storage.flipBit(`${world.pathOf('b')}/run`, 900);
  world.storage.flipBit(`${world.pathOf('c')}/pipeline.json`, 9);
  const { runs, damaged } = world.history.list();
  expect(runs.map(({ runId }) => runId)).toEqual(['c', 'a']);
  expect(damaged).toEqual([{ runId: 'b', startedAtMs: 1_002_000, reason: 'its checksum does not fit its content' }]);
  expect(() => world.history.show('b')).toThrow(expect.objectContaining({ code: 'MR5020' }));
  expect(() => world.history.spec('c')).toThrow(/it is not the text that was run/);
  expect(world.history.spec('a')).toContain('"a"');
});

test('at most so many runs are kept, old ones go unless they are among the newest ten', () => {
  const world = new World();
  for (let index = 0; index < RUNS_MAX + 5; index++) {
    world.nowMs += 1000;
    world.finished(`r${index}`);
  }
  expect(world.history.list().runs).toHaveLength(RUNS_MAX);
  world.nowMs += 100 * DAY_MS;
  world.finished('new');
  expect(world.history.list().runs.map(({ runId }) => runId)).toEqual([
    'new',
    ...Array.from({ length: 9 }, (_, index) => `r${RUNS_MAX + 4 - index}`),
  ]);
});

test('a process that is killed at any operation leaves a history that can be read, and the next run begins', () => {
  for (let at = 1, ended = false; !ended; at++) {
    const world = new World();
    world.finished('before');
    world.nowMs += 1000;
    let operations = 0;
    world.storage.fault = () => {
      if (++operations >= at) throw new Killed();
      return null;
    };
    try {
      const recorder = world.record('a');
      recorder.begin();
      recorder.metrics(metrics(5));
      recorder.end('finished', null);
      ended = true;
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
    for (const survival of ['kept', 'lost', 'torn', 'zeroed'] as const) {
      const after = new World();
      after.storage = world.storage.afterPowerLoss(world.storage.pendingOperations().map(() => survival));
      const { runs, damaged } = after.history.list();
      expect(damaged, `operation ${at}, ${survival}`).toEqual([]);
      expect(runs.at(-1)?.runId).toBe('before');
      if (runs.length === 2) expect(['interrupted', 'finished']).toContain(runs[0].outcome);
      after.nowMs += 2000;
      after.finished('next');
      expect(after.history.list().runs[0]).toMatchObject({ runId: 'next', outcome: 'finished' });
    }
  }
});

test('a disk that is full is told once in the log, and the run goes on', () => {
  const world = new World();
  const recorder = world.record('a');
  recorder.begin();
  world.storage.fault = (operation) => (operation === 'write' ? 'ENOSPC' : null);
  recorder.add(nodeEvent('warning', 'bad-line', 'in', sameText('x')));
  recorder.add(nodeEvent('warning', 'bad-line', 'in', sameText('y')));
  recorder.end('finished', null);
  expect(recorder.entriesAfter(0).entries.map(({ code }) => code)).toEqual(['bad-line', 'history-not-written', 'bad-line']);
  world.storage.fault = null;
  expect(world.history.list()).toMatchObject({ runs: [{ runId: 'a', outcome: 'interrupted' }], damaged: [] });
});

test('a mistake of ours is not hidden as a disk that fails', () => {
  const world = new World();
  world.storage.fault = () => {
    throw new TypeError('ours');
  };
  expect(() => world.record('a').begin()).toThrow(TypeError);
});

/** A job manager that runs nothing: for tests of everything between a page and the engine. */
import { EngineError } from '../../engine/base/errors.ts';
import type { NodeTime, RunLogEntry, RunMetrics, RunStatus } from '../../engine/host/contract.ts';
import type { JobListener, JobManager, JobStartRequest } from '../../engine/runtime/job-manager-api.ts';

export interface FakeJobs extends JobManager {
  readonly started: JobStartRequest[];
  emitMetrics(metrics: RunMetrics): void;
  emitState(status: RunStatus): void;
  emitLog(entry: RunLogEntry): void;
}

export function createFakeJobs(): FakeJobs {
  const listeners = new Set<JobListener>();
  const runs = new Map<string, RunStatus>();
  const started: JobStartRequest[] = [];
  const find = (runId: string): RunStatus => {
    const status = runs.get(runId);
    if (status === undefined) throw new EngineError('MR5001', `there is no run ${runId}`, { domain: 'user', remedy: 'list the runs' });
    return status;
  };
  const emitState = (status: RunStatus): void => {
    runs.set(status.runId, status);
    for (const listener of listeners) listener.state?.(status);
  };
  return {
    started,
    emitState,
    emitLog: (entry) => {
      for (const listener of listeners) listener.log?.(entry);
    },
    emitMetrics: (metrics) => {
      for (const listener of listeners) listener.metrics?.(metrics);
    },
    start: async (request) => {
      started.push(request);
      if (request.text.includes('refuse'))
        throw new EngineError('MR2000', 'the pipeline has 1 problem', { domain: 'user', nodeId: 'n1', field: 'size' });
      const status = fakeStatus(request.runId ?? `run-${started.length}`, request.path);
      emitState(status);
      return status;
    },
    stop: async (runId, mode) => {
      emitState({ ...find(runId), phase: 'stopped', endedAtMs: 2 });
      return { savepointPath: mode === 'discard' ? null : '/savepoints/1' };
    },
    pace: (runId, paused, speed) => {
      emitState({ ...find(runId), paused, speed });
      return find(runId);
    },
    savepoint: async () => ({
      id: 1,
      kind: 'savepoint',
      status: 'complete',
      startedAtMs: 1,
      durationMs: 2,
      bytes: 3,
      path: '/savepoints/1',
      failure: null,
    }),
    list: () => [...runs.values()],
    status: find,
    whenEnded: async (runId) => find(runId),
    spec: (runId) => {
      find(runId);
      return '{}';
    },
    checkpoints: () => [],
    metrics: (runId) => fakeMetrics(runId, 1),
    subtasks: (runId, nodeId) => {
      find(runId);
      return [{ ...fakeMetrics(runId, 1).nodes[0], nodeId, subtask: 0, watermark: Number.POSITIVE_INFINITY }];
    },
    time: (runId, nodeId) => {
      find(runId);
      return { ...FAKE_TIME, nodeId };
    },
    tail: (_runId, _edgeId, afterSequence, rowsMax) => ({ rows: ['{"a":1}'].slice(0, rowsMax), last: afterSequence + 1, total: 1 }),
    preview: () => ({ rows: [], total: 0 }),
    results: (_runId, _nodeId, afterSequence) => ({ logId: 1, first: afterSequence + 1, last: 3, rows: [], total: 3, fromStart: true }),
    logs: (runId, afterSequence) => ({ entries: afterSequence < 1 ? [fakeLogEntry(runId)] : [], last: 1 }),
    record: () => undefined,
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => listeners.clear(),
  };
}

const FAKE_TIME: NodeTime = {
  nodeId: '',
  atMs: 5,
  ready: true,
  watermark: Number.POSITIVE_INFINITY,
  allowedLatenessMs: 0,
  channels: [
    {
      nodeId: 'n0',
      subtask: 0,
      watermark: null,
      idle: false,
      ended: false,
      rows: 3,
      quietMs: 4,
      reads: [{ nodeId: 's', subtask: 0, splits: ['a.ndjson'] }],
    },
  ],
  windows: [],
  more: 0,
  complete: true,
  counted: 3,
  missedSome: 2,
  late: 1,
  rows: [],
};

export function fakeStatus(runId: string, pipelinePath: string): RunStatus {
  return {
    runId,
    pipelinePath,
    pipelineName: 'fake',
    documentId: 'd1',
    phase: 'running',
    startedAtMs: 1,
    endedAtMs: null,
    attempt: 1,
    guarantee: 'exactly-once',
    guaranteeReason: { en: 'a', zh: 'b' },
    error: null,
    parallelism: 1,
    checkpointDirectory: '/checkpoints',
    paused: false,
    speed: null,
  };
}

export function fakeLogEntry(runId: string): RunLogEntry {
  const text = { en: 'a line', zh: '一行' };
  return { runId, sequence: 1, atMs: 5, level: 'warning', code: 'bad-line', nodeId: 'n1', subtask: 0, text };
}

export function fakeMetrics(runId: string, sequence: number): RunMetrics {
  const node = {
    nodeId: 'n1',
    rowsIn: 10,
    rowsOut: 9,
    bytesIn: 100,
    bytesOut: 90,
    busyMs: 1.5,
    idleMs: 2.5,
    backPressuredMs: 0,
    lateRecords: 1,
    partlyLateRecords: 2,
    behindRecords: 6,
    badRecords: 2,
    stateBytes: 4096,
    stateKeys: 3,
    stateDiskBytes: 8192,
    stateDiskWritten: 16_384,
    stateDiskRead: 512,
    watermark: 1_000,
    workMs: 0.5,
    busiest: 0.4,
    mostPressed: 0.25,
    task: 2,
  };
  return {
    runId,
    sequence,
    atMs: 5,
    uptimeMs: 4,
    nodes: [node, { ...node, nodeId: 'n2', watermark: null }, { ...node, nodeId: 'n3', watermark: Number.POSITIVE_INFINITY }],
    edges: [{ edgeId: 'e1', rows: 9, bytes: 90 }],
    checkpointsComplete: 2,
    fullestWorker: 0.5,
    checkpointsFailed: 0,
  };
}

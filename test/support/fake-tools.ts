/** Check, inference and export with fixed answers. */
import type { RunDetail } from '../../engine/host/contract.ts';
import type { PipelineHistory, PipelineTools } from '../../engine/host/engine-service.ts';
import { fakeLogEntry } from './fake-jobs.ts';

export const fakeTools: PipelineTools = {
  check: (text) => (text === '' ? [{ code: 'MR2001', severity: 'error', text: { en: 'empty', zh: '空' } }] : []),
  preview: async (_text, _baseDirectory, rowsMax, nodes = []) => ({
    durationMs: rowsMax,
    nodes: nodes.map((nodeId) => ({ nodeId, state: 'live', because: null, inputs: [], outputs: [], error: null, rowErrors: [] })),
  }),
  plan: () => ({ plan: null, problems: [] }),
  close: async () => undefined,
  inferSchema: async () => ({ fields: [{ name: 'a', type: 'BIGINT' }], sampleRows: 3 }),
  checkRestore: async (_text, _path, checkpoint) =>
    checkpoint.endsWith('gone') ? [{ code: 'MR5024', message: 'no node', remedy: 'allow it', nodeId: 'n1', field: null }] : [],
  keptState: () => ({ checkpoints: [], goesOnFrom: null }),
  history: (text) => (text === '' ? null : fakeHistory),
  export: (text, target) => ({ text: `${target}: ${text}`, report: [] }),
};

const FAKE_RUN: RunDetail = {
  runId: 'old',
  documentId: 'd1',
  pipelineName: 'fake',
  pipelinePath: '/p.json',
  startedAtMs: 1,
  endedAtMs: 2,
  outcome: 'finished',
  stopMode: null,
  error: null,
  parallelism: 1,
  guarantee: 'exactly-once',
  startedFrom: null,
  restarts: 0,
  engineDeaths: 0,
  rowsIn: 3,
  rowsOut: 3,
  checkpointsComplete: 0,
  checkpointsFailed: 0,
  lastCheckpoint: null,
  warnings: 1,
  errors: 0,
  specHash: '00',
  nodes: [],
  checkpoints: [],
};

const fakeHistory: PipelineHistory = {
  list: () => {
    const { nodes: _nodes, checkpoints: _checkpoints, ...summary } = FAKE_RUN;
    return { runs: [summary], damaged: [{ runId: 'torn', startedAtMs: 1, reason: 'it is torn' }] };
  },
  show: (runId) => ({ ...FAKE_RUN, runId }),
  spec: () => '{}',
  log: (runId) => ({ entries: [fakeLogEntry(runId)], last: 1 }),
  markLost: () => undefined,
};

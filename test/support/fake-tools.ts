/** Check, inference and export with fixed answers. */
import type { PipelineTools } from '../../engine/host/engine-service.ts';

export const fakeTools: PipelineTools = {
  check: (text) => (text === '' ? [{ code: 'MR2001', severity: 'error', text: { en: 'empty', zh: '空' } }] : []),
  preview: async (_text, _baseDirectory, rowsMax, nodes = []) => ({
    durationMs: rowsMax,
    nodes: nodes.map((nodeId) => ({ nodeId, state: 'live', because: null, inputs: [], outputs: [], error: null, rowErrors: [] })),
  }),
  close: async () => undefined,
  inferSchema: async () => ({ fields: [{ name: 'a', type: 'BIGINT' }], sampleRows: 3 }),
  keptCheckpoints: () => [],
  export: (text, target) => ({ text: `${target}: ${text}`, report: [] }),
};

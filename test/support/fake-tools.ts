/** Check, inference and export with fixed answers. */
import type { PipelineTools } from '../../engine/host/engine-service.ts';

export const fakeTools: PipelineTools = {
  check: (text) => (text === '' ? [{ code: 'MR2001', severity: 'error', text: { en: 'empty', zh: '空' } }] : []),
  inferSchema: async () => ({ fields: [{ name: 'a', type: 'BIGINT' }], sampleRows: 3 }),
  export: (text, target) => ({ text: `${target}: ${text}`, report: [] }),
};

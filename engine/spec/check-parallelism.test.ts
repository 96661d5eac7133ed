/** Event time that is told where rows of several subtasks have been mixed: warned of by name, with the number that keeps them apart. */
import { expect, test } from 'vitest';
import { catalog } from '../nodes/node-types.ts';
import type { NodeSpec, PipelineDocument } from './document.ts';
import { resolvePipeline } from './resolve-pipeline.ts';

const NODES: readonly NodeSpec[] = [
  { id: 'in', type: 'file-source', label: 'Orders', config: { path: 'in/*.ndjson', schema: [{ name: 'at', type: 'TIMESTAMP(3)' }] } },
  { id: 'time', type: 'watermark', config: { time: { column: 'at', delay: '1 s' } } },
  { id: 'out', type: 'preview-sink', config: {} },
];

function warnings(source: number | null, time: number | null, job = 1) {
  const own = [source, time, null];
  const document: PipelineDocument = {
    format: 'millrace-pipeline',
    version: 1,
    id: 'mixed',
    name: 'mixed',
    job: { parallelism: job },
    nodes: NODES.map((node, at) => ({ ...node, ...(own[at] === null ? {} : { parallelism: own[at] }) })),
    edges: [
      { id: 'a', from: { node: 'in', port: 'out' }, to: { node: 'time', port: 'in' } },
      { id: 'b', from: { node: 'time', port: 'out' }, to: { node: 'out', port: 'in' } },
    ],
    drawing: { positions: {} },
  };
  const { problems } = resolvePipeline(document, catalog);
  return problems.filter(({ code }) => code === 'MR2328');
}

test.each([
  [2, 3],
  [2, 1],
  [3, 2],
])('%i subtasks into %i', (source, time) => {
  const [problem, ...others] = warnings(source, time);
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ severity: 'warning', nodeId: 'time', field: 'parallelism' });
  expect(problem.text.en).toContain(`Rows of the ${source} subtasks of "Orders" are mixed on their way to the ${time} of this node`);
  expect(problem.text.zh).toContain('“Orders”');
  expect(problem.fixes.map(({ edit }) => edit)).toEqual([{ kind: 'set-run', nodeId: 'time', field: 'parallelism', value: source }]);
});

test('rows of one subtask keep their order wherever they go, and equal numbers keep them where they are', () => {
  expect([warnings(1, 3), warnings(2, 2), warnings(null, null, 4), warnings(null, null)].flat()).toEqual([]);
  expect(warnings(null, 1, 4)).toHaveLength(1);
});

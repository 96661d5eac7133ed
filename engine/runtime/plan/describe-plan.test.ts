/** What people are told of a plan: chains, why they end, how rows cross, who shares a worker. */
import { expect, test } from 'vitest';
import { loadPipeline } from '../load-pipeline.ts';
import { describePlan } from './describe-plan.ts';

const schema = [
  { name: 'k', type: 'STRING' },
  { name: 'at', type: 'TIMESTAMP(3)' },
];
const document = {
  format: 'millrace-pipeline',
  version: 1,
  id: 'described',
  name: 'described',
  job: { parallelism: 2, maxParallelism: 8 },
  nodes: [
    { id: 'in', type: 'file-source', config: { path: 'x.ndjson', schema } },
    { id: 'time', type: 'watermark', config: { time: { column: 'at', delay: '1 s' } } },
    { id: 'some', type: 'filter', config: { condition: "k <> 'a'" } },
    {
      id: 'window',
      type: 'window-aggregate',
      parallelism: 3,
      config: { window: 'tumbling', size: '1 s', keys: ['k'], aggregates: [{ name: 'n', expression: 'COUNT(*)' }] },
    },
    { id: 'out', type: 'file-sink', config: { path: 'out' }, chaining: 'start' },
  ],
  edges: [
    { id: 'a', from: { node: 'in', port: 'out' }, to: { node: 'time', port: 'in' } },
    { id: 'b', from: { node: 'time', port: 'out' }, to: { node: 'some', port: 'in' } },
    { id: 'c', from: { node: 'some', port: 'out' }, to: { node: 'window', port: 'in' } },
    { id: 'd', from: { node: 'window', port: 'out' }, to: { node: 'out', port: 'in' } },
  ],
  drawing: { positions: {} },
};

function describeIt(changed: object = document, options: { readonly parallelism?: number } = {}) {
  const { graph } = loadPipeline({ path: '/job/p.json', text: JSON.stringify(changed), options: { restore: 'none', ...options } });
  const { tasks, exchanges, workers } = describePlan(graph);
  return {
    tasks: tasks.map(({ operators, parallelism: subtasks, keyGroups }) => [
      operators.map(({ nodes }) => nodes.map(({ nodeId }) => nodeId).join('+')).join(' → '),
      subtasks,
      keyGroups?.map(({ start, end }) => `${start}-${end}`).join(' ') ?? null,
    ]),
    exchanges: exchanges.map(({ from, to, partitioning, columns, channels, because, edgeIds }) =>
      [from.nodeId, to.nodeId, partitioning, columns.join(), channels, because, edgeIds.join()].join(' '),
    ),
    workers: workers.map(({ tasks: shared }) => shared.join(' ')),
  };
}

test('chains, the reasons why they end, key groups and slots', () => {
  expect(describeIt()).toEqual({
    tasks: [
      ['in → time+some', 2, null],
      ['window', 3, '0-2 3-5 6-7'],
      ['out', 2, null],
    ],
    exchanges: ['some window hash k 6 parallelism c', 'window out rebalance  6 parallelism d'],
    workers: ['0 1 2', '0 1 2', '1'],
  });
});

test('equal parallelism: the shuffle, and the switch, are the reasons; the parallelism of the start counts', () => {
  const nodes = document.nodes.map((node) => (node.id === 'window' ? { ...node, parallelism: undefined } : node));
  expect(describeIt({ ...document, nodes }, { parallelism: 4 }).exchanges).toEqual([
    'some window hash k 16 shuffle c',
    'window out forward  4 switched-off d',
  ]);
});

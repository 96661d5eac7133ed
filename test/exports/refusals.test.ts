/** What Flink SQL cannot express is refused by the node's name, with the nearest form, and nothing is written. */
import { expect, it } from 'vitest';
import type { JsonObject } from '../../engine/base/json.ts';
import { exportFlinkSql } from '../../engine/export/flink-sql/export-flink-sql.ts';
import { catalog } from '../../engine/nodes/node-types.ts';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import { resolvePipeline } from '../../engine/spec/resolve-pipeline.ts';

const SCHEMA = [
  { name: 'id', type: 'INT' },
  { name: 'ts', type: 'TIMESTAMP(3)' },
];

function chain(...parts: readonly (readonly [id: string, type: string, config: JsonObject, port?: string])[]): PipelineDocument {
  const edges = parts.slice(1).map(([id], index) => ({
    id: `e${index}`,
    from: { node: parts[index][0], port: parts[index][3] ?? 'out' },
    to: { node: id, port: 'in' },
  }));
  const nodes = parts.map(([id, type, config]) => ({ id, type, label: `the ${id}`, config }));
  return { format: 'millrace-pipeline', version: 1, id: 'p', name: 'p', job: {}, nodes, edges, drawing: { positions: {} } };
}

const FILE = ['files', 'file-source', { path: 'a', schema: SCHEMA }] as const;
const TIME = ['time', 'watermark', { time: { column: 'ts', delay: '1 s' } }] as const;
const OUT = ['out', 'file-sink', { path: 'out' }] as const;

const REFUSED: readonly (readonly [string, PipelineDocument, string])[] = [
  ['a socket source', chain(['net', 'socket-source', { schema: SCHEMA }], OUT), 'net'],
  ['a generator', chain(['fake', 'generator-source', {}], OUT), 'fake'],
  ['a Nexmark source', chain(['nex', 'nexmark-source', {}], OUT), 'nex'],
  ['a socket sink', chain(FILE, ['send', 'socket-sink', {}]), 'send'],
  ['a followed file', chain(['files', 'file-source', { path: 'a', schema: SCHEMA, follow: true }], OUT), 'files'],
  ['a pattern of files', chain(['files', 'file-source', { path: 'a/*.json', schema: SCHEMA }], OUT), 'files'],
  ['a bad lines port', chain(['files', 'file-source', { path: 'a', schema: SCHEMA, badLines: 'dead-letter' }], OUT), 'files'],
  ['a watermark behind a filter', chain(FILE, ['some', 'filter', { condition: 'id > 1' }], TIME, OUT), 'time'],
  ['allowed lateness', chain(FILE, TIME, ['win', 'window-aggregate', { allowedLateness: '1 s' }], OUT), 'win'],
  [
    'late rows of a session',
    chain(FILE, TIME, ['win', 'window-aggregate', { window: 'session', lateRows: 'late-output' }, 'late'], OUT),
    'win',
  ],
  ['a count window', chain(FILE, ['win', 'custom-window', { window: 'count' }], OUT), 'win'],
  ['a trigger', chain(FILE, TIME, ['win', 'custom-window', { trigger: 'count' }], OUT), 'win'],
  ['an evictor', chain(FILE, TIME, ['win', 'custom-window', { keep: 'last-rows' }], OUT), 'win'],
  ['the rows of a window', chain(FILE, TIME, ['win', 'custom-window', { result: 'rows' }], OUT), 'win'],
  ['rows for every subtask', chain(FILE, ['all', 'partition', { strategy: 'broadcast' }], OUT), 'all'],
];

it.each(REFUSED)('%s', (_name, document, nodeId) => {
  const { graph, problems } = resolvePipeline(document, catalog);
  expect(problems.filter((problem) => problem.severity === 'error')).toEqual([]);
  const { text, report } = exportFlinkSql(graph);
  expect(text).toBe('');
  const refused = report.filter((note) => note.status === 'unsupported');
  expect(refused.map((note) => note.nodeId)).toEqual([nodeId]);
  expect(refused[0].text.en).toContain(`the ${nodeId}:`);
  expect(refused[0].text.en).toContain('Nearest:');
  expect(refused[0].text.zh).toMatch(/最接近的做法：[\s\S]*[\u4e00-\u9fff]/);
});

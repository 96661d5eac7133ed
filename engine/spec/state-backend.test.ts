/** Where a job may keep its state: nodes that can only keep it in memory are refused by name, before the run. */
import { expect, it } from 'vitest';
import type { JsonObject } from '../base/json.ts';
import { catalog } from '../nodes/node-types.ts';
import { loadDocument } from './load-document.ts';
import { resolvePipeline } from './resolve-pipeline.ts';

function problems(job: JsonObject, node: { readonly type: string; readonly config: JsonObject }): string[] {
  const schema = [
    { name: 'key', type: 'STRING' },
    { name: 'at', type: 'TIMESTAMP(3)' },
  ];
  const text = JSON.stringify({
    format: 'millrace-pipeline',
    version: 1,
    id: 'state',
    name: 'state',
    job,
    nodes: [
      { id: 'read', type: 'file-source', config: { path: 'in.ndjson', schema } },
      { id: 'time', type: 'watermark', config: { time: { column: 'at', delay: '1 s' } } },
      { id: 'node', label: 'My node', ...node },
      { id: 'out', type: 'print-sink', config: {} },
    ],
    edges: [
      { id: 'a', from: { node: 'read', port: 'out' }, to: { node: 'time', port: 'in' } },
      { id: 'b', from: { node: 'time', port: 'out' }, to: { node: 'node', port: 'in' } },
      { id: 'c', from: { node: 'node', port: 'out' }, to: { node: 'out', port: 'in' } },
    ],
    drawing: { positions: {} },
  });
  const { document } = loadDocument(text);
  if (document === null) throw new Error('the document cannot be read');
  return resolvePipeline(document, catalog).problems.map(({ code, nodeId, field, text: words }) =>
    [code, nodeId ?? field, words.en.includes('"My node"') ? 'named' : ''].join(' ').trim(),
  );
}

const window = (config: JsonObject) => ({ type: 'window-aggregate', config: { keys: ['key'], ...config } });
const DISK = { stateBackend: 'disk' };

it.each([
  ['tumbling windows', DISK, window({ window: 'tumbling' }), []],
  ['sliding windows', DISK, window({ window: 'sliding' }), []],
  ['cumulative windows', DISK, window({ window: 'cumulative' }), []],
  ['nodes without keyed state', DISK, { type: 'filter', config: { condition: 'TRUE' } }, []],
  ['sessions', DISK, window({ window: 'session' }), ['MR2318 node named']],
  ['windows that fire again', DISK, window({ allowedLateness: '1 s' }), ['MR2318 node named']],
  ['custom windows', DISK, { type: 'custom-window', config: { keys: ['key'] } }, ['MR2318 node named']],
  ['sessions in memory', { stateBackend: 'memory' }, window({ window: 'session' }), []],
  ['too much memory', { ...DISK, stateMemory: 200, memoryPerWorker: 256 }, window({}), ['MR2319 stateMemory']],
  ['a backend that is not there', { stateBackend: 'tape' }, window({}), ['MR2108 stateBackend']],
] as const)('%s', (_name, job, node, expected) => {
  expect(problems(job, node)).toEqual(expected);
});

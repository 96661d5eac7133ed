/** Two versions: what is added, changed and removed; moves are nothing, renames follow the id, defaults are no change. */
import { expect, test } from 'vitest';
import type { JsonObject } from '../../engine/base/json.ts';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import {
  addNode,
  connect,
  createDocument,
  placeNodes,
  removeNodes,
  setDisabled,
  setField,
  setJob,
  setLabel,
  setName,
} from '../document/commands.ts';
import { differencesOf } from './differences.ts';
import { differingValues } from './differing-values.ts';
import { drawnEdgeId, mergeVersions } from './merged.ts';

function pipeline(): { readonly document: PipelineDocument; readonly filter: string; readonly sink: string } {
  const filter = addNode(createDocument('d'), { type: 'filter', label: 'Large', config: { condition: 'a > 1' } }, { x: 0, y: 0 });
  const sink = addNode(filter.document, { type: 'print-sink', config: {} }, { x: 300, y: 0 });
  const document = connect(sink.document, { node: filter.id, port: 'out' }, { node: sink.id, port: 'in' }, true);
  return { document, filter: filter.id, sink: sink.id };
}

const short = (before: PipelineDocument, after: PipelineDocument) =>
  differencesOf(before, after).map(({ key, change, fields }) => [
    change,
    key,
    ...fields.map((field) => `${typeof field.field === 'string' ? field.field : field.field.en}: ${field.before} → ${field.after}`),
  ]);

test('moving and arranging is no difference', () => {
  const { document, filter } = pipeline();
  const moved = placeNodes(document, { [filter]: { x: 900, y: 900 } });
  expect(differencesOf(document, { ...moved, drawing: { ...moved.drawing, stacks: [[filter]] } })).toEqual([]);
});

test('a rename is a change of the same node, with every other field beside it', () => {
  const { document, filter } = pipeline();
  const after = setDisabled(setField(setLabel(document, filter, 'Very large'), filter, 'condition', 'a > 2'), new Set([filter]), true);
  expect(short(document, after)).toEqual([
    ['changed', `node ${filter}`, 'label: Large → Very large', 'switchedOff: false → true', 'Keep rows where: a > 1 → a > 2'],
  ]);
});

test('nodes and edges that came or went', () => {
  const { document, filter, sink } = pipeline();
  const edge = document.edges[0].id;
  expect(short(document, removeNodes(document, new Set([sink])))).toEqual([
    ['removed', `node ${sink}`],
    ['removed', `edge ${edge} ${filter}/out ${sink}/in`],
  ]);
  expect(short(removeNodes(document, new Set([sink])), document)).toEqual([
    ['added', `node ${sink}`],
    ['added', `edge ${edge}`],
  ]);
});

test('an edge is known by its ends; with another end it was rewired', () => {
  const { document, sink } = pipeline();
  const renumbered = { ...document, edges: document.edges.map((edge) => ({ ...edge, id: 'other' })) };
  expect(differencesOf(document, renumbered)).toEqual([]);
  const other = addNode(document, { type: 'print-sink', config: {} }, { x: 300, y: 200 });
  const rewired = { ...other.document, edges: document.edges.map((edge) => ({ ...edge, to: { node: other.id, port: 'in' } })) };
  expect(short(other.document, rewired)).toEqual([['changed', `edge ${document.edges[0].id}`, `to: ${sink}.in → ${other.id}.in`]]);
});

test('job settings, name and notes', () => {
  const { document } = pipeline();
  const note = { id: 'n', text: 'Why', x: 0, y: 0, width: 100, height: 50 };
  const after = { ...setJob(setName(document, 'renamed'), 'parallelism', 4), drawing: { ...document.drawing, notes: [note] } };
  expect(short(document, after)).toEqual([
    ['added', 'note n'],
    ['changed', 'job', `pipelineName: d → renamed`, 'Parallelism: 1 → 4'],
  ]);
  // What is written out and what is left out say the same when it is the default.
  expect(differencesOf(document, setJob(document, 'parallelism', 1))).toEqual([]);
});

test.each<[JsonObject[string], JsonObject[string], unknown]>([
  [{ a: 1, b: 2 }, { b: 2, a: 1 }, []],
  [
    ['x', 'y'],
    ['x', 'z'],
    [
      { path: ['z'], before: null, after: 'z' },
      { path: ['y'], before: 'y', after: null },
    ],
  ],
  [['x', 'y'], ['y', 'x'], [{ path: [], before: '[ "x", "y" ]', after: '[ "y", "x" ]' }]],
  [
    [{ name: 'n', expression: 'COUNT(*)' }],
    [
      { name: 'total', expression: 'SUM(a)' },
      { name: 'n', expression: 'COUNT(b)' },
    ],
    [
      { path: ['total'], before: null, after: '{ "name": "total", "expression": "SUM(a)" }' },
      { path: ['n', 'expression'], before: 'COUNT(*)', after: 'COUNT(b)' },
    ],
  ],
  [
    [{ name: 'n' }, { name: 'n' }],
    [{ name: 'n' }],
    [{ path: [], before: '[ { "name": "n" }, { "name": "n" } ]', after: '[ { "name": "n" } ]' }],
  ],
  [{ __proto__x: 1 }, {}, [{ path: ['__proto__x'], before: '1', after: null }]],
])('%j and %j differ in what they say', (before, after, expected) => {
  expect(differingValues(before, after)).toEqual(expected);
});

test('what was removed stands in the drawing beside what came in its place', () => {
  const { document, filter, sink } = pipeline();
  const without = removeNodes(document, new Set([sink]));
  const added = addNode(without, { type: 'file-sink', config: {} }, { x: 300, y: 0 });
  const after = connect(added.document, { node: filter, port: 'out' }, { node: added.id, port: 'in' }, true);
  const differences = differencesOf(document, after);
  const merged = mergeVersions(document, after, differences);
  expect(merged.nodes.map((node) => node.id)).toEqual([filter, added.id, sink]);
  expect(merged.drawing.positions[sink]).toEqual({ x: 300, y: 72 });
  const removed = differences.find((difference) => difference.change === 'removed' && difference.subject.kind === 'edge');
  expect(merged.edges.map((edge) => edge.id)).toContain(removed === undefined ? '' : drawnEdgeId(removed, after));
  expect(new Set(merged.edges.map((edge) => edge.id)).size).toBe(2);
});

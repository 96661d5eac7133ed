/** Problems whose way out is known carry it, and taking it ends the problem. */
import { expect, test } from 'vitest';
import { catalog } from '../../engine/nodes/node-types.ts';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import { nearNames } from '../../engine/spec/fixes.ts';
import { loadDocument } from '../../engine/spec/load-document.ts';
import type { Fix, Problem } from '../../engine/spec/problem.ts';
import { resolvePipeline } from '../../engine/spec/resolve-pipeline.ts';
import { applyEdit, insertOnEdge, mergeEdges, type PlainEdit } from './commands.ts';

type Node = { readonly id: string; readonly type: string; readonly config: object };

const SCHEMA = ['ts TIMESTAMP(3)', 'card_id STRING', 'amount BIGINT', 'odd name INT'].map((column) => {
  const at = column.lastIndexOf(' ');
  return { name: column.slice(0, at), type: column.slice(at + 1) };
});
const SOURCE: Node = { id: 'in', type: 'collection-source', config: { schema: SCHEMA, rows: [] } };
const TIME: Node = { id: 'time', type: 'watermark', config: { time: { column: 'ts', delay: '1 s' } } };
const OUT: Node = { id: 'out', type: 'preview-sink', config: {} };
const windowNode = (config: object): Node => ({
  id: 'node',
  type: 'window-aggregate',
  config: { window: 'tumbling', size: '1 min', keys: ['card_id'], aggregates: [{ name: 'n', expression: 'COUNT(*)' }], ...config },
});

function chain(nodes: readonly Node[], edges: readonly (readonly [string, string])[] = [], job: object = {}): PipelineDocument {
  const all = [SOURCE, ...nodes, OUT];
  const wires = edges.length > 0 ? edges : all.slice(1).map((node, index) => [all[index].id, node.id] as const);
  const { document } = loadDocument(
    JSON.stringify({
      format: 'millrace-pipeline',
      version: 1,
      id: 'p',
      name: 'P',
      job,
      nodes: all,
      edges: wires.map(([from, to], index) => ({ id: `e${index}`, from: { node: from, port: 'out' }, to: { node: to, port: 'in' } })),
      drawing: { positions: {} },
    }),
  );
  if (document === null) throw new Error('not a document');
  return document;
}

function findProblem(document: PipelineDocument, code: string): Problem | undefined {
  return resolvePipeline(document, catalog).problems.find((problem) => problem.code === code);
}

/** As the page does it, with places that do not matter here. */
function apply(document: PipelineDocument, { edit }: Fix): PipelineDocument {
  const at = { x: 0, y: 0 };
  const ports = { input: 'in', output: 'out' };
  if (edit.kind === 'insert-node') return insertOnEdge(document, edit.edgeId, { type: edit.type, config: edit.config }, ports, at).document;
  if (edit.kind === 'merge-edges')
    return mergeEdges(document, { node: edit.nodeId, port: edit.port }, { type: edit.type, config: {} }, ports, at).document;
  return applyEdit(document, edit as PlainEdit);
}

const filter = (condition: string): Node => ({ id: 'node', type: 'filter', config: { condition } });

const CASES: readonly (readonly [string, PipelineDocument, string, readonly string[]])[] = [
  ['a column in an expression', chain([filter('amuont > 1 AND TRUE')]), 'MR3012', ['Use amount']],
  ['other letters', chain([filter('AMOUNT > 1')]), 'MR3012', ['Use amount']],
  ['a column that needs quotes', chain([filter('`odd nam` > 1')]), 'MR3012', ['Use odd name']],
  ['a column of a list', chain([TIME, windowNode({ keys: ['cardid'] })]), 'MR2119', ['Use card_id']],
  [
    'a column of an aggregate',
    chain([TIME, windowNode({ aggregates: [{ name: 'n', expression: 'SUM(amout)' }] })]),
    'MR2119',
    ['Use amount'],
  ],
  [
    'event time of a wrong type',
    chain([{ id: 'node', type: 'watermark', config: { time: { column: 'amount', delay: '1 s' } } }]),
    'MR2126',
    ['Use ts'],
  ],
  ['no event time', chain([windowNode({})]), 'MR2307', ['Insert “Watermark”']],
  ['a slide that does not fit', chain([TIME, windowNode({ window: 'sliding', size: '1 min', slide: '7 s' })]), 'MR2261', ['Use 6 s']],
  ['an offset that is too long', chain([TIME, windowNode({ offset: '90 s' })]), 'MR2262', ['Use 30 s']],
  [
    'lateness of a cumulative window',
    chain([TIME, windowNode({ window: 'cumulative', size: '1 min', step: '10 s', allowedLateness: '5 s' })]),
    'MR2265',
    ['Use 0 s'],
  ],
  ['a number out of range', chain([], [['in', 'out']], {}), 'MR2106', ['Use 10000']],
  ['an option that is not there', chain([TIME, windowNode({ window: 'tumblin' })]), 'MR2108', ['Use tumbling']],
  ['more parallel than key groups', chain([], [['in', 'out']], { parallelism: 8, maxParallelism: 4 }), 'MR2315', ['Use 4']],
  [
    'two edges into one input',
    chain(
      [{ ...SOURCE, id: 'more' }],
      [
        ['in', 'out'],
        ['more', 'out'],
      ],
    ),
    'MR2306',
    ['Insert “Union”'],
  ],
];

test.each(CASES)('%s', (name, original, code, labels) => {
  const document =
    name === 'a number out of range'
      ? applyEdit(original, { kind: 'set-field', nodeId: 'out', field: 'rowsMax', value: 99_999 })
      : original;
  const problem = findProblem(document, code);
  const fixes = problem?.fixes ?? [];
  expect(fixes.map((fix) => fix.label.en)).toEqual(labels);
  expect(findProblem(apply(document, fixes[0]), code)).toBeUndefined();
});

test('open ports ask for a node', () => {
  const open = resolvePipeline(chain([filter('TRUE')], [['in', 'out']]), catalog).problems;
  expect(open.filter(({ nodeId }) => nodeId === 'node').map(({ code, fixes }) => [code, fixes[0].edit])).toEqual([
    ['MR2305', { kind: 'connect-port', nodeId: 'node', port: 'in', side: 'in' }],
    ['MR2309', { kind: 'connect-port', nodeId: 'node', port: 'out', side: 'out' }],
  ]);
});

test('an inserted watermark node names the first column of time', () => {
  const fix = findProblem(chain([windowNode({})]), 'MR2307')?.fixes[0];
  expect(fix?.edit).toMatchObject({ kind: 'insert-node', config: { time: { column: 'ts', delay: '5 s' } } });
});

test('near names are near, few, and cheap to find', () => {
  expect(nearNames('amuont', ['amount', 'amounts', 'count', 'other'])).toEqual(['amount', 'amounts']);
  expect(nearNames('x', ['price', 'y'])).toEqual(['y']);
  expect(nearNames('price', ['quantity', 'total'])).toEqual([]);
  expect(nearNames('x'.repeat(100_000), ['x'])).toEqual([]);
});

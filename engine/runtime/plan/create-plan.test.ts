/** From documents to plans: wiring nodes, fused stages, parallelism, columns that are read. */
import { beforeAll, expect, test } from 'vitest';
import { loadPipeline } from '../load-pipeline.ts';
import { createNodeLoader } from '../workers/node-loader.ts';
import { createPlan, modulesOfGraph } from './create-plan.ts';
import type { PhysicalPlan } from './physical-plan.ts';

const loader = createNodeLoader();

interface NodeSketch {
  readonly parallelism?: number;
  readonly chaining?: 'start' | 'never';
  readonly id: string;
  readonly type: string;
  readonly config?: object;
  readonly disabled?: boolean;
}

const COLUMNS = ['id BIGINT', 'at TIMESTAMP(3)', 'name STRING', 'value BIGINT', 'bid ROW<auction BIGINT, price BIGINT>'];
const source = (id: string): NodeSketch => ({
  id,
  type: 'file-source',
  config: {
    path: 'x.ndjson',
    schema: COLUMNS.map((column) => ({ name: column.split(' ')[0], type: column.slice(column.indexOf(' ') + 1) })),
  },
});
const SINK: NodeSketch = { id: 'out', type: 'file-sink', config: { path: 'out' } };
const WATERMARK: NodeSketch = { id: 'time', type: 'watermark', config: { time: { column: 'at', delay: '1 s' } } };
const filter = (id: string, condition: string): NodeSketch => ({ id, type: 'filter', config: { condition } });
const windowBy = (keys: string[]): NodeSketch => ({
  id: 'window',
  type: 'window-aggregate',
  config: { window: 'tumbling', size: '1 s', keys, aggregates: [{ name: 'total', expression: 'SUM(bid.price)' }] },
});

/** Edges as `from>to` or `from.port>to`. */
function load(nodes: readonly NodeSketch[], edges: readonly string[], parallelism = 2): ReturnType<typeof loadPipeline> {
  const document = {
    format: 'millrace-pipeline',
    version: 1,
    id: 'planned',
    name: 'planned',
    job: {},
    nodes: nodes.map((node) => ({ config: {}, ...node })),
    edges: edges.map((text) => {
      const [from, to] = text.split('>');
      const [node, port = 'out'] = from.split('.');
      return { id: text.replace(/[>.]/g, '-'), from: { node, port }, to: { node: to, port: 'in' } };
    }),
    drawing: { positions: {} },
  };
  return loadPipeline({ path: '/job/pipeline.json', text: JSON.stringify(document), options: { restore: 'none', parallelism } });
}

async function plan(nodes: readonly NodeSketch[], edges: readonly string[], parallelism = 2): Promise<PhysicalPlan> {
  const { graph, settings } = load(nodes, edges, parallelism);
  await loader.load(modulesOfGraph(graph));
  return createPlan(graph, settings, (type) => loader.module(type));
}

const operatorsOf = ({ operators }: PhysicalPlan) =>
  operators.map(({ nodeIds, type, parallelism }) => [nodeIds.join('+'), type, parallelism]);
const edgesOf = ({ edges, operators }: PhysicalPlan) =>
  edges.map(
    (edge) =>
      `${operators[edge.from].nodeId}>${operators[edge.to].nodeId} ${edge.direct ? 'direct' : edge.partitioning.kind} [${edge.documentEdges.join(' ')}]`,
  );

beforeAll(async () => {
  await loader.load([{ type: 'filter', folder: 'transforms/filter' }]);
});

test('neighbouring stages fuse; the way between them is remembered', async () => {
  const made = await plan([source('in'), filter('a', 'id > 1'), filter('b', 'id > 2'), SINK], ['in>a', 'a>b', 'b>out']);
  expect(operatorsOf(made)).toEqual([
    ['in', 'file-source', 2],
    ['a+b', 'stages', 2],
    ['out', 'file-sink', 2],
  ]);
  expect(made.operators[1].innerEdges).toEqual(['a-b']);
  expect(made.tasks.map((task) => task.name)).toEqual(['in → a → out']);
});

test('a stage that two nodes read ends its group', async () => {
  const other = { ...SINK, id: 'other', config: { path: 'other' } };
  const made = await plan([source('in'), filter('a', 'id > 1'), filter('b', 'id > 2'), SINK, other], ['in>a', 'a>b', 'b>out', 'a>other']);
  expect(operatorsOf(made).map(([nodes]) => nodes)).toEqual(['in', 'a', 'b', 'other', 'out']);
});

test('union, partition and disabled nodes are wires', async () => {
  const made = await plan(
    [
      source('left'),
      source('right'),
      { id: 'both', type: 'union' },
      { ...filter('off', 'id > 1'), disabled: true },
      { id: 'spread', type: 'partition', config: { strategy: 'key', keys: ['name'] } },
      SINK,
    ],
    ['left>both', 'right>both', 'both>off', 'off>spread', 'spread>out'],
  );
  expect(edgesOf(made)).toEqual([
    'left>out hash [left-both both-off off-spread spread-out]',
    'right>out hash [right-both both-off off-spread spread-out]',
  ]);
  expect(made.wiringNodes.map(({ nodeId }) => nodeId)).toEqual(['both', 'off', 'spread']);
});

test('a keyed window is shuffled to; one without keys runs once, and its rows are dealt out again', async () => {
  const keyed = await plan([source('in'), WATERMARK, windowBy(['name']), SINK], ['in>time', 'time>window', 'window>out']);
  expect(edgesOf(keyed)).toEqual(['in>time direct [in-time]', 'time>window hash [time-window]', 'window>out direct [window-out]']);
  const whole = await plan([source('in'), WATERMARK, windowBy([]), SINK], ['in>time', 'time>window', 'window>out']);
  expect(operatorsOf(whole).map(([nodes, , parallelism]) => [nodes, parallelism])).toEqual([
    ['in', 2],
    ['time', 2],
    ['window', 1],
    ['out', 2],
  ]);
  expect(edgesOf(whole).map((edge) => edge.split(' ')[1])).toEqual(['direct', 'global', 'rebalance']);
});

const requiredOf = (made: PhysicalPlan) => made.operators[0].requiredColumns[0];

test('only columns that somebody reads are required, whatever their spelling', async () => {
  const made = await plan(
    [source('in'), WATERMARK, filter('a', '`value` > 0'), windowBy(['`name`']), SINK],
    ['in>time', 'time>a', 'a>window', 'window>out'],
  );
  expect(requiredOf(made)).toEqual(['at', 'bid.price', 'name', 'value']);
  const selected = await plan(
    [source('in'), { id: 'pick', type: 'select', config: { keep: 'listed', columns: [{ name: 'n', expression: 'UPPER(name)' }] } }, SINK],
    ['in>pick', 'pick>out'],
  );
  expect(requiredOf(selected)).toEqual(['name']);
  expect(requiredOf(await plan([source('in'), filter('a', 'id > 1'), SINK], ['in>a', 'a>out']))).toBeNull();
});

test('a late port that is read needs every column', async () => {
  const late = { ...windowBy(['name']), config: { ...windowBy(['name']).config, lateRows: 'late-output' } };
  const edges = ['in>time', 'time>window', 'window>out'];
  const nodes = [source('in'), WATERMARK, late, SINK, { ...SINK, id: 'rest', config: { path: 'rest' } }];
  expect(requiredOf(await plan(nodes, [...edges, 'window.late>rest']))).toBeNull();
});

test('a window that emits its rows needs all their columns', async () => {
  const columns = ['id', 'name', 'value'].map((name) => ({ name, expression: `\`${name}\`` }));
  const pick = { id: 'pick', type: 'select', config: { keep: 'listed', columns } };
  const rows = { id: 'window', type: 'custom-window', config: { window: 'count', keys: ['name'], result: 'rows' } };
  expect(requiredOf(await plan([source('in'), pick, rows, SINK], ['in>pick', 'pick>window', 'window>out']))).toEqual([
    'id',
    'name',
    'value',
  ]);
});

test('the hash of the logic changes with the logic only', async () => {
  const one = await plan([source('in'), filter('a', 'id > 1'), SINK], ['in>a', 'a>out']);
  const same = await plan([source('in'), filter('a', 'id > 1'), SINK], ['in>a', 'a>out'], 1);
  const other = await plan([source('in'), filter('a', 'id > 2'), SINK], ['in>a', 'a>out']);
  expect(same.specHash).toBe(one.specHash);
  expect(other.specHash).not.toBe(one.specHash);
});

test('a node has a parallelism of its own: rows are dealt out to it, by key where it has one, and the widest makes the workers', async () => {
  const made = await plan(
    [source('in'), WATERMARK, { ...windowBy(['name']), parallelism: 4 }, { ...SINK, parallelism: 3 }],
    ['in>time', 'time>window', 'window>out'],
  );
  expect(operatorsOf(made).map(([nodes, , parallelism]) => [nodes, parallelism])).toEqual([
    ['in', 2],
    ['time', 2],
    ['window', 4],
    ['out', 3],
  ]);
  expect(edgesOf(made).map((edge) => edge.split(' ')[1])).toEqual(['direct', 'hash', 'rebalance']);
  expect(made.parallelism).toBe(4);
});

test('chaining that is switched off ends fused loops too', async () => {
  const made = await plan(
    [source('in'), filter('a', 'id > 1'), { ...filter('b', 'id > 2'), chaining: 'start' }, filter('c', 'id > 3'), SINK],
    ['in>a', 'a>b', 'b>c', 'c>out'],
  );
  expect(made.tasks.map((task) => task.name)).toEqual(['in → a', 'b → out']);
  expect(operatorsOf(made).map(([nodes]) => nodes)).toEqual(['in', 'a', 'b+c', 'out']);
});

const refusalOf = (nodes: readonly NodeSketch[], edges: readonly string[], parallelism = 2): string => {
  try {
    load(nodes, edges, parallelism);
    return 'it runs';
  } catch (error) {
    return String(error);
  }
};

test('a parallelism that cannot be is refused by name, with the one the run is started with', () => {
  const socket = { id: 'out', type: 'socket-sink', config: { host: 'localhost', port: 9 }, parallelism: 2 };
  expect(refusalOf([source('in'), socket], ['in>out'])).toContain('MR2322 [out.parallelism]');
  expect(
    refusalOf([source('in'), WATERMARK, { ...windowBy([]), parallelism: 2 }, SINK], ['in>time', 'time>window', 'window>out']),
  ).toContain('MR2323 [window.parallelism]');
  expect(refusalOf([source('in'), { ...SINK, parallelism: 65 }], ['in>out'])).toContain('[out.parallelism]');
  const kept = [source('in'), { id: 'keep', type: 'partition', config: { strategy: 'forward' } }, { ...SINK, parallelism: 2 }];
  expect(refusalOf(kept, ['in>keep', 'keep>out'])).toBe('it runs');
  expect(refusalOf(kept, ['in>keep', 'keep>out'], 3)).toContain('MR2320 [keep]');
});

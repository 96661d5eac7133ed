/** Edits that state does not survive are found before a run, by name, with the refusals that the run itself would give. */
import { afterEach, beforeAll, expect, test } from 'vitest';
import { setKillPointHook } from '../../../engine/base/kill-point.ts';
import { listCheckpoints } from '../../../engine/runtime/checkpoints/checkpoint-folder.ts';
import { checkRestore } from '../../../engine/runtime/restore-check/check-restore.ts';
import type { FaultStorage } from '../storage/fault-storage.ts';
import { createFilePipeline } from '../workload/file-pipeline.ts';
import { createDisk, loadProductNodes, PRODUCT_FOLDER, PRODUCT_LOADER, PRODUCT_OPTIONS, productPlan } from './product-job.ts';
import { SimulatedClock } from './simulated-clock.ts';
import { runUntil, startRun } from './simulated-job.ts';
import { SimulatedWorld } from './simulated-world.ts';

interface Node {
  readonly id: string;
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
}
interface Document {
  readonly job: object;
  readonly nodes: readonly Node[];
  readonly edges: readonly { readonly from: { readonly node: string }; readonly to: { readonly node: string } }[];
}

const files = createFilePipeline({ seed: 3, files: 4, rowsPerFile: 150, keys: 5, rowsPerSecond: null, rollMegabytes: 0.001 });
const document = JSON.parse(files.document) as Document;
let storage: FaultStorage;
let checkpoint: string;

beforeAll(async () => {
  await loadProductNodes();
  storage = createDisk(files);
  const world = new SimulatedWorld(3, 1, storage, new SimulatedClock(), PRODUCT_LOADER);
  const job = startRun(world, productPlan(files, 2, 20), PRODUCT_OPTIONS);
  runUntil(world, job, () => job.run.checkpointsComplete >= 3);
  storage.off = true;
  storage = storage.afterKill();
  checkpoint = listCheckpoints(storage, PRODUCT_FOLDER)[0].path;
});

afterEach(() => setKillPointHook(null));

const withConfig = (id: string, config: object): Document => ({
  ...document,
  nodes: document.nodes.map((node) => (node.id === id ? { ...node, config: { ...node.config, ...config } } : node)),
});

const renamed: Document = JSON.parse(JSON.stringify(document).replaceAll('"windows"', '"others"')) as Document;

test.each<[string, Document, string, string | null, RegExp]>([
  ['a window of another size', withConfig('windows', { size: '3 s' }), 'MR', 'windows', /the stored state is that of/],
  ['another aggregate', withConfig('windows', { aggregates: [{ name: 'rows', expression: 'MAX(id)' }] }), 'MR', 'windows', /stored state/],
  ['another key', withConfig('windows', { keys: ['id'] }), 'MR', 'windows', /stored state/],
  ['a node that is gone', renamed, 'MR5024', null, /'windows'/],
  ['other key groups', { ...document, job: { ...document.job, maxParallelism: 64 } }, 'MR5023', null, /128 key groups/],
])('%s', async (_name, changed, code, nodeId, words) => {
  const problems = await check(changed);
  expect(problems[0]?.code.startsWith(code)).toBe(true);
  expect(problems.map((problem) => problem.nodeId)).toContain(nodeId);
  expect(problems[0].message).toMatch(words);
  // Whoever chooses a state chooses by the reason: it is there in both languages.
  expect(problems[0].zh?.message).toMatch(/[\u4e00-\u9fff]/);
  expect(problems[0].zh?.remedy).toMatch(/[\u4e00-\u9fff]/);
});

test('an id that went to another kind of node', async () => {
  const nodes = document.nodes.map((node) =>
    node.id === 'windows' ? { id: 'windows', type: 'deduplicate', config: { keys: ['key'] } } : node,
  );
  expect(await check({ ...document, nodes })).toMatchObject([{ code: 'MR5058', nodeId: 'windows' }]);
});

test('what changes nothing in the state fits, another parallelism too', async () => {
  expect(await check(document)).toEqual([]);
  expect(await check({ ...document, job: { ...document.job, parallelism: 3 } })).toEqual([]);
  expect(await check(withConfig('out', { path: 'elsewhere' }))).toEqual([]);
});

function check(changed: Document): ReturnType<typeof checkRestore> {
  const request = { path: '/job/pipeline.json', text: JSON.stringify(changed), options: { restore: { path: checkpoint } } };
  return checkRestore(storage, PRODUCT_LOADER, checkpoint, request);
}

/** The same pipeline with code in place of its windows: it counts, and lists what it has seen. */
const STATES = [
  { name: 'rows', kind: 'value', type: 'BIGINT' },
  { name: 'seen', kind: 'operator-list', type: 'STRING' },
];
const CODE = `throwsIfRun();
function processElement(row: Row, ctx: Context, out: Output) {}`;

const withCode = (config: object, code = CODE): Document => ({
  ...document,
  nodes: document.nodes.map((node) =>
    node.id === 'windows' ? { id: 'windows', type: 'process', config: { keys: ['key'], code, states: STATES, ...config } } : node,
  ),
});

test('state of code is held against what the node declares, and the code is not run for it', async () => {
  await PRODUCT_LOADER.load([{ type: 'process', folder: 'transforms/process' }]);
  const counting = withCode(
    {},
    `function processElement(row: Row, ctx: Context, out: Output) {
  const rows = (ctx.state.rows.get() ?? 0n) + 1n;
  ctx.state.rows.set(rows);
  if (rows === 1n) ctx.state.seen.add(row.key);
}`,
  );
  const written = { ...files, document: JSON.stringify(counting) };
  const disk = createDisk(written);
  const world = new SimulatedWorld(3, 1, disk, new SimulatedClock(), PRODUCT_LOADER);
  const job = startRun(world, productPlan(written, 2, 20), PRODUCT_OPTIONS);
  runUntil(world, job, () => job.run.checkpointsComplete >= 3);
  disk.off = true;
  const kept = disk.afterKill();
  const path = listCheckpoints(kept, PRODUCT_FOLDER)[0].path;
  const checkCode = (changed: Document): ReturnType<typeof checkRestore> => {
    const request = { path: '/job/pipeline.json', text: JSON.stringify(changed), options: { restore: { path } } };
    return checkRestore(kept, PRODUCT_LOADER, path, request);
  };
  await Promise.all([
    expect(checkCode(withCode({}))).resolves.toEqual([]),
    expect(checkCode({ ...withCode({}), job: { ...document.job, parallelism: 3 } })).resolves.toEqual([]),
    expect(checkCode(withCode({ states: [{ ...STATES[0], type: 'INT' }, STATES[1]] }))).resolves.toMatchObject([
      { code: 'MR5033', nodeId: 'windows', message: expect.stringContaining('value rows (BIGINT)') },
    ]),
    expect(checkCode(withCode({ states: [STATES[0], { ...STATES[1], redistribution: 'union' }] }))).resolves.toMatchObject([
      { code: 'MR5033', message: expect.stringContaining('split list seen (VARCHAR)'), zh: expect.anything() },
    ]),
  ]);
});

/** A source and a sink of code with a list each. */
function ofCode(read: string, write: string, sourceList: object, sinkLists: readonly object[]): Document {
  const source = { schema: [{ name: 'id', type: 'BIGINT' }], splits: 2, code: read, states: [sourceList] };
  const sink = { path: 'out', code: write, states: sinkLists };
  const nodes = [
    { id: 'made', type: 'custom-source', config: source },
    { id: 'told', type: 'custom-sink', config: sink },
  ];
  const edges = [{ id: 'e', from: { node: 'made', port: 'out' }, to: { node: 'told', port: 'in' } }];
  return { ...document, nodes, edges };
}

test('lists of a source and a sink of code are held against what they declare, and the code is not run for it', async () => {
  await PRODUCT_LOADER.load([
    { type: 'custom-source', folder: 'sources/custom' },
    { type: 'custom-sink', folder: 'sinks/custom' },
  ]);
  const seen = { name: 'seen', type: 'BIGINT' };
  const held = { name: 'held', type: 'STRING', redistribution: 'union' };
  const read = `function read(position: number | null, ctx: Context, out: Output) {
  const at = position ?? 0;
  if (at === 0) ctx.state.seen.add(0n);
  out.emit({ id: BigInt(at) });
  return at < 2000 ? at + 1 : null;
}`;
  const write = `function write(rows: Row[], ctx: Context) {
  if (ctx.state.held.get().length === 0) ctx.state.held.add('a');
}`;
  const written = { ...files, document: JSON.stringify(ofCode(read, write, seen, [held])) };
  const disk = createDisk(written);
  const world = new SimulatedWorld(3, 1, disk, new SimulatedClock(), PRODUCT_LOADER);
  const job = startRun(world, productPlan(written, 1, 20), PRODUCT_OPTIONS);
  runUntil(world, job, () => job.run.checkpointsComplete >= 3);
  disk.off = true;
  const kept = disk.afterKill();
  const path = listCheckpoints(kept, PRODUCT_FOLDER)[0].path;
  const checkLists = (sourceList: object, sinkLists: readonly object[]): ReturnType<typeof checkRestore> => {
    const text = JSON.stringify(ofCode(`throwsIfRun();\n${read}`, `throwsIfRun();\n${write}`, sourceList, sinkLists));
    return checkRestore(kept, PRODUCT_LOADER, path, { path: '/job/pipeline.json', text, options: { restore: { path } } });
  };
  expect(await checkLists(seen, [held])).toEqual([]);
  expect(await checkLists({ ...seen, type: 'INT' }, [])).toMatchObject([
    {
      code: 'MR5033',
      nodeId: 'made',
      field: 'states',
      message: expect.stringMatching(/split list seen \(BIGINT\).*split list seen \(INT/),
    },
    { code: 'MR5033', nodeId: 'told', field: 'states', message: expect.stringMatching(/union list held \(VARCHAR\).*no list held/) },
  ]);
});

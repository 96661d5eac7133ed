/** A preview shows what a run would do with a sample, writes nothing, and lets one node's failure hide only what is behind it. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../base/node-clock.ts';
import { createNodeStorage } from '../../base/node-storage.ts';
import type { PreviewNode } from '../../host/contract.ts';
import { createNodeLoader } from '../workers/node-loader.ts';
import { createReadOnlyStorage, PreviewWorld } from './preview-world.ts';
import { runPreview } from './run-preview.ts';

type Node = { readonly id: string; readonly type: string; readonly config: object; readonly disabled?: boolean };

const loader = createNodeLoader();
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'millrace-preview-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** `a>b` connects first ports, `a.late>b` another output. */
function pipeline(nodes: readonly Node[], edges: readonly string[]): string {
  return JSON.stringify({
    format: 'millrace-pipeline',
    version: 1,
    id: 'p',
    name: 'P',
    job: {},
    nodes,
    edges: edges.map((edge, index) => {
      const [from, to] = edge.split('>').map((end) => end.split('.'));
      return { id: `e${index}`, from: { node: from[0], port: from[1] ?? 'out' }, to: { node: to[0], port: to[1] ?? 'in' } };
    }),
    drawing: { positions: {} },
  });
}

async function preview(
  text: string,
  options: {
    readonly rowsMax?: number;
    readonly nodes?: readonly string[];
    readonly isOver?: () => boolean;
    readonly trusted?: boolean;
  } = {},
): Promise<ReadonlyMap<string, PreviewNode>> {
  const answers = new Map<string, PreviewNode>();
  const world = new PreviewWorld(loader, createNodeStorage(), systemClock, options.isOver ?? (() => false));
  const request = {
    text,
    baseDirectory: folder,
    rowsMax: options.rowsMax ?? 100,
    trusted: options.trusted === true,
    ...(options.nodes === undefined ? {} : { nodes: options.nodes }),
  };
  await runPreview(request, world, (node) => answers.set(node.nodeId, node));
  return answers;
}

const AMOUNTS: Node = {
  id: 'amounts',
  type: 'collection-source',
  config: {
    schema: [
      { name: 'ts', type: 'TIMESTAMP(3)' },
      { name: 'key', type: 'STRING' },
      { name: 'amount', type: 'BIGINT' },
    ],
    rows: [0, 4, 2, 0, 5].map((amount, index) => ({ ts: `2026-01-01 00:00:0${index}`, key: index % 2 === 0 ? 'a' : 'b', amount })),
    rowsPerSecond: 1,
  },
};
const filter = (id: string, condition: string): Node => ({ id, type: 'filter', config: { condition } });
const derive = (id: string, expression: string): Node => ({
  id,
  type: 'select',
  config: { keep: 'all', columns: [{ name: 'made', expression }] },
});
const TIME: Node = { id: 'time', type: 'watermark', config: { time: { column: 'ts', delay: '1 s' } } };
const sums = (id: string, expression: string): Node => ({
  id,
  type: 'window-aggregate',
  config: { window: 'tumbling', size: '2 s', keys: ['key'], aggregates: [{ name: 'total', expression }] },
});
const SINK: Node = { id: 'out', type: 'file-sink', config: { path: 'written', format: 'ndjson' } };

const rowsOf = (node: PreviewNode | undefined, port = 'out') => node?.outputs.find((each) => each.port === port);

test('rows, their types, and which of them a filter kept', async () => {
  const answers = await preview(pipeline([AMOUNTS, filter('some', 'amount > 1')], ['amounts>some']));
  const some = answers.get('some');
  expect(some?.state).toBe('complete');
  expect(some?.inputs[0].total).toBe(5);
  expect(rowsOf(some)).toEqual({
    port: 'out',
    columns: [
      { name: 'ts', type: 'TIMESTAMP(3)' },
      { name: 'key', type: 'STRING' },
      { name: 'amount', type: 'BIGINT' },
    ],
    rows: [
      '{"ts":"2026-01-01 00:00:01","key":"b","amount":4}',
      '{"ts":"2026-01-01 00:00:02","key":"a","amount":2}',
      '{"ts":"2026-01-01 00:00:04","key":"a","amount":5}',
    ],
    total: 3,
    from: [1, 2, 4],
  });
});

test('custom code runs only where the pipeline is trusted; the nodes before it are shown all the same', async () => {
  const code = 'function processElement(row: Row, ctx: Context, out: Output) { if (row.amount !== 0n) out.emit(row); }';
  const text = pipeline([AMOUNTS, { id: 'mine', type: 'process', config: { code } }], ['amounts>mine']);
  const refused = await preview(text);
  expect([refused.get('amounts')?.state, refused.get('mine')?.state]).toEqual(['complete', 'failed']);
  expect(refused.get('mine')?.error).toMatchObject({ code: 'MR5050', nodeId: 'mine' });
  expect(rowsOf((await preview(text, { trusted: true })).get('mine'))?.total).toBe(3);
});

test('a source of custom code is shown once it is trusted, all of its splits', async () => {
  const code = `function read(position: number | null, ctx: Context, out: Output) {
  const n = position ?? 0;
  out.emit({ id: n, name: "split " + ctx.split });
  ctx.wait(60_000);
  return n < 1 ? n + 1 : null;
}`;
  const text = pipeline([{ id: 'mine', type: 'custom-source', config: { splits: 2, code } }], []);
  expect((await preview(text)).get('mine')?.error).toMatchObject({ code: 'MR5050', nodeId: 'mine' });
  const rows = rowsOf((await preview(text, { trusted: true })).get('mine'))?.rows;
  expect(rows?.map((row) => JSON.parse(row) as unknown)).toEqual([
    { id: 0, name: 'split 0' },
    { id: 0, name: 'split 1' },
    { id: 1, name: 'split 0' },
    { id: 1, name: 'split 1' },
  ]);
});

test('rows meet rules that are broadcast, whichever would come first in a run', async () => {
  const rules = {
    schema: [
      { name: 'key', type: 'STRING' },
      { name: 'most', type: 'BIGINT' },
    ],
    rows: [{ key: 'a', most: 3 }],
  };
  const join = {
    leftKeys: ['key'],
    rightKeys: ['key'],
    condition: 'amount > most',
    columns: ['most'],
    ruleKeys: ['key'],
    unmatched: 'keep',
  };
  const nodes = [AMOUNTS, { id: 'rules', type: 'collection-source', config: rules }, { id: 'limits', type: 'broadcast', config: join }];
  const answers = await preview(pipeline(nodes, ['amounts>limits.in', 'rules>limits.rules']));
  const rows = rowsOf(answers.get('limits'))?.rows ?? [];
  expect(rows.map((row) => row.slice(row.indexOf('"amount"')))).toEqual([
    '"amount":0,"most":null}',
    '"amount":4,"most":null}',
    '"amount":2,"most":null}',
    '"amount":0,"most":null}',
    '"amount":5,"most":3}',
  ]);
});

test('a filter that keeps nothing still tells that it was asked', async () => {
  const answers = await preview(pipeline([AMOUNTS, filter('none', 'amount > 99')], ['amounts>none']));
  expect(rowsOf(answers.get('none'))).toMatchObject({ rows: [], total: 0, from: [] });
});

test('windows fire at the end of the sample, as bounded input does', async () => {
  const answers = await preview(pipeline([AMOUNTS, TIME, sums('sums', 'SUM(amount)')], ['amounts>time', 'time>sums']));
  const totals = rowsOf(answers.get('sums'))?.rows.map((row) => JSON.parse(row) as { key: string; total: number });
  expect(totals?.map(({ key, total }) => `${key} ${total}`).sort()).toEqual(['a 0', 'a 2', 'a 5', 'b 0', 'b 4']);
});

describe('rows that fail', () => {
  test('are left out with their evidence, and the rows and branches beside them answer', async () => {
    const text = pipeline(
      [AMOUNTS, derive('inverse', '10 / amount'), filter('behind', 'made > 2'), filter('beside', 'amount > 1')],
      ['amounts>inverse', 'inverse>behind', 'amounts>beside'],
    );
    const answers = await preview(text);
    const inverse = answers.get('inverse');
    expect(inverse?.state).toBe('complete');
    expect(inverse?.error).toMatchObject({ code: 'MR3001', nodeId: 'inverse' });
    expect(inverse?.error?.message).not.toContain('batch');
    expect(inverse?.rowErrors.map(({ input, row, error }) => [input, row, error.data])).toEqual([
      ['in', 0, { input: 'in', row: '{"ts":"2026-01-01 00:00:00","key":"a","amount":0}' }],
      ['in', 3, { input: 'in', row: '{"ts":"2026-01-01 00:00:03","key":"b","amount":0}' }],
    ]);
    expect(rowsOf(inverse)).toMatchObject({ total: 3, from: [1, 2, 4] });
    expect(rowsOf(answers.get('behind'))?.total).toBe(1);
    expect(answers.get('beside')).toMatchObject({ state: 'complete', error: null });
  });

  test('are left out of a node that has to start over without them', async () => {
    const split: Node = { id: 'split', type: 'route', config: { routes: [{ name: 'big', expression: '10 / amount > 2' }] } };
    const node = (await preview(pipeline([AMOUNTS, split], ['amounts>split']))).get('split');
    expect(node).toMatchObject({ state: 'complete', error: { code: 'MR3001' } });
    expect(node?.rowErrors.map(({ row }) => row)).toEqual([0, 3]);
    expect([rowsOf(node, 'big')?.from, rowsOf(node, 'else')?.from]).toEqual([[2], [1, 4]]);
  });

  test('a source that cannot be read fails alone', async () => {
    const missing: Node = {
      id: 'missing',
      type: 'file-source',
      config: { path: 'nowhere.ndjson', format: 'ndjson', schema: [{ name: 'a', type: 'INT' }] },
    };
    const answers = await preview(
      pipeline([missing, AMOUNTS, filter('after', 'a > 1'), filter('beside', 'amount > 1')], ['missing>after', 'amounts>beside']),
    );
    expect(answers.get('missing')).toMatchObject({ state: 'failed', error: { nodeId: 'missing' } });
    expect(answers.get('beside')?.state).toBe('complete');
  });
});

describe('nothing is touched', () => {
  test('no file, no folder, no checkpoint', async () => {
    writeFileSync(path.join(folder, 'in.ndjson'), '{"a":1}\n{"a":2}\n');
    const source: Node = {
      id: 'in',
      type: 'file-source',
      config: { path: 'in.ndjson', format: 'ndjson', schema: [{ name: 'a', type: 'INT' }] },
    };
    const answers = await preview(pipeline([source, SINK], ['in>out']));
    expect(answers.get('out')).toMatchObject({ state: 'sink', inputs: [{ total: 2, rows: ['{"a":1}', '{"a":2}'] }] });
    expect(readdirSync(folder)).toEqual(['in.ndjson']);
  });

  test('whatever tries to write is refused', () => {
    const storage = createReadOnlyStorage(createNodeStorage());
    const target = path.join(folder, 'x');
    for (const write of [
      () => storage.open(target, 'write'),
      () => storage.open(target, 'create'),
      () => storage.makeDirectory(target),
      () => storage.rename(path.join(folder, 'in.ndjson'), target),
      () => storage.remove(path.join(folder, 'in.ndjson')),
      () => storage.removeTree(folder),
      () => storage.syncDirectory(folder),
    ])
      expect(write).toThrow(/MR5032|writes nothing/);
    expect(readdirSync(folder)).toEqual(['in.ndjson']);
  });

  test('a live source is not opened, and what waits for it says so', async () => {
    const live: Node = { id: 'live', type: 'socket-source', config: { host: 'localhost', port: 9, schema: [{ name: 'a', type: 'INT' }] } };
    const text = pipeline(
      [live, filter('after', 'a > 1'), { id: 'send', type: 'socket-sink', config: { host: 'localhost', port: 9 } }],
      ['live>after', 'after>send'],
    );
    const answers = await preview(text);
    expect(answers.get('live')).toMatchObject({ state: 'live', outputs: [{ total: 0, columns: [{ name: 'a', type: 'INT' }] }] });
    expect(answers.get('after')).toMatchObject({ state: 'waiting', because: 'live' });
    expect(answers.get('send')).toMatchObject({ state: 'sink', because: 'live' });
  });

  test('nobody is asked for a preview: a lookup waits for the run', async () => {
    const rows: Node = { id: 'rows', type: 'collection-source', config: { schema: [{ name: 'a', type: 'INT' }], rows: [{ a: 1 }] } };
    const config = { url: 'http://127.0.0.1:9/{a}', results: [{ name: 'b', path: '$.b' }] };
    const answers = await preview(
      pipeline([rows, { id: 'ask', type: 'lookup', config }, filter('after', 'a > 1')], ['rows>ask', 'ask>after']),
    );
    expect(answers.get('ask')).toMatchObject({ state: 'live', error: null, inputs: [{ total: 1 }] });
    expect(answers.get('after')).toMatchObject({ state: 'waiting', because: 'ask' });
  });
});

describe('limits', () => {
  const generator: Node = {
    id: 'many',
    type: 'generator-source',
    config: { schema: [{ name: 'n', type: 'BIGINT' }], rules: [], timeColumn: '', rowsPerSecond: 1 },
  };

  test('sources give a sample, and paces are not kept', async () => {
    const before = performance.now();
    const many = (await preview(pipeline([AMOUNTS], []), { rowsMax: 3 })).get('amounts');
    expect(rowsOf(many)).toMatchObject({ total: 3 });
    expect(rowsOf((await preview(pipeline([AMOUNTS], []))).get('amounts'))?.total).toBe(5);
    expect(performance.now() - before).toBeLessThan(2000);
  });

  test('time that is over leaves the nodes behind unreached', async () => {
    const answers = await preview(pipeline([AMOUNTS, filter('some', 'amount > 1')], ['amounts>some']), { isOver: () => true });
    expect([...answers.values()].map(({ nodeId, state, because }) => [nodeId, state, because])).toEqual([
      ['amounts', 'late', null],
      ['some', 'waiting', 'amounts'],
    ]);
  });

  test('an answer does not grow without end', async () => {
    const wide: Node = {
      ...AMOUNTS,
      config: { schema: [{ name: 'text', type: 'STRING' }], rows: Array.from({ length: 3 }, () => ({ text: 'x'.repeat(1_000_000) })) },
    };
    const nodes = [wide, ...[1, 2, 3].map((index) => filter(`f${index}`, 'text IS NOT NULL'))];
    const answers = await preview(pipeline(nodes, ['amounts>f1', 'f1>f2', 'f2>f3']));
    const last = answers.get('f3');
    expect(last?.outputs[0]).toMatchObject({ total: 3, rows: [] });
    expect(JSON.stringify([...answers.values()]).length).toBeLessThan(8_000_000);
  });

  test('only what is asked for is worked on', async () => {
    const text = pipeline([AMOUNTS, filter('some', 'amount > 1'), filter('other', 'amount > 2')], ['amounts>some', 'amounts>other']);
    expect([...(await preview(text, { nodes: ['some'] })).keys()]).toEqual(['some']);
    expect((await preview(text, { nodes: ['nobody'] })).size).toBe(0);
  });

  test('a generator without an end, at one row a second', async () => {
    const answers = await preview(pipeline([generator], []));
    expect(answers.get('many')).toMatchObject({ state: 'complete', outputs: [{ total: 100 }] });
  });
});

describe('drawings that are not done', () => {
  test('preview what is complete', async () => {
    const text = pipeline(
      [
        AMOUNTS,
        filter('good', 'amount > 1'),
        filter('bad', 'nope > 1'),
        filter('behind', 'amount > 1'),
        filter('open', 'TRUE'),
        { id: 'odd', type: 'kafka', config: {} },
      ],
      ['amounts>good', 'good>bad', 'bad>behind'],
    );
    const answers = await preview(text);
    expect(answers.get('good')?.outputs[0].total).toBe(3);
    expect(answers.get('bad')).toMatchObject({ state: 'invalid', inputs: [{ total: 3 }], error: { code: 'MR3012', field: 'condition' } });
    expect(answers.get('behind')).toMatchObject({ state: 'waiting', because: 'bad' });
    expect(answers.get('open')).toMatchObject({ state: 'waiting', because: null });
    expect(answers.get('odd')).toMatchObject({ state: 'invalid', error: { code: 'MR2301' } });
  });

  test('a node that is off passes rows as in a run, or stops them', async () => {
    const off = { ...filter('off', 'amount > 1'), disabled: true };
    const text = pipeline(
      [AMOUNTS, off, filter('behind', 'amount > 1'), { ...derive('cut', '1'), disabled: true }, filter('dark', 'amount > 1')],
      ['amounts>off', 'off>behind', 'amounts>cut', 'cut>dark'],
    );
    const answers = await preview(text);
    expect(answers.get('off')).toMatchObject({ state: 'off', outputs: [{ total: 5 }] });
    expect(rowsOf(answers.get('behind'))?.total).toBe(3);
    expect(answers.get('cut')).toMatchObject({ state: 'off', outputs: [] });
    expect(answers.get('dark')).toMatchObject({ state: 'off' });
  });

  test('a union goes on with the branches that have rows', async () => {
    const live: Node = { ...AMOUNTS, id: 'live', type: 'socket-source', config: { ...AMOUNTS.config, host: 'localhost', port: 9 } };
    const text = pipeline(
      [AMOUNTS, { ...AMOUNTS, id: 'more' }, live, { id: 'all', type: 'union', config: {} }, filter('some', 'amount > 1')],
      ['amounts>all', 'more>all', 'live>all', 'all>some'],
    );
    const answers = await preview(text);
    expect(answers.get('all')).toMatchObject({ state: 'complete', outputs: [{ total: 10 }] });
    expect(rowsOf(answers.get('some'))).toMatchObject({ total: 6, from: [2, 3, 4, 5, 8, 9] });
  });

  test('what is no pipeline is refused', async () => {
    await expect(preview('{')).rejects.toMatchObject({ code: 'MR6403' });
  });
});

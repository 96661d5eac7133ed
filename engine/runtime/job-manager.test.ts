/** The job manager with real threads over the built bundles: start, watch, tail, savepoint, stop, crash of a worker. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WrittenPipeline } from '../../test/support/line-pipeline.ts';
import { schemaOf, until, writeLine } from '../../test/support/line-pipeline.ts';
import { createNodeStorage } from '../base/node-storage.ts';
import type { RunMetrics } from '../host/contract.ts';
import { createJobManager } from './job-manager.ts';
import type { JobManager } from './job-manager-api.ts';
import { listKeptState } from './kept-checkpoints.ts';
import { listStoredCheckpoints } from './stored-checkpoints.ts';

const ROWS = 3000;

let folder = '';
let jobs: JobManager;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'millrace-jobs-'));
  jobs = createJobManager({ bundleFolder: path.resolve('build/engine'), warmWorkers: 2 });
});

afterAll(async () => {
  await jobs.close();
  rmSync(folder, { recursive: true, force: true });
});

/** file → filter → select → partition by key → file. */
function createPipeline(name: string, rowsPerSecond: number | null): WrittenPipeline {
  const source = {
    path: 'in.ndjson',
    schema: schemaOf('id BIGINT', 'name STRING', 'price BIGINT'),
    ...(rowsPerSecond === null ? {} : { rowsPerSecond }),
  };
  const nodes = [
    { id: 'in', type: 'file-source', config: source },
    { id: 'even', type: 'filter', config: { condition: 'MOD(id, 2) = 0' } },
    {
      id: 'shown',
      type: 'select',
      config: { keep: 'listed', columns: ['name', 'price'].map((column) => ({ name: column, expression: column })) },
    },
    { id: 'spread', type: 'partition', config: { strategy: 'key', keys: ['name'] } },
    { id: 'out', type: 'file-sink', config: { path: 'out' } },
  ];
  const rows = Array.from({ length: ROWS }, (_, id) => ({ id, name: `n${id % 10}`, price: id * 2 }));
  return writeLine(folder, name, nodes, rows);
}

function outputRows(pipeline: WrittenPipeline): number {
  const out = path.join(path.dirname(pipeline.path), 'out');
  const names = readdirSync(out).filter((name) => name.endsWith('.ndjson'));
  return names.flatMap((name) => readFileSync(path.join(out, name), 'utf8').split('\n').slice(0, -1)).length;
}

const rowsOf = (metrics: RunMetrics, nodeId: string) => {
  const node = metrics.nodes.find((each) => each.nodeId === nodeId);
  return node === undefined ? null : [node.rowsIn, node.rowsOut];
};

test.each([1, 2])('a run at parallelism %d: rows, metrics of every node and edge, a final checkpoint', async (parallelism) => {
  const pipeline = createPipeline(`plain-${parallelism}`, null);
  const started = await jobs.start({ ...pipeline, options: { restore: 'latest', parallelism } });
  expect(started).toMatchObject({ phase: 'running', guarantee: 'exactly-once', parallelism, attempt: 1 });
  const ended = await jobs.whenEnded(started.runId);
  expect(ended).toMatchObject({ phase: 'finished', error: null });
  expect(outputRows(pipeline)).toBe(ROWS / 2);
  const metrics = jobs.metrics(started.runId);
  expect(rowsOf(metrics, 'in')).toEqual([0, ROWS]);
  expect(rowsOf(metrics, 'even')).toEqual([ROWS, ROWS / 2]);
  expect(rowsOf(metrics, 'shown')).toEqual([ROWS / 2, ROWS / 2]);
  expect(rowsOf(metrics, 'spread')).toEqual([ROWS / 2, ROWS / 2]);
  expect(rowsOf(metrics, 'out')).toEqual([ROWS / 2, 0]);
  expect(metrics.edges.map(({ edgeId, rows }) => [edgeId, rows]).sort()).toEqual([
    ['e0', ROWS],
    ['e1', ROWS / 2],
    ['e2', ROWS / 2],
    ['e3', ROWS / 2],
  ]);
  expect(jobs.checkpoints(started.runId)[0]).toMatchObject({ kind: 'checkpoint', status: 'complete' });
  expect(jobs.subtasks(started.runId, 'out')).toHaveLength(parallelism);
});

test('tails of edges, those between fused nodes included; then stop and go on', async () => {
  const pipeline = createPipeline('watched', 1000);
  const { runId } = await jobs.start({ ...pipeline, options: { restore: 'latest', parallelism: 2, checkpointIntervalMs: 50 } });
  const tail = (edgeId: string) => jobs.tail(runId, edgeId, 0, 5);
  await until(
    () => ['e0', 'e1', 'e2', 'e3'].every((edgeId) => tail(edgeId).rows.length > 0),
    () => 'rows of every edge',
  );
  expect(Object.keys(JSON.parse(tail('e0').rows[0]))).toEqual(['id', 'name', 'price']);
  expect(JSON.parse(tail('e1').rows[0]).id % 2).toBe(0);
  expect(Object.keys(JSON.parse(tail('e3').rows[0]))).toEqual(['name', 'price']);
  expect(() => tail('no-such')).toThrow(/no edge/);
  const savepoint = await jobs.savepoint(runId);
  expect(savepoint).toMatchObject({ kind: 'savepoint', status: 'complete' });
  const stopped = await jobs.stop(runId, 'keep-state');
  expect(stopped.savepointPath).toMatch(/sp-\d+$/);
  expect(jobs.status(runId).phase).toBe('stopped');
  const stored = listStoredCheckpoints(createNodeStorage(), path.join(folder, 'watched', '.millrace'));
  expect(stored.filter(({ kind }) => kind === 'savepoint').length).toBe(2);
  expect(stored.every(({ damage }) => damage === null)).toBe(true);
  const again = await jobs.start({ ...pipeline, options: { restore: 'latest', parallelism: 1 } });
  await jobs.stop(again.runId, 'drain');
  await jobs
    .start({ ...pipeline, text: pipeline.text.replace('"rowsPerSecond":1000', '"rowsPerSecond":1000000'), options: { restore: 'latest' } })
    .then(async (third) => jobs.whenEnded(third.runId));
  expect(outputRows(pipeline)).toBe(ROWS / 2);
});

test('run again behind all of its input, it begins anew; `latest` does nothing twice; a drained run goes on', async () => {
  const pipeline = createPipeline('again', null);
  const run = async (restore: 'latest' | 'unfinished') => {
    const { runId, attempt } = await jobs.start({ ...pipeline, options: { restore, checkpointIntervalMs: 20 } });
    expect(await jobs.whenEnded(runId)).toMatchObject({ phase: 'finished', error: null });
    return [attempt, rowsOf(jobs.metrics(runId), 'in')?.[1]];
  };
  expect(await run('unfinished')).toEqual([1, ROWS]);
  expect(listKeptState(pipeline.text, pipeline.path).goesOnFrom).toBeNull();
  expect(await run('unfinished')).toEqual([2, ROWS]);
  expect(await run('latest')).toEqual([3, 0]);

  const slow = createPipeline('goes-on', 1000);
  const first = await jobs.start({ ...slow, options: { restore: 'unfinished' } });
  await until(
    () => (rowsOf(jobs.metrics(first.runId), 'in')?.[1] ?? 0) > 0,
    () => 'rows',
  );
  const { savepointPath } = await jobs.stop(first.runId, 'drain');
  expect(listKeptState(slow.text, slow.path)).toMatchObject({ goesOnFrom: savepointPath, checkpoints: [{ path: savepointPath }] });
  const fast = slow.text.replace('"rowsPerSecond":1000', '"rowsPerSecond":1000000');
  const rest = await jobs.start({ ...slow, text: fast, options: { restore: 'unfinished' } });
  await jobs.whenEnded(rest.runId);
  expect(outputRows(slow)).toBe(ROWS / 2);
});

test('a document with problems is refused with all of them', async () => {
  const pipeline = createPipeline('wrong', null);
  const text = pipeline.text.replace('MOD(id, 2) = 0', 'MOD(nothing, 2) = 0');
  await expect(jobs.start({ ...pipeline, text, options: { restore: 'latest' } })).rejects.toMatchObject({ code: 'MR2000' });
});

test('a second run of the same job is refused while the first one lives', async () => {
  const pipeline = createPipeline('twice', 1000);
  const { runId } = await jobs.start({ ...pipeline, options: { restore: 'latest' } });
  await expect(jobs.start({ ...pipeline, options: { restore: 'latest' } })).rejects.toMatchObject({ code: 'MR5010' });
  await jobs.stop(runId, 'discard');
});

test('a warm engine has the first row at the sink soon', async () => {
  const pipeline = createPipeline('quick', null);
  const startedAt = performance.now();
  const { runId } = await jobs.start({ ...pipeline, options: { restore: 'latest' } });
  const runningAfterMs = performance.now() - startedAt;
  await jobs.whenEnded(runId);
  // The aim is 300 ms; a machine that is busy with other tests gets more.
  expect(runningAfterMs).toBeLessThan(3000);
  console.log(`running after ${runningAfterMs.toFixed(0)} ms, finished after ${(performance.now() - startedAt).toFixed(0)} ms`);
});

test('a paused run reads nothing, takes checkpoints, and goes on at another speed to the same rows', async () => {
  const pipeline = createPipeline('paused', 400);
  const status = await jobs.start({ ...pipeline, options: { restore: 'none', parallelism: 2 } });
  expect([status.paused, status.speed]).toEqual([false, 1]);
  const seen = () => rowsOf(jobs.metrics(status.runId), 'in')?.[1] ?? 0;
  await until(
    () => seen() > 100,
    () => 'rows',
  );
  expect(jobs.pace(status.runId, true, 1).paused).toBe(true);
  // What the workers had sent before they heard of it still arrives.
  await new Promise((resolve) => {
    setTimeout(resolve, 1200);
  });
  const held = seen();
  await new Promise((resolve) => {
    setTimeout(resolve, 1200);
  });
  expect(seen()).toBe(held);
  expect((await jobs.savepoint(status.runId)).status).toBe('complete');
  expect(jobs.pace(status.runId, false, 'max').speed).toBe('max');
  expect((await jobs.whenEnded(status.runId)).phase).toBe('finished');
  expect(outputRows(pipeline)).toBe(ROWS / 2);
  expect(() => jobs.pace(status.runId, true, 1)).toThrow(expect.objectContaining({ code: 'MR5014' }));
});

test('speeds that are none are refused, and a run without a pace says so', async () => {
  const paced = await jobs.start({ ...createPipeline('speeds', 50), options: { restore: 'none' } });
  for (const speed of [0, -1, Number.NaN, 1e9])
    expect(() => jobs.pace(paced.runId, false, speed)).toThrow(expect.objectContaining({ code: 'MR5017' }));
  await jobs.stop(paced.runId, 'discard');
  const unpaced = await jobs.start({ ...createPipeline('unpaced', null), options: { restore: 'none' } });
  expect(unpaced.speed).toBeNull();
  await jobs.whenEnded(unpaced.runId);
});

test('a paused run that is stopped with drain ends', async () => {
  const pipeline = createPipeline('drained', 100);
  const status = await jobs.start({ ...pipeline, options: { restore: 'none' } });
  await until(
    () => (rowsOf(jobs.metrics(status.runId), 'in')?.[1] ?? 0) > 10,
    () => 'rows',
  );
  jobs.pace(status.runId, true, 1);
  await jobs.stop(status.runId, 'drain');
  expect(jobs.status(status.runId).phase).toBe('stopped');
});

test('every row of a preview in its order from the start, those of another sink while somebody asks', async () => {
  const pipeline = createPipeline('results', null);
  const document = JSON.parse(pipeline.text);
  document.nodes.push({ id: 'watch', type: 'preview-sink', config: { rowsMax: 10_000 } });
  document.edges.push({ id: 'seen', from: { node: 'even', port: 'out' }, to: { node: 'watch', port: 'in' } });
  const { runId } = await jobs.start({ path: pipeline.path, text: JSON.stringify(document), options: { restore: 'none' } });
  await jobs.whenEnded(runId);
  const all = jobs.results(runId, 'watch', 0);
  expect(all).toMatchObject({ first: 1, last: ROWS / 2, total: ROWS / 2, fromStart: true });
  expect(all.rows.map((row) => JSON.parse(row).id)).toEqual(Array.from({ length: ROWS / 2 }, (_, index) => index * 2));
  expect(jobs.results(runId, 'watch', ROWS / 2 - 2).rows).toEqual(all.rows.slice(-2));
  expect(jobs.results(runId, 'out', 0)).toMatchObject({ rows: [], last: 0, total: ROWS / 2, fromStart: false });
  expect(() => jobs.results(runId, 'nobody', 0)).toThrow(expect.objectContaining({ code: 'MR5025' }));

  const { runId: slow } = await jobs.start({ ...createPipeline('results-live', 200), options: { restore: 'none' } });
  await until(
    () => jobs.results(slow, 'out', 0).last > 20,
    () => 'rows on their way into a file',
  );
  expect(Object.keys(JSON.parse(jobs.results(slow, 'out', 0).rows[0]))).toEqual(['name', 'price']);
  await jobs.stop(slow, 'discard');
});

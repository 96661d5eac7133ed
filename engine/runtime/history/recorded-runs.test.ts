/** What is kept of runs with real threads over the built bundles: figures, checkpoints, log and document of one that finished, one that failed, one that was stopped. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createJobManager } from '../job-manager.ts';
import type { JobManager } from '../job-manager-api.ts';
import { openHistory } from './open-history.ts';
import type { RunHistory } from './run-history.ts';

const ROWS = 300;

let folder = '';
let jobs: JobManager;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'millrace-history-'));
  jobs = createJobManager({ bundleFolder: path.resolve('build/engine'), warmWorkers: 1 });
});

afterAll(async () => {
  await jobs.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Pipeline {
  readonly path: string;
  readonly text: string;
  readonly history: RunHistory;
}

/** A file of rows, line 7 of which cannot be read, to a file. */
function createPipeline(name: string, source: object): Pipeline {
  const place = path.join(folder, name);
  mkdirSync(place);
  const lines = Array.from({ length: ROWS }, (_, id) => (id === 6 ? 'no json' : JSON.stringify({ id })));
  writeFileSync(path.join(place, 'in.ndjson'), `${lines.join('\n')}\n`);
  const nodes = [
    { id: 'in', type: 'file-source', config: { path: 'in.ndjson', schema: [{ name: 'id', type: 'BIGINT' }], ...source } },
    { id: 'out', type: 'file-sink', config: { path: 'out' } },
  ];
  const edges = [{ id: 'e', from: { node: 'in', port: 'out' }, to: { node: 'out', port: 'in' } }];
  const document = { format: 'millrace-pipeline', version: 1, id: name, name, job: {}, nodes, edges, drawing: { positions: {} } };
  const text = JSON.stringify(document);
  const file = path.join(place, 'pipeline.json');
  const history = openHistory(text, file);
  if (history === null) throw new Error('the text is no pipeline');
  return { path: file, text, history };
}

const codesOf = (history: RunHistory, runId: string): readonly string[] => history.log(runId).entries.map(({ code }) => code);

test('a run that skips a bad line and finishes', async () => {
  const pipeline = createPipeline('finished', { badLines: 'skip' });
  const { runId } = await jobs.start({ path: pipeline.path, text: pipeline.text, options: { restore: 'none' } });
  await jobs.whenEnded(runId);
  expect(pipeline.history.list()).toMatchObject({
    runs: [{ runId, outcome: 'finished', rowsIn: ROWS - 1, rowsOut: ROWS - 1, startedFrom: null, restarts: 0, warnings: 2, errors: 0 }],
    damaged: [],
  });
  const { nodes } = pipeline.history.show(runId);
  expect(nodes.map(({ nodeId, rowsIn, rowsOut, badRecords }) => [nodeId, rowsIn, rowsOut, badRecords])).toEqual([
    ['in', 0, ROWS - 1, 1],
    ['out', ROWS - 1, 0, 0],
  ]);
  expect(pipeline.history.spec(runId)).toBe(pipeline.text);
  expect(codesOf(pipeline.history, runId)).toEqual([
    'fresh-start',
    'run-running',
    'split-opened',
    'bad-line',
    'split-finished',
    'source-ended',
    'checkpoint-complete',
    'bad-lines',
    'run-finished',
  ]);
  const [badLine] = pipeline.history.log(runId).entries.filter(({ code }) => code === 'bad-line');
  expect(badLine).toMatchObject({ nodeId: 'in', subtask: 0, level: 'warning' });
  expect(badLine.text.en).toMatch(/in\.ndjson, line 7, byte \d+: /);
  expect(badLine.text.zh).toMatch(/in\.ndjson，第 7 行，第 \d+ 字节/);
  expect(jobs.logs(runId, 0).entries).toEqual(pipeline.history.log(runId).entries);
  expect(jobs.logs(runId, 8).entries.map(({ code }) => code)).toEqual(['run-finished']);
});

test('a run that fails on the line: which node, which subtask, and why', async () => {
  const pipeline = createPipeline('failed', { badLines: 'fail' });
  const { runId } = await jobs.start({ path: pipeline.path, text: pipeline.text, options: { restore: 'none' } });
  await jobs.whenEnded(runId);
  expect(pipeline.history.show(runId)).toMatchObject({ outcome: 'failed', error: { code: 'MR4001', nodeId: 'in' }, errors: 2 });
  const failure = pipeline.history.log(runId).entries.find(({ code }) => code === 'MR4001');
  expect(failure).toMatchObject({ level: 'error', nodeId: 'in', subtask: 0 });
  expect(codesOf(pipeline.history, runId).at(-1)).toBe('run-failed');
});

test('a run that is paused, stopped with its state and gone on with; its savepoint is there to start from', async () => {
  const pipeline = createPipeline('stopped', { badLines: 'skip', rowsPerSecond: 100 });
  const start = { path: pipeline.path, text: pipeline.text, options: { restore: 'latest' as const } };
  const { runId } = await jobs.start(start);
  jobs.pace(runId, true, 1);
  jobs.pace(runId, false, 10);
  await jobs.stop(runId, 'keep-state');
  const first = pipeline.history.show(runId);
  expect(first).toMatchObject({ outcome: 'stopped', stopMode: 'keep-state', lastCheckpoint: { kind: 'savepoint' } });
  expect(first.checkpoints.map(({ kind, kept }) => [kind, kept])).toEqual([['savepoint', true]]);
  expect(codesOf(pipeline.history, runId)).toEqual(
    expect.arrayContaining(['run-paused', 'run-resumed', 'run-stopping', 'savepoint-complete']),
  );
  const again = await jobs.start(start);
  expect(pipeline.history.list().runs[0]).toMatchObject({ runId: again.runId, outcome: 'running' });
  jobs.record();
  await jobs.stop(again.runId, 'discard');
  expect(pipeline.history.list().runs).toMatchObject([
    { runId: again.runId, stopMode: 'discard', startedFrom: { kind: 'savepoint', id: first.lastCheckpoint?.id } },
    { runId },
  ]);
});

test('a run that ends because its engine does was interrupted', async () => {
  const pipeline = createPipeline('interrupted', { badLines: 'skip', rowsPerSecond: 50 });
  const own = createJobManager({ bundleFolder: path.resolve('build/engine'), warmWorkers: 1 });
  const { runId } = await own.start({ path: pipeline.path, text: pipeline.text, options: { restore: 'none' } });
  await own.close();
  expect(pipeline.history.list().runs).toMatchObject([{ runId, outcome: 'interrupted' }]);
});

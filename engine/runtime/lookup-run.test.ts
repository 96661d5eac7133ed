/** A run whose rows are on their way to a server when it fails or stops: each is asked for again and leaves once; and secrets it sends. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { schemaOf, until, writeLine } from '../../test/support/line-pipeline.ts';
import { printVariable } from '../spec/variables.ts';
import { createJobManager } from './job-manager.ts';
import type { JobManager } from './job-manager-api.ts';

const ROWS = 300;
/** Its answer is an error the first time it is asked for. */
const FAILING = 200;
const TIMEOUT_MS = 60_000;

let folder = '';
let jobs: JobManager;
let server: Server;
let seen: number[] = [];
let tokens: (string | undefined)[] = [];
let port = 0;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'millrace-lookup-'));
  jobs = createJobManager({ bundleFolder: path.resolve('build/engine'), warmWorkers: 2 });
  server = createServer((request, response) => {
    const id = Number(request.url?.slice(1));
    seen.push(id);
    tokens.push(request.headers.authorization);
    const fails = id === FAILING && seen.filter((each) => each === id).length === 1;
    setTimeout(() => {
      response.writeHead(fails ? 500 : 200);
      response.end(JSON.stringify({ city: `C${id}` }));
    }, 20);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});

afterAll(async () => {
  await jobs.close();
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

function createPipeline(name: string, more: object = {}) {
  const lookup = {
    url: `http://127.0.0.1:${port}/{id}`,
    results: [{ name: 'city', path: '$.city' }],
    order: 'unordered',
    capacity: 5,
    ...more,
  };
  const nodes = [
    { id: 'in', type: 'file-source', config: { path: 'in.ndjson', schema: schemaOf('id BIGINT'), rowsPerSecond: 400 } },
    { id: 'ask', type: 'lookup', config: lookup },
    { id: 'out', type: 'file-sink', config: { path: 'out' } },
  ];
  return writeLine(
    folder,
    name,
    nodes,
    Array.from({ length: ROWS }, (_, id) => ({ id })),
  );
}

function written(name: string): string[] {
  const out = path.join(folder, name, 'out');
  const files = readdirSync(out).filter((file) => file.endsWith('.ndjson'));
  return files.flatMap((file) => readFileSync(path.join(out, file), 'utf8').split('\n').slice(0, -1)).sort();
}

const EVERY_ROW = Array.from({ length: ROWS }, (_, id) => JSON.stringify({ id, city: `C${id}` })).sort();

test('a failure, then a stop and a start: every row leaves once, with its answer', { timeout: TIMEOUT_MS }, async () => {
  seen = [];
  const pipeline = createPipeline('failing');
  const options = { restore: 'latest', parallelism: 2, checkpointIntervalMs: 50 } as const;
  const { runId } = await jobs.start({ ...pipeline, options });
  await until(
    () => jobs.status(runId).attempt > 1 && jobs.status(runId).phase === 'running',
    () => 'the run to go on behind the failure',
  );
  await jobs.stop(runId, 'keep-state');
  const again = await jobs.start({ ...pipeline, options: { ...options, parallelism: 1 } });
  expect(await jobs.whenEnded(again.runId)).toMatchObject({ phase: 'finished', error: null });
  expect(written('failing')).toEqual(EVERY_ROW);
  expect(seen.length).toBeGreaterThan(ROWS);
});

test('a secret is asked for before the run, sent to the server, and written nowhere', { timeout: TIMEOUT_MS }, async () => {
  const headers = [{ name: 'Authorization', value: `Bearer ${printVariable('LOOKUP_RUN_TOKEN')}` }];
  const pipeline = createPipeline('secret', { headers, capacity: 100 });
  const options = { restore: 'none', parallelism: 1, checkpointIntervalMs: 50, overrides: { 'in.rowsPerSecond': null } } as const;
  await expect(jobs.start({ ...pipeline, options })).rejects.toMatchObject({ code: 'MR5051', details: { nodeId: 'ask' } });
  await expect(jobs.start({ ...pipeline, trusted: true, options })).rejects.toMatchObject({
    code: 'MR5009',
    message: expect.stringContaining('LOOKUP_RUN_TOKEN'),
    details: { nodeId: 'ask', field: 'headers[0].value' },
  });
  vi.stubEnv('LOOKUP_RUN_TOKEN', 'broken\nline');
  await expect(jobs.start({ ...pipeline, trusted: true, options })).rejects.toMatchObject({ code: 'MR5015' });
  vi.stubEnv('LOOKUP_RUN_TOKEN', 'told-to-nobody');
  tokens = [];
  const manager = createJobManager({ bundleFolder: path.resolve('build/engine'), warmWorkers: 0 });
  const told: unknown[] = [];
  manager.listen({ log: (entry) => told.push(entry), state: (status) => told.push(status), metrics: (metrics) => told.push(metrics) });
  const { runId } = await manager.start({ ...pipeline, trusted: true, options });
  expect(await manager.whenEnded(runId)).toMatchObject({ phase: 'finished', error: null });
  told.push(manager.spec(runId), manager.checkpoints(runId), manager.logs(runId, 0), manager.results(runId, 'out', 0));
  await manager.close();
  vi.unstubAllEnvs();
  expect(new Set(tokens)).toEqual(new Set(['Bearer told-to-nobody']));
  const text = JSON.stringify(told, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  expect(text.includes('told-to-nobody')).toBe(false);
  expect(filesBelow(path.join(folder, 'secret')).filter((file) => readFileSync(file).includes('told-to-nobody'))).toEqual([]);
});

function filesBelow(place: string): string[] {
  return readdirSync(place).flatMap((name) => {
    const file = path.join(place, name);
    return statSync(file).isDirectory() ? filesBelow(file) : [file];
  });
}

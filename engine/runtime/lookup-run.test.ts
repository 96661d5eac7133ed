/** A run whose rows are on their way to a server when it fails or stops: behind the restore each of them is asked for again and leaves once. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { schemaOf, until, writeLine } from '../../test/support/line-pipeline.ts';
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
let port = 0;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'millrace-lookup-'));
  jobs = createJobManager({ bundleFolder: path.resolve('build/engine'), warmWorkers: 2 });
  server = createServer((request, response) => {
    const id = Number(request.url?.slice(1));
    seen.push(id);
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

function createPipeline(name: string) {
  const lookup = {
    url: `http://127.0.0.1:${port}/{id}`,
    results: [{ name: 'city', path: '$.city' }],
    order: 'unordered',
    capacity: 5,
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

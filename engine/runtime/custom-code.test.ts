/** Custom code over real workers: refused without trust, ended and named when it does not come back or eats its worker's memory. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { schemaOf, writeLine } from '../../test/support/line-pipeline.ts';
import type { RunStatus } from '../host/contract.ts';
import { createJobManager } from './job-manager.ts';
import type { JobManager } from './job-manager-api.ts';

let folder = '';
let jobs: JobManager;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'millrace-code-'));
  jobs = createJobManager({ bundleFolder: path.resolve('build/engine'), warmWorkers: 1, codeLooksMax: 4 });
});

afterAll(async () => {
  await jobs.close();
  rmSync(folder, { recursive: true, force: true });
});

async function run(name: string, code: string, trusted: boolean, manager: JobManager = jobs): Promise<RunStatus> {
  const nodes = [
    { id: 'in', type: 'file-source', config: { path: 'in.ndjson', schema: schemaOf('id BIGINT') } },
    { id: 'mine', type: 'process', config: { code } },
    { id: 'out', type: 'file-sink', config: { path: 'out' } },
  ];
  const { path: place, text } = writeLine(folder, name, nodes, [{ id: 1 }, { id: 2 }]);
  const { runId } = await manager.start({ path: place, text, trusted, options: { restore: 'none', parallelism: 1 } });
  return manager.whenEnded(runId);
}

test('nothing runs before the pipeline is trusted', async () => {
  const code = 'function processElement(row: Row, ctx: Context, out: Output) { out.emit(row); }';
  await expect(run('untrusted', code, false)).rejects.toMatchObject({ code: 'MR5050', details: { nodeId: 'mine' } });
  expect(await run('trusted', code, true)).toMatchObject({ phase: 'finished', error: null });
});

test('a loop that does not end is ended and named, and not tried again', { timeout: 60_000 }, async () => {
  const ended = await run('endless', 'function processElement(row: Row) { while (true); }', true);
  expect(ended).toMatchObject({ phase: 'failed', attempt: 1, error: { code: 'MR5036', nodeId: 'mine' } });
});

test('a source and a sink whose call does not come back are ended and named', { timeout: 60_000 }, async () => {
  const loop = (called: string) => `function ${called}() { while (true); }`;
  const { path: place, text } = writeLine(
    folder,
    'ends',
    [
      { id: 'mine', type: 'custom-source', config: { code: loop('read') } },
      { id: 'out', type: 'file-sink', config: { path: 'out' } },
    ],
    [],
  );
  const other = writeLine(
    folder,
    'ends-2',
    [
      { id: 'in', type: 'custom-source', config: {} },
      { id: 'mine', type: 'custom-sink', config: { path: 'out-2', code: loop('write') } },
    ],
    [],
  );
  for (const pipeline of [{ path: place, text }, other]) {
    const { runId } = await jobs.start({ ...pipeline, trusted: true, options: { restore: 'none', parallelism: 1 } });
    expect(await jobs.whenEnded(runId)).toMatchObject({ phase: 'failed', attempt: 1, error: { code: 'MR5036', nodeId: 'mine' } });
  }
});

test('code that eats the memory of its worker is ended and named', { timeout: 60_000 }, async () => {
  const code = 'const kept: unknown[] = [];\nfunction processElement(row: Row) { while (true) kept.push(new Array(1000).fill(row)); }';
  const small = createJobManager({ bundleFolder: path.resolve('build/engine'), warmWorkers: 1, heapMegabytes: 64, codeLooksMax: 100 });
  const ended = await run('hungry', code, true, small);
  await small.close();
  expect(ended).toMatchObject({ phase: 'failed', attempt: 1, error: { code: 'MR5037', nodeId: 'mine' } });
});

test('the line of the code is told', async () => {
  const ended = await run('throws', 'function processElement(row: Row) {\n  throw new Error("no " + row.id);\n}', true);
  expect(ended).toMatchObject({ phase: 'failed', error: { code: 'MR3020', nodeId: 'mine' } });
  expect(ended.error?.message).toBe("processElement of node 'mine' failed, line 2, column 9: Error: no 1");
});

/** A batch keeps nothing to go on from: no checkpoints while it runs, no savepoints, and it begins anew when it was stopped. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { schemaOf, until, writeLine } from '../../test/support/line-pipeline.ts';
import { createJobManager } from './job-manager.ts';
import type { JobManager } from './job-manager-api.ts';

const ROWS = 200;
const NODES = [
  { id: 'in', type: 'file-source', config: { path: 'in.ndjson', schema: schemaOf('id BIGINT', 'part BIGINT'), rowsPerSecond: 400 } },
  { id: 'sum', type: 'running-aggregate', config: { keys: ['part'], aggregates: [{ name: 'total', expression: 'SUM(id)' }] } },
  { id: 'out', type: 'file-sink', config: { path: 'out' } },
];

let folder = '';
let jobs: JobManager;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'millrace-batch-run-'));
  jobs = createJobManager({ bundleFolder: path.resolve('build/engine'), warmWorkers: 1 });
});

afterAll(async () => {
  await jobs.close();
  rmSync(folder, { recursive: true, force: true });
});

function written(): string[] {
  const out = path.join(folder, 'batch', 'out');
  if (!existsSync(out)) return [];
  const files = readdirSync(out).filter((file) => file.endsWith('.ndjson'));
  return files.flatMap((file) => readFileSync(path.join(out, file), 'utf8').split('\n').slice(0, -1));
}

test('stopped and started', { timeout: 60_000 }, async () => {
  const rows = Array.from({ length: ROWS }, (_, id) => ({ id, part: id % 3 }));
  const pipeline = writeLine(folder, 'batch', NODES, rows, { mode: 'batch' });
  const options = { restore: 'latest', parallelism: 2, checkpointIntervalMs: 10 } as const;
  const { runId } = await jobs.start({ ...pipeline, options });
  const rowsRead = () => jobs.metrics(runId).nodes.find(({ nodeId }) => nodeId === 'in')?.rowsOut ?? 0;
  await until(
    () => rowsRead() > 0,
    () => 'rows to be read',
  );
  await expect(jobs.savepoint(runId)).rejects.toMatchObject({ code: 'MR5014' });
  expect(await jobs.stop(runId, 'keep-state')).toEqual({ savepointPath: null });
  expect([jobs.status(runId).phase, jobs.checkpoints(runId), written()]).toEqual(['stopped', [], []]);

  const again = await jobs.start({ ...pipeline, options });
  expect(await jobs.whenEnded(again.runId)).toMatchObject({ phase: 'finished', error: null });
  const totals = [0, 0, 0];
  const expected = rows.map(({ id, part }) => {
    totals[part] += id;
    return JSON.stringify({ id, part, total: totals[part] });
  });
  expect(written().sort()).toEqual(expected.sort());
  expect(jobs.checkpoints(again.runId).map(({ kind, status }) => [kind, status])).toEqual([['checkpoint', 'complete']]);
});

/**
 * The same answers whatever the parallelism and the size of batches, and after a savepoint that is continued at another
 * parallelism: a window behind a shuffle, fed by files that follow each other in time, within the watermark’s bound.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mix32 } from '../../engine/base/random.ts';
import { createJobManager } from '../../engine/runtime/job-manager.ts';
import { REPOSITORY } from '../support/source-files.ts';

const FILES = 5;
const ROWS_PER_FILE = 1200;
const ROWS_PER_SECOND = 4000;
const DISORDER_MS = 300;
const WINDOW_MS = 1000;

const manager = createJobManager({ bundleFolder: path.join(REPOSITORY, 'build/engine') });
const work = mkdtempSync(path.join(tmpdir(), 'millrace-same-'));
const expected = new Map<string, readonly string[]>();

beforeAll(() => {
  const windows = new Map<string, { rows: number; total: number; users: Set<number> }>();
  mkdirSync(path.join(work, 'in'));
  for (let file = 0; file < FILES; file++) {
    const lines: string[] = [];
    for (let row = 0; row < ROWS_PER_FILE; row++) {
      const random = mix32(file * ROWS_PER_FILE + row + 1) >>> 0;
      const [key, user, value] = [`k${random % 7}`, (random >>> 8) % 50, (random >>> 4) % 1000];
      const atMs = Date.UTC(2024, 0, 1) + (file * ROWS_PER_FILE + row) * 10 + (random % DISORDER_MS);
      lines.push(`${JSON.stringify({ key, user, value, at: new Date(atMs).toISOString().slice(0, -1) })}\n`);
      const start = Math.floor(atMs / WINDOW_MS) * WINDOW_MS;
      const name = `${new Date(start).toISOString().slice(0, 19)} ${key}`;
      const window = windows.get(name) ?? { rows: 0, total: 0, users: new Set<number>() };
      window.rows++;
      window.total += value;
      window.users.add(user);
      windows.set(name, window);
    }
    writeFileSync(path.join(work, 'in', `${file}.ndjson`), lines.join(''));
  }
  expected.set('windows', [...windows].map(([name, { rows, total, users }]) => `${name} ${rows} ${total} ${users.size}`).sort());
});

afterAll(async () => {
  await manager.close();
  rmSync(work, { recursive: true, force: true });
});

function document(output: string, rowsPerSecond: number | null): string {
  const schema = [
    { name: 'key', type: 'STRING' },
    { name: 'user', type: 'BIGINT' },
    { name: 'value', type: 'BIGINT' },
    { name: 'at', type: 'TIMESTAMP(3)' },
  ];
  const aggregates = [
    { name: 'n', expression: 'COUNT(*)' },
    { name: 'total', expression: 'SUM(`value`)' },
    { name: 'users', expression: 'COUNT(DISTINCT `user`)' },
  ];
  const nodes = [
    { id: 'read', type: 'file-source', config: { path: 'in/*.ndjson', timestampFormat: 'iso-8601', schema, rowsPerSecond } },
    { id: 'time', type: 'watermark', config: { time: { column: 'at', delay: `${DISORDER_MS} ms` } } },
    { id: 'window', type: 'window-aggregate', config: { window: 'tumbling', size: '1 s', keys: ['key'], aggregates } },
    { id: 'write', type: 'file-sink', config: { path: output } },
  ];
  const edges = nodes
    .slice(1)
    .map((node, index) => ({ id: `e${index}`, from: { node: nodes[index].id, port: 'out' }, to: { node: node.id, port: 'in' } }));
  const job = { restartStrategy: 'none', checkpointInterval: '100 ms' };
  return JSON.stringify({ format: 'millrace-pipeline', version: 1, id: 'same', name: 'same', job, nodes, edges });
}

function readWindows(output: string): readonly string[] {
  const folder = path.join(work, output);
  const parts = readdirSync(folder).filter((name) => name.endsWith('.ndjson'));
  const lines = parts.flatMap((name) =>
    readFileSync(path.join(folder, name), 'utf8')
      .split('\n')
      .filter((line) => line !== ''),
  );
  return lines
    .map((line) => {
      const row: { key: string; window_start: string; n: number; total: number; users: number } = JSON.parse(line);
      return `${row.window_start.slice(0, 19).replace(' ', 'T')} ${row.key} ${row.n} ${row.total} ${row.users}`;
    })
    .sort();
}

const SETTINGS = [1, 2, 3].flatMap((parallelism) => [1, 7, 4096].map((batchRows) => [parallelism, batchRows] as const));

it.each(SETTINGS)('parallelism %i, batches of %i', async (parallelism, batchRows) => {
  const output = `out-${parallelism}-${batchRows}`;
  const options = { restore: 'none', parallelism, batchRows, checkpointDirectory: path.join(work, `chk-${output}`) } as const;
  const { runId } = await manager.start({ path: path.join(work, 'pipeline.json'), text: document(output, null), options });
  expect((await manager.whenEnded(runId)).error).toBeNull();
  expect(readWindows(output)).toEqual(expected.get('windows'));
});

it.each([
  [1, 2],
  [2, 3],
  [3, 1],
] as const)('stopped at parallelism %i, continued at %i', async (before, after) => {
  const output = `moved-${before}-${after}`;
  const checkpointDirectory = path.join(work, `chk-${output}`);
  const start = (parallelism: number, restore: 'none' | { readonly path: string }, rate: number | null) =>
    manager.start({
      path: path.join(work, 'pipeline.json'),
      text: document(output, rate),
      options: { restore, parallelism, batchRows: 7, checkpointDirectory },
    });
  const first = await start(before, 'none', ROWS_PER_SECOND);
  await new Promise((resolve) => setTimeout(resolve, 500));
  const { savepointPath } = await manager.stop(first.runId, 'keep-state');
  expect(savepointPath).not.toBeNull();
  const stopped = readWindows(output);
  expect(stopped.length).toBeLessThan(expected.get('windows')?.length ?? 0);
  const second = await start(after, { path: savepointPath ?? '' }, null);
  expect((await manager.whenEnded(second.runId)).error).toBeNull();
  expect(readWindows(output)).toEqual(expected.get('windows'));
});

/** A savepoint of a running pipeline, edited on the command line by key: what comes out after the restore changes by exactly that. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createJobManager } from '../../engine/runtime/job-manager.ts';
import { REPOSITORY } from '../support/source-files.ts';
import { stateCommand } from '../support/state-command.ts';

const ROWS = 400;
const ROWS_PER_SECOND = 200;
const work = mkdtempSync(path.join(tmpdir(), 'millrace-state-'));
const bundleFolder = path.join(REPOSITORY, 'build/engine');
const manager = createJobManager({ bundleFolder });
const { state, printed } = stateCommand(manager, bundleFolder);
let savepoint = '';

beforeAll(async () => {
  mkdirSync(path.join(work, 'in'));
  const rows = Array.from({ length: ROWS }, (_, at) =>
    JSON.stringify({ key: `k${at % 4}`, at: `2024-01-01 00:00:00.${String(at).padStart(3, '0')}` }),
  );
  writeFileSync(path.join(work, 'in', 'rows.ndjson'), `${rows.join('\n')}\n`);
  const { runId } = await start('before', 'none', ROWS_PER_SECOND);
  await new Promise((resolve) => setTimeout(resolve, 700));
  savepoint = (await manager.stop(runId, 'keep-state')).savepointPath ?? '';
}, 60_000);

afterAll(async () => {
  await manager.close();
  rmSync(work, { recursive: true, force: true });
});

function start(output: string, restore: 'none' | { readonly path: string }, rowsPerSecond: number | null) {
  const schema = [
    { name: 'key', type: 'STRING' },
    { name: 'at', type: 'TIMESTAMP(3)' },
  ];
  const window = {
    window: 'tumbling',
    size: '1 s',
    keys: ['key'],
    aggregates: [
      { name: 'n', expression: 'COUNT(*)' },
      { name: 'kinds', expression: 'COUNT(DISTINCT `key`)' },
    ],
  };
  const nodes = [
    { id: 'read', type: 'file-source', config: { path: 'in/*.ndjson', schema, rowsPerSecond } },
    { id: 'time', type: 'watermark', config: { time: { column: 'at', delay: '0 s' } } },
    { id: 'window', type: 'window-aggregate', config: window },
    { id: 'write', type: 'file-sink', config: { path: `out/${output}` } },
  ];
  const edges = nodes
    .slice(1)
    .map((node, index) => ({ id: `e${index}`, from: { node: nodes[index].id, port: 'out' }, to: { node: node.id, port: 'in' } }));
  const document = {
    format: 'millrace-pipeline',
    version: 1,
    id: 'edited',
    name: 'edited',
    job: { restartStrategy: 'none' },
    nodes,
    edges,
  };
  const options = { restore, parallelism: 2, checkpointDirectory: path.join(work, `checkpoints-${output}`) };
  return manager.start({ path: path.join(work, 'pipeline.json'), text: JSON.stringify(document), options });
}

/** Rows by key, behind a restore. */
async function countsAfter(output: string, restored: string): Promise<{ readonly [key: string]: number }> {
  const { runId } = await start(output, { path: restored }, null);
  expect((await manager.whenEnded(runId)).error).toBeNull();
  const folder = path.join(work, 'out', output);
  const texts = readdirSync(folder)
    .filter((name) => name.endsWith('.ndjson'))
    .map((name) => readFileSync(path.join(folder, name), 'utf8'));
  const rows: { key: string; n: number }[] = texts
    .flatMap((text) => text.split('\n').filter((line) => line !== ''))
    .map((line) => JSON.parse(line));
  return Object.fromEntries(rows.map(({ key, n }) => [key, n]).sort());
}

const place = (name: string): string => path.join(work, name);

describe('a savepoint edited by key', () => {
  const full = { k0: 100, k1: 100, k2: 100, k3: 100 };

  it('is listed and printed', async () => {
    const listed = await state('list', savepoint);
    expect(listed.code).toBe(0);
    expect(listed.output).toMatch(/window {2}slices {2}tumbling windows {2}4 rows {2}4 keys {2}\d+ bytes {2}key \(STRING\)/);
    expect(await printed(savepoint, '--node', 'window', '--key', 'k1')).toHaveLength(1);
  });

  it('counts what was put more, and nothing else', async () => {
    const [line] = await printed(savepoint, '--node', 'window', '--key', '"k2"');
    const row = JSON.parse(line);
    writeFileSync(place('rows.ndjson'), `${JSON.stringify({ ...row, 'COUNT(*)': row['COUNT(*)'] + 1000 })}\n`);
    const put = await state('put', savepoint, place('put'), '--rows', place('rows.ndjson'));
    expect(put).toMatchObject({ code: 0, output: '' });
    expect(await countsAfter('put', place('put'))).toEqual({ ...full, k2: 1100 });
  });

  it('forgets the key that was removed, and no other', async () => {
    const [line] = await printed(savepoint, '--node', 'window', '--key', '["k3"]');
    expect((await state('remove', savepoint, place('removed'), '--node', 'window', '--key', 'k3')).code).toBe(0);
    expect(await countsAfter('removed', place('removed'))).toEqual({ ...full, k3: 100 - JSON.parse(line)['COUNT(*)'] });
  });

  it('is the same when it is created from what was printed', async () => {
    writeFileSync(place('all.ndjson'), `${(await printed(savepoint, '--node', 'window')).join('\n')}\n`);
    expect((await state('create', savepoint, place('created'), '--node', 'window', '--rows', place('all.ndjson'))).code).toBe(0);
    expect(await printed(place('created'))).toEqual(await printed(savepoint));
    expect(await countsAfter('created', place('created'))).toEqual(full);
    expect(await countsAfter('untouched', savepoint)).toEqual(full);
  });
});

describe('what cannot be is refused with the way out', () => {
  const refusals: readonly (readonly [string, RegExp, (row: { readonly [name: string]: unknown }) => object])[] = [
    [
      'a wrong type',
      /^MR5042 \[window\.COUNT\(\*\)\] row 1: 'COUNT\(\*\)' must be BIGINT NOT NULL; it is "many"\n {2}→ /,
      (row) => ({ ...row, 'COUNT(*)': 'many' }),
    ],
    [
      'a key of two columns',
      /^MR5042 \[window\.key\] row 1: 'key' must be a list of 1 \(STRING\); it is \["a","b"\]/,
      (row) => ({ ...row, key: ['a', 'b'] }),
    ],
    [
      'an unknown node',
      /^MR5041 \[nobody\.node\] the savepoint holds no state of a node 'nobody'; it holds that of read, window, write\n/,
      (row) => ({ ...row, node: 'nobody' }),
    ],
    [
      'an unknown state',
      /^MR5041 \[window\.state\] node 'window' has no state 'sums'; there is .*slices/,
      (row) => ({ ...row, state: 'sums' }),
    ],
    ['a member that is none', /^MR5042 \[window\.total\] row 1: 'total' is no member of 'slices'/, (row) => ({ ...row, total: 1 })],
    [
      'an end between slices',
      /^MR5042 \[window\.slice_end\] state 'slices': 'slice_end' must be the end of a slice/,
      (row) => ({ ...row, slice_end: '2024-01-01 00:00:00.5' }),
    ],
  ];

  it.each(refusals)('%s', async (_name, message, change) => {
    const [line] = await printed(savepoint, '--node', 'window', '--key', 'k0');
    writeFileSync(place('bad.ndjson'), JSON.stringify(change(JSON.parse(line))));
    const { code, errors } = await state('put', savepoint, place('bad'), '--rows', place('bad.ndjson'));
    expect(errors).toMatch(message);
    expect(code).toBe(2);
    expect(readdirSync(work)).not.toContain('bad');
  });

  it('no savepoint, a damaged one, a folder that is there, a key that is not', async () => {
    expect((await state('list', place('nowhere'))).errors).toMatch(/^MR5040 the savepoint .*nowhere cannot be read/);
    expect((await state('remove', savepoint, work, '--node', 'window')).errors).toMatch(/^MR5043 .* is there already\n {2}→ name a folder/);
    expect((await state('remove', savepoint, place('none'), '--node', 'window', '--key', 'k9')).errors).toMatch(
      /^MR5044 \[window\.key\] nothing in/,
    );
    const damaged = place('damaged');
    mkdirSync(damaged);
    for (const name of readdirSync(savepoint)) {
      const bytes = readFileSync(path.join(savepoint, name));
      bytes[bytes.length - 1] ^= 1;
      writeFileSync(path.join(damaged, name), bytes);
    }
    const { code, errors } = await state('print', damaged);
    expect(errors).toMatch(/^MR5040 the savepoint .*damaged cannot be read: .*checksum/);
    expect(code).toBe(2);
  });
});

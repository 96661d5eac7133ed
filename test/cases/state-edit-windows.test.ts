/** A savepoint of a running pipeline of sessions, windows with triggers and a pattern, edited on the command line by key: what comes out after the restore. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createJobManager } from '../../engine/runtime/job-manager.ts';
import { REPOSITORY } from '../support/source-files.ts';
import { stateCommand } from '../support/state-command.ts';

const ROWS = 400;
const ROWS_PER_SECOND = 80;
const work = mkdtempSync(path.join(tmpdir(), 'millrace-state-'));
const bundleFolder = path.join(REPOSITORY, 'build/engine');
const manager = createJobManager({ bundleFolder });
const { state, printed } = stateCommand(manager, bundleFolder);
const WINDOWS = ['sessions', 'triggers', 'pattern'] as const;
/** The first row of a key and, whatever lies between, its last. */
const patternConfig = {
  keys: ['key'],
  steps: [
    { name: 'first', condition: 'place < 4' },
    { name: 'last', follows: 'followed-by', condition: `place >= ${ROWS - 4}` },
  ],
  within: '1 h',
  measures: [{ name: 'n', expression: 'LAST(last.place) - FIRST(first.place)' }],
};
let savepoint = '';

beforeAll(async () => {
  mkdirSync(path.join(work, 'in'));
  const rows = Array.from({ length: ROWS }, (_, at) =>
    JSON.stringify({ key: `k${at % 4}`, place: at, at: `2024-01-01 00:00:00.${String(at).padStart(3, '0')}` }),
  );
  writeFileSync(path.join(work, 'in', 'rows.ndjson'), `${rows.join('\n')}\n`);
  const { runId } = await start('before', 'none', ROWS_PER_SECOND);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  savepoint = (await manager.stop(runId, 'keep-state')).savepointPath ?? '';
}, 60_000);

afterAll(async () => {
  await manager.close();
  rmSync(work, { recursive: true, force: true });
});

function start(output: string, restore: 'none' | { readonly path: string }, rowsPerSecond: number | null) {
  const schema = [
    { name: 'key', type: 'STRING' },
    { name: 'place', type: 'BIGINT' },
    { name: 'at', type: 'TIMESTAMP(3)' },
  ];
  const keys = ['key'];
  const aggregates = [{ name: 'n', expression: 'COUNT(*)' }];
  const nodes = [
    { id: 'read', type: 'file-source', config: { path: 'in/*.ndjson', schema, rowsPerSecond } },
    { id: 'time', type: 'watermark', config: { time: { column: 'at', delay: '0 s' } } },
    { id: 'sessions', type: 'window-aggregate', config: { window: 'session', gap: '1 s', keys, aggregates } },
    { id: 'triggers', type: 'custom-window', config: { window: 'count', count: 100, keys, aggregates } },
    { id: 'pattern', type: 'pattern', config: patternConfig },
    ...WINDOWS.map((name) => ({ id: `write-${name}`, type: 'file-sink', config: { path: `out/${output}/${name}` } })),
  ];
  const ends: readonly (readonly [string, string])[] = [
    ['read', 'time'],
    ...WINDOWS.flatMap((name): [string, string][] => [
      ['time', name],
      [name, `write-${name}`],
    ]),
  ];
  const edges = ends.map(([from, to], index) => ({ id: `e${index}`, from: { node: from, port: 'out' }, to: { node: to, port: 'in' } }));
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

/** Rows by node and key, behind a restore. */
async function resultsAfter(output: string, restored: string): Promise<{ readonly [node: string]: { readonly [key: string]: number } }> {
  const { runId } = await start(output, { path: restored }, null);
  expect((await manager.whenEnded(runId)).error).toBeNull();
  return Object.fromEntries(WINDOWS.map((name) => [name, readResults(path.join(work, 'out', output, name))]));
}

function readResults(folder: string): { readonly [key: string]: number } {
  const texts = (existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => name.endsWith('.ndjson'))
    .map((name) => readFileSync(path.join(folder, name), 'utf8'));
  const rows: { key: string; n: number }[] = texts
    .flatMap((text) => text.split('\n').filter((line) => line !== ''))
    .map((line) => JSON.parse(line));
  return Object.fromEntries(rows.map(({ key, n }) => [key, n]).sort());
}

const place = (name: string): string => path.join(work, name);

const counts = { k0: 100, k1: 100, k2: 100, k3: 100 };
const full = { sessions: counts, triggers: counts, pattern: { k0: 396, k1: 396, k2: 396, k3: 396 } };

it('is listed and printed', async () => {
  const { output } = await state('list', savepoint);
  expect(output).toMatch(/sessions {2}sessions {2}sessions with a gap of 1000 ms {2}4 rows {2}4 keys/);
  expect(output).toMatch(/triggers {2}windows {2}a window of all time with a trigger {2}4 rows {2}4 keys/);
  expect(output).toMatch(/pattern {2}partial matches {2}.* {2}4 rows {2}4 keys/);
});

it('is the same when it is created from what was printed', async () => {
  let from = savepoint;
  for (const name of WINDOWS) {
    writeFileSync(place('all.ndjson'), `${(await printed(from, '--node', name)).join('\n')}\n`);
    const created = await state('create', from, place(`created-${name}`), '--node', name, '--rows', place('all.ndjson'));
    expect(created).toMatchObject({ code: 0 });
    from = place(`created-${name}`);
  }
  expect([...(await printed(from))].sort()).toEqual([...(await printed(savepoint))].sort());
  expect(await resultsAfter('created', from)).toEqual(full);
  expect(await resultsAfter('untouched', savepoint)).toEqual(full);
});

it('counts what was put more, forgets what was removed, and nothing else', async () => {
  const row = async (name: string, key: string) => JSON.parse((await printed(savepoint, '--node', name, '--key', key))[0]);
  const [session, trigger] = [await row('sessions', 'k1'), await row('triggers', 'k2')];
  const put = [
    { ...session, 'COUNT(*)': session['COUNT(*)'] + 1000 },
    { ...trigger, counted: trigger.counted + 1, records: trigger.records + 1, 'COUNT(*)': trigger['COUNT(*)'] + 7 },
  ];
  writeFileSync(place('put.ndjson'), put.map((each) => JSON.stringify(each)).join('\n'));
  expect(await state('put', savepoint, place('put'), '--rows', place('put.ndjson'))).toMatchObject({ code: 0 });
  expect((await state('remove', place('put'), place('removed'), '--node', 'pattern', '--key', 'k3')).code).toBe(0);
  const found = await resultsAfter('removed', place('removed'));
  expect(found.sessions).toEqual({ ...counts, k1: 1100 });
  // One record less was waited for, and it counted for seven.
  expect(found.triggers).toEqual({ ...counts, k2: 106 });
  expect(found.pattern).toEqual({ k0: 396, k1: 396, k2: 396 });
});

it('refuses a partial match that is put, with the way out', async () => {
  const [line] = await printed(savepoint, '--node', 'pattern', '--key', 'k0');
  writeFileSync(place('bad.ndjson'), line.replace('"reached":"first"', '"reached":"last"'));
  const { code, errors } = await state('put', savepoint, place('bad'), '--rows', place('bad.ndjson'));
  expect(errors).toMatch(
    /^MR5045 \[pattern\.key\] partial matches of node 'pattern' cannot be made of rows: .*\n {2}→ leave a key as it is, or remove/,
  );
  expect(code).toBe(2);
  expect(readdirSync(work)).not.toContain('bad');
});

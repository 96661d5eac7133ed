/**
 * Windows over many times the memory that their state may take, by the product's command line: exact answers, bounded memory, the
 * same through kills and restores that move the state between disk and memory, and no file left behind.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SeededRandom } from '../../../engine/base/random.ts';
import { expectedResults, readResults, runWithState, type StateRun } from '../../bench/state-on-disk.ts';
import { copyEngine } from './killed-pipeline.ts';

const SEED = Number(process.env['MILLRACE_SEED'] ?? 1);
const MEGABYTE = 1024 * 1024;
const BUDGET_MEGABYTES = 4;
const FEW_KEYS = 50_000;
const MANY_KEYS = 600_000;
const ROWS_PER_KEY = 2;
const ON_DISK = ['--state-backend', 'disk', '--state-memory', String(BUDGET_MEGABYTES)];
const IN_MEMORY = ['--state-backend', 'memory'];
/** Bytes of a key with its accumulators in a hash table. */
const KEY_BYTES = 56;
const KILLS = 4;

let directory = '';
let program = '';

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'millrace-disk-'));
  program = await copyEngine(path.join(directory, 'engine'));
});

afterAll(() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }));

const leftFolders = (folder: string) => readdirSync(path.join(folder, '.millrace', 'state')).filter((name) => name.startsWith('spill'));

async function runKeys(keys: number, flags: readonly string[] = ON_DISK): Promise<StateRun> {
  const folder = path.join(directory, `keys-${keys}`);
  const run = await runWithState({
    folder,
    program,
    keys,
    rowsPerKey: ROWS_PER_KEY,
    flags,
    job: { checkpointInterval: '300 ms' },
  });
  expect(run.code, run.output).toBe(0);
  expect(readResults(folder)).toEqual(expectedResults(keys, ROWS_PER_KEY, 0));
  expect(leftFolders(folder)).toEqual([]);
  rmSync(folder, { recursive: true });
  return run;
}

test('state far beyond its memory: exact answers, bounded memory, nothing left', { timeout: 120_000 }, async () => {
  const few = await runKeys(FEW_KEYS);
  const many = await runKeys(MANY_KEYS);
  const stateBytes = MANY_KEYS * KEY_BYTES;
  expect(stateBytes).toBeGreaterThan(5 * BUDGET_MEGABYTES * MEGABYTE);
  expect(many.stateBytes).toBeLessThan(BUDGET_MEGABYTES * MEGABYTE);
  expect(many.diskWritten).toBeGreaterThan(stateBytes - BUDGET_MEGABYTES * MEGABYTE);
  if (few.residentBytes === null || many.residentBytes === null) return;
  // In memory twelve times the keys take the state itself, once more while the table grows, and again in each checkpoint.
  const inMemory = await runKeys(MANY_KEYS, IN_MEMORY);
  const more = (run: StateRun) => ((run.residentBytes ?? 0) - (few.residentBytes ?? 0)) / MEGABYTE;
  expect(more(many)).toBeLessThan(0.7 * more(inMemory));
});

test(`${KILLS} kills, seed ${SEED}, on disk and in memory by turns`, { timeout: 120_000 }, async () => {
  const random = new SeededRandom(SEED);
  const [keys, folder] = [200_000, path.join(directory, 'killed')];
  const always = ['--restore', 'latest', '--checkpoint-interval', '50ms', '--set', 'rows.rowsPerSecond=150000'];
  const told: string[] = [];
  for (let life = 0; ; life++) {
    const place = life % 3 === 1 ? ['--state-backend', 'memory'] : ['--state-backend', 'disk', '--state-memory', '1'];
    const flags = [...always, ...place, '--parallelism', String(1 + random.nextInt(3))];
    const killing = life < KILLS ? { killAfterMs: 500 + random.nextInt(500) } : {};
    const run = await runWithState({ folder, program, keys, rowsPerKey: ROWS_PER_KEY, flags, ...killing });
    told.push(`${flags.join(' ')}: ${run.code} ${run.output}`);
    if (run.code === null) continue;
    expect(run.code, told.join('\n')).toBe(0);
    break;
  }
  expect(told.length, 'lives').toBeGreaterThan(1);
  expect(readResults(folder), told.join('\n')).toEqual(expectedResults(keys, ROWS_PER_KEY, 0));
  expect(leftFolders(folder)).toEqual([]);
});

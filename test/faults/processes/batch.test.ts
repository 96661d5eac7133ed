/**
 * A batch of many times the memory its rows may take, by the product's command line: killed with SIGKILL it begins anew, for it takes no
 * checkpoints, and its answer is exact; nothing is left behind.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SeededRandom } from '../../../engine/base/random.ts';
import { copyEngine } from './killed-pipeline.ts';

const SEED = Number(process.env['MILLRACE_SEED'] ?? 1);
const ROWS = 200_000;
const KEYS = 1000;
const STRIDE = 7919;
const KILLS = 3;
/** Of 16 MB of memory a quarter, for rows of 48 bytes. */
const BUDGET_BYTES = 4 * 1024 * 1024;

let directory = '';
let program = '';

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'millrace-batch-'));
  program = await copyEngine(path.join(directory, 'engine'));
});

afterAll(() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }));

function createDocument(): object {
  const schema = [
    { name: 'id', type: 'BIGINT' },
    { name: 'ts', type: 'TIMESTAMP(3)' },
  ];
  const timing = { count: ROWS, timeColumn: 'ts', timeStep: '1 ms', rowsPerSecond: null };
  const columns = [
    { name: 'key', expression: `MOD(id * ${STRIDE}, ${KEYS})` },
    { name: 'id', expression: 'id' },
    { name: 'ts', expression: 'ts' },
  ];
  const aggregates = [{ name: 'total', expression: 'SUM(id)' }];
  const nodes = [
    { id: 'rows', type: 'generator-source', config: { schema, rules: [{ column: 'id', rule: 'sequence' }], ...timing } },
    { id: 'columns', type: 'select', config: { keep: 'listed', columns } },
    { id: 'time', type: 'watermark', config: { time: { column: 'ts', delay: '0 s' } } },
    { id: 'sums', type: 'running-aggregate', config: { keys: ['key'], aggregates } },
    { id: 'write', type: 'file-sink', config: { path: 'written' } },
  ];
  const edges = nodes
    .slice(1)
    .map((node, at) => ({ id: `e${at}`, from: { node: nodes[at].id, port: 'out' }, to: { node: node.id, port: 'in' } }));
  const job = { mode: 'batch', memoryPerWorker: 16 };
  return { format: 'millrace-pipeline', version: 1, id: 'batch', name: 'batch', job, nodes, edges };
}

interface Life {
  readonly code: number | null;
  readonly output: string;
  readonly diskBytes: number;
  readonly checkpoints: number;
}

/** One life of the process, to its end or to `killAfterMs`. */
async function live(folder: string, killAfterMs: number | null, flags: readonly string[]): Promise<Life> {
  const child = spawn(process.execPath, [program, 'run', 'pipeline.json', '--json', '--restore', 'latest', ...flags], { cwd: folder });
  const timer = killAfterMs === null ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  let [output, line, diskBytes, checkpoints] = ['', '', 0, 0];
  child.stdout.on('data', (chunk: Buffer) => {
    const lines = (line + chunk.toString()).split('\n');
    line = lines.pop() ?? '';
    for (const each of lines) {
      const event: { event: string; metrics?: { nodes: { nodeId: string; stateDiskBytes?: number }[] }; checkpoint?: { status: string } } =
        JSON.parse(each);
      for (const node of event.metrics?.nodes ?? []) diskBytes = Math.max(diskBytes, node.stateDiskBytes ?? 0);
      if (event.checkpoint?.status === 'complete') checkpoints++;
    }
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearTimeout(timer);
  return { code, output, diskBytes, checkpoints };
}

/** Every row with the sum of its key so far: in the order of time, which is that of the ids. */
function expectedRows(): string[] {
  const totals = new Float64Array(KEYS);
  return Array.from({ length: ROWS }, (_, id) => {
    const key = (id * STRIDE) % KEYS;
    totals[key] += id;
    return `${key} ${id} ${totals[key]}`;
  }).sort();
}

function readRows(folder: string): string[] {
  const written = path.join(folder, 'written');
  const names = readdirSync(written).filter((name) => name.endsWith('.ndjson'));
  const lines = names.flatMap((name) => readFileSync(path.join(written, name), 'utf8').split('\n').slice(0, -1));
  return lines
    .map((text) => {
      const row: { key: number; id: number; total: number } = JSON.parse(text);
      return `${row.key} ${row.id} ${row.total}`;
    })
    .sort();
}

test(`${KILLS} kills, seed ${SEED}`, { timeout: 120_000 }, async () => {
  const random = new SeededRandom(SEED);
  const folder = path.join(directory, 'killed');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'pipeline.json'), JSON.stringify(createDocument()));
  let kills = 0;
  for (let life = 0; life < KILLS; life++) {
    const died = await live(folder, 250 + random.nextInt(500), ['--parallelism', String(1 + random.nextInt(2))]);
    if (died.code === null) kills++;
    else expect(died.code, died.output).toBe(0);
  }
  const last = await live(folder, null, []);
  expect(last.code, last.output).toBe(0);
  expect(readRows(folder)).toEqual(expectedRows());
  expect(readdirSync(path.join(folder, '.millrace', 'batch')).filter((name) => name.startsWith('spill'))).toEqual([]);
  // A life that came to its end before its kill leaves nothing to do.
  if (kills === KILLS) {
    expect(last.checkpoints).toBe(1);
    expect(last.diskBytes).toBeGreaterThan(BUDGET_BYTES);
  }
});

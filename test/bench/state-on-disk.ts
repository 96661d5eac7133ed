/** State on disk against state in memory: one long window over many keys through the built command line, each run a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { BENCH_FOLDER, ROOT } from './measured-run.ts';

export interface StateRun {
  readonly seconds: number;
  /** Highest resident memory of the process; null where the system does not tell. */
  readonly residentBytes: number | null;
  /** Highest of the window's state, as its metrics said twice a second. */
  readonly stateBytes: number;
  readonly diskBytes: number;
  /** All that was ever written there, so that it is seen however fast the run is. */
  readonly diskWritten: number;
  readonly code: number | null;
  readonly output: string;
}

export interface StateRunOptions {
  readonly folder: string;
  /** Path of the built command line. */
  readonly program: string;
  readonly keys: number;
  readonly rowsPerKey: number;
  /** Command line behind `run pipeline.json`. */
  readonly flags: readonly string[];
  readonly killAfterMs?: number;
  readonly job?: object;
}

/** Rows of keys far apart: few of a batch's keys have been seen lately. */
const STRIDE = 7919;
const WATCH_MS = 50;

export async function runWithState(options: StateRunOptions): Promise<StateRun> {
  const { folder, program, keys, rowsPerKey, flags, killAfterMs } = options;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'pipeline.json'), JSON.stringify(stateDocument(keys, rowsPerKey, options.job ?? {})));
  const startedAt = performance.now();
  const child = spawn(process.execPath, [program, 'run', 'pipeline.json', '--json', ...flags], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const highest = { residentBytes: 0, stateBytes: 0, diskBytes: 0, diskWritten: 0 };
  const watch = setInterval(() => {
    highest.residentBytes = Math.max(highest.residentBytes, readPeak(child));
  }, WATCH_MS);
  const killing = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  let output = '';
  let line = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const lines = (line + chunk.toString()).split('\n');
    line = lines.pop() ?? '';
    for (const each of lines) noteMetrics(each, highest);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-4000);
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearInterval(watch);
  clearTimeout(killing);
  const { residentBytes, ...state } = highest;
  return { seconds: (performance.now() - startedAt) / 1000, residentBytes: residentBytes || null, ...state, code, output };
}

/** Key, rows and sum of every key, as lines that sort like those of `readResults`. */
export function expectedResults(keys: number, rowsPerKey: number, firstId: number): string[] {
  const totals = new Float64Array(keys);
  for (let id = firstId; id < firstId + keys * rowsPerKey; id++) totals[(id * STRIDE) % keys] += id;
  return Array.from(totals, (total, key) => `${key} ${rowsPerKey} ${total}`).sort();
}

export function readResults(folder: string): string[] {
  const written = path.join(folder, 'written');
  const names = readdirSync(written).filter((name) => name.endsWith('.ndjson'));
  const lines = names.flatMap((name) => readFileSync(path.join(written, name), 'utf8').split('\n'));
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const row: { key: number; n: number; total: number } = JSON.parse(line);
      return `${row.key} ${row.n} ${row.total}`;
    })
    .sort();
}

export interface StateOnDiskFigures {
  readonly keys: number;
  readonly memory: StateRun;
  /** By megabytes of memory for state. */
  readonly disk: ReadonlyMap<number, StateRun>;
}

export async function measureStateOnDisk(options: {
  readonly keys: number;
  readonly rowsPerKey: number;
  readonly megabytes: readonly number[];
}): Promise<StateOnDiskFigures> {
  mkdirSync(BENCH_FOLDER, { recursive: true });
  const folder = mkdtempSync(path.join(BENCH_FOLDER, 'state-'));
  const program = path.join(ROOT, 'build', 'engine', 'cli.cjs');
  const run = async (flags: readonly string[]): Promise<StateRun> => {
    const done = await runWithState({ folder: path.join(folder, flags.join('')), program, ...options, flags });
    if (done.code !== 0) throw new Error(`the run ended with ${done.code}: ${done.output}`);
    return done;
  };
  try {
    const memory = await run(['--state-backend', 'memory']);
    const disk = new Map<number, StateRun>();
    for (const each of options.megabytes) disk.set(each, await run(['--state-backend', 'disk', '--state-memory', String(each)]));
    return { keys: options.keys, memory, disk };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface StateMetrics {
  readonly nodeId: string;
  readonly stateBytes: number;
  readonly stateDiskBytes?: number;
  readonly stateDiskWritten?: number;
}

function noteMetrics(line: string, highest: { stateBytes: number; diskBytes: number; diskWritten: number }): void {
  if (line === '') return;
  const event: { event?: string; metrics?: { nodes: readonly StateMetrics[] } } = JSON.parse(line);
  for (const node of event.metrics?.nodes ?? []) {
    if (node.nodeId !== 'window') continue;
    highest.stateBytes = Math.max(highest.stateBytes, node.stateBytes);
    highest.diskBytes = Math.max(highest.diskBytes, node.stateDiskBytes ?? 0);
    highest.diskWritten = Math.max(highest.diskWritten, node.stateDiskWritten ?? 0);
  }
}

/** The kernel keeps the highest by itself; 0 where it cannot be read. */
function readPeak({ pid }: ChildProcess): number {
  try {
    const found = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return found === null ? 0 : Number(found[1]) * 1024;
  } catch {
    return 0;
  }
}

function stateDocument(keys: number, rowsPerKey: number, job: object): object {
  const schema = [
    { name: 'id', type: 'BIGINT' },
    { name: 'ts', type: 'TIMESTAMP(3)' },
  ];
  const rules = [{ column: 'id', rule: 'sequence' }];
  const timing = { count: keys * rowsPerKey, timeColumn: 'ts', timeStep: '0 ms', rowsPerSecond: null };
  const columns = [
    { name: 'key', expression: `MOD(id * ${STRIDE}, ${keys})` },
    { name: 'id', expression: 'id' },
    { name: 'ts', expression: 'ts' },
  ];
  const aggregates = [
    { name: 'n', expression: 'COUNT(*)' },
    { name: 'total', expression: 'SUM(id)' },
  ];
  const nodes = [
    { id: 'rows', type: 'generator-source', config: { schema, rules, ...timing } },
    { id: 'columns', type: 'select', config: { keep: 'listed', columns } },
    { id: 'time', type: 'watermark', config: { time: { column: 'ts', delay: '4 s' } } },
    { id: 'window', type: 'window-aggregate', config: { window: 'tumbling', size: '1 d', keys: ['key'], aggregates } },
    { id: 'write', type: 'file-sink', config: { path: 'written' } },
  ];
  const edges = nodes
    .slice(1)
    .map((node, index) => ({ id: `e${index}`, from: { node: nodes[index].id, port: 'out' }, to: { node: node.id, port: 'in' } }));
  return { format: 'millrace-pipeline', version: 1, id: 'state', name: 'state', job, nodes, edges, drawing: { positions: {} } };
}

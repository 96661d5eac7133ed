/** A pipeline of the product's own nodes for kill tests: files → event time → windows by key, shuffled → files. */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { mix32 } from '../../../engine/base/random.ts';

const FILES = 6;
const ROWS_PER_FILE = 4000;
const KEYS = 9;
const STEP_MS = 20;
const DISORDER_MS = 400;
const WINDOW_MS = 2000;
/** Slow enough for a dozen checkpoints in one life. */
const ROWS_PER_SECOND = 24_000;
const PROCESS_MS_MAX = 60_000;
const CLI = path.resolve('build/engine/cli.cjs');

export interface KilledPipeline {
  readonly folder: string;
  /** Sorted lines `key window_start rows total`. */
  readonly expected: readonly string[];
}

export interface Life {
  readonly killed: boolean;
  readonly code: number | null;
  readonly output: string;
}

/** Writes input files and the document; the expected rows come from a plain computation over the same numbers. */
export function createPipeline(folder: string, seed: number): KilledPipeline {
  mkdirSync(path.join(folder, 'data'), { recursive: true });
  const windows = new Map<string, [number, number]>();
  for (let file = 0; file < FILES; file++) {
    const lines: string[] = [];
    for (let row = 0; row < ROWS_PER_FILE; row++) {
      const id = file * ROWS_PER_FILE + row;
      const random = mix32(seed ^ mix32(id + 1));
      const key = `key-${mix32(random) % KEYS}`;
      const value = (mix32(random + 1) % 20_000) - 10_000;
      const atMs = Date.UTC(2024, 0, 1) + id * STEP_MS + (random % DISORDER_MS);
      lines.push(JSON.stringify({ id, key, value, at: new Date(atMs).toISOString().slice(0, -1) }));
      const name = `${key} ${new Date(Math.floor(atMs / WINDOW_MS) * WINDOW_MS).toISOString().slice(0, 19)}`;
      const sums = windows.get(name) ?? [0, 0];
      sums[0]++;
      sums[1] += value;
      windows.set(name, sums);
    }
    writeFileSync(path.join(folder, 'data', `part-${file}.ndjson`), `${lines.join('\n')}\n`);
  }
  writeFileSync(path.join(folder, 'pipeline.json'), JSON.stringify(document()));
  return { folder, expected: [...windows].map(([name, [count, sum]]) => `${name} ${count} ${sum}`).sort() };
}

function document(): object {
  const nodes = [
    {
      id: 'events',
      type: 'file-source',
      config: {
        path: 'data/*.ndjson',
        format: 'ndjson',
        timestampFormat: 'iso-8601',
        rowsPerSecond: ROWS_PER_SECOND,
        schema: [
          { name: 'id', type: 'BIGINT' },
          { name: 'key', type: 'STRING' },
          { name: 'value', type: 'BIGINT' },
          { name: 'at', type: 'TIMESTAMP(3)' },
        ],
      },
    },
    { id: 'time', type: 'watermark', config: { time: { column: 'at', delay: `${DISORDER_MS} ms` } } },
    {
      id: 'windows',
      type: 'window-aggregate',
      config: {
        window: 'tumbling',
        size: `${WINDOW_MS} ms`,
        keys: ['key'],
        aggregates: [
          { name: 'rows', expression: 'COUNT(*)' },
          { name: 'total', expression: 'SUM(`value`)' },
        ],
      },
    },
    { id: 'out', type: 'file-sink', config: { path: 'out', format: 'ndjson', timestampFormat: 'iso-8601', rollMegabytes: 0.001, rollInterval: '100 ms' } },
  ];
  const edges = nodes.slice(1).map((node, index) => ({
    id: `e${index}`,
    from: { node: nodes[index].id, port: 'out' },
    to: { node: node.id, port: 'in' },
  }));
  return { format: 'millrace-pipeline', version: 1, id: 'killed', name: 'killed', job: {}, nodes, edges, drawing: { positions: {} } };
}

/** One life of the engine's process: to its end, to `killAfterMs`, or to the named point (`name:times`). */
export async function live(pipeline: KilledPipeline, killAfterMs: number | null, point: string): Promise<Life> {
  const programArguments = ['run', 'pipeline.json', '--parallelism', '2', '--restore', 'latest', '--checkpoint-interval', '20ms'];
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(process.execPath, [CLI, ...programArguments], {
      cwd: pipeline.folder,
      env: { ...process.env, MILLRACE_KILL_POINT: point },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    const timer = setTimeout(() => child.kill('SIGKILL'), killAfterMs ?? PROCESS_MS_MAX);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ killed: signal === 'SIGKILL', code, output });
    });
  });
}

/** What a reader of the output folder sees, in the form of `expected`. */
export function readOutput(pipeline: KilledPipeline): string[] {
  const folder = path.join(pipeline.folder, 'out');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ndjson') && !name.startsWith('.'))
    .flatMap((name) => readFileSync(path.join(folder, name), 'utf8').split('\n'))
    .filter((line) => line !== '')
    .map((line) => {
      const row = JSON.parse(line) as { key: string; window_start: string; rows: number; total: number };
      return `${row.key} ${row.window_start.slice(0, 19)} ${row.rows} ${row.total}`;
    })
    .sort();
}

/** A pipeline of the product's own nodes: files → event time → windows by key → files; with its input and expected rows. */
import { mix32 } from '../../../engine/base/random.ts';

const STEP_MS = 20;
const DISORDER_MS = 400;
const WINDOW_MS = 2000;

export interface FilePipelineShape {
  readonly seed: number;
  readonly files: number;
  readonly rowsPerFile: number;
  readonly keys: number;
  readonly rowsPerSecond: number | null;
  /** A part of the output is closed, and so shown with the next checkpoint, after so many megabytes. */
  readonly rollMegabytes: number;
}

export interface FilePipeline {
  readonly document: string;
  /** File name below `data/` → text. */
  readonly inputs: ReadonlyMap<string, string>;
  /** Sorted lines `key window_start rows total`. */
  readonly expected: readonly string[];
}

/** Input within the watermark's bound; the expected rows come from a plain computation over the same numbers. */
export function createFilePipeline(shape: FilePipelineShape): FilePipeline {
  const windows = new Map<string, [number, number]>();
  const inputs = new Map<string, string>();
  for (let file = 0; file < shape.files; file++) {
    const lines: string[] = [];
    for (let row = 0; row < shape.rowsPerFile; row++) {
      const id = file * shape.rowsPerFile + row;
      const random = mix32(shape.seed ^ mix32(id + 1));
      const key = `key-${mix32(random) % shape.keys}`;
      const value = (mix32(random + 1) % 20_000) - 10_000;
      const atMs = Date.UTC(2024, 0, 1) + id * STEP_MS + (random % DISORDER_MS);
      lines.push(JSON.stringify({ id, key, value, at: new Date(atMs).toISOString().slice(0, -1) }));
      const name = `${key} ${new Date(Math.floor(atMs / WINDOW_MS) * WINDOW_MS).toISOString().slice(0, 19)}`;
      const sums = windows.get(name) ?? [0, 0];
      sums[0]++;
      sums[1] += value;
      windows.set(name, sums);
    }
    inputs.set(`part-${file}.ndjson`, `${lines.join('\n')}\n`);
  }
  return {
    document: JSON.stringify(documentOf(shape)),
    inputs,
    expected: [...windows].map(([name, [count, sum]]) => `${name} ${count} ${sum}`).sort(),
  };
}

/** Output lines in the form of `expected`. */
export function describeOutput(texts: readonly string[]): string[] {
  return texts
    .flatMap((text) => text.split('\n'))
    .filter((line) => line !== '')
    .map((line) => {
      const row = JSON.parse(line) as { key: string; window_start: string; rows: number; total: number };
      return `${row.key} ${row.window_start.slice(0, 19)} ${row.rows} ${row.total}`;
    })
    .sort();
}

/** What differs, for the report of a failed run; null when nothing does. */
export function describeDifference(lines: readonly string[], expected: readonly string[]): string | null {
  if (lines.join('\n') === expected.join('\n')) return null;
  const wanted = new Set(expected);
  const found = new Set(lines);
  const show = (some: readonly string[]): string => `${some.length} (${some.slice(0, 5).join(' | ')})`;
  const extra = lines.filter((line) => !wanted.has(line));
  const missing = expected.filter((line) => !found.has(line));
  return `${lines.length} lines, ${found.size} distinct, ${expected.length} expected; not expected: ${show(extra)}; missing: ${show(missing)}`;
}

function documentOf(shape: FilePipelineShape): object {
  const nodes = [
    {
      id: 'events',
      type: 'file-source',
      config: {
        path: 'data/*.ndjson',
        format: 'ndjson',
        timestampFormat: 'iso-8601',
        ...(shape.rowsPerSecond === null ? {} : { rowsPerSecond: shape.rowsPerSecond }),
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
    {
      id: 'out',
      type: 'file-sink',
      config: { path: 'out', format: 'ndjson', timestampFormat: 'iso-8601', rollMegabytes: shape.rollMegabytes, rollInterval: '100 ms' },
    },
  ];
  const edges = nodes.slice(1).map((node, index) => ({
    id: `e${index}`,
    from: { node: nodes[index].id, port: 'out' },
    to: { node: node.id, port: 'in' },
  }));
  return { format: 'millrace-pipeline', version: 1, id: 'killed', name: 'killed', job: {}, nodes, edges, drawing: { positions: {} } };
}

/**
 * Pipelines whose answers do not depend on when anything happens: rows of one key stand in one file, and event time waits for all the
 * disorder there is.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { mix32 } from '../../../engine/base/random.ts';
import { printVariable } from '../../../engine/spec/variables.ts';

export const LOOKUP_VARIABLE = 'MILLRACE_TEST_TOKEN';

const ROWS_PER_FILE = 1500;
const KEYS = 10;
const STEP_MS = 20;
const DISORDER_MS = 200;
const DELAY = `${DISORDER_MS} ms`;

interface PipelineNode {
  readonly id: string;
  readonly type: string;
  readonly config: object;
}

export interface NodePipeline {
  readonly name: string;
  /** Ids of the sources; each reads two files of its own below `data/`. */
  readonly sources: readonly string[];
  /** What stands between the sources, with their event time, and the file sink. */
  readonly node: (port: number) => PipelineNode;
  /** Its input ports, one for each source. */
  readonly ports: readonly string[];
}

const lookup: NodePipeline = {
  name: 'lookup',
  sources: ['in'],
  ports: ['in'],
  node: (port) => ({
    id: 'ask',
    type: 'lookup',
    config: {
      url: `http://127.0.0.1:${port}/cities/{value}`,
      results: [{ name: 'city', path: '$.city' }],
      headers: [{ name: 'Authorization', value: `Bearer ${printVariable(LOOKUP_VARIABLE)}` }],
      ...{ order: 'unordered', capacity: 20, caching: 'cache', cacheRows: 200, timeout: '60 s' },
    },
  }),
};

const join: NodePipeline = {
  name: 'interval join',
  sources: ['left', 'right'],
  ports: ['left', 'right'],
  node: () => ({
    id: 'join',
    type: 'interval-join',
    config: { kind: 'full', leftKeys: ['key'], rightKeys: ['key'], before: '0 s', after: '100 ms' },
  }),
};

/** The values of each second of a key, told by a timer. */
const SUMS = `function processElement(row: Row, ctx: Context, out: Output) {
  const end = Math.floor(row.at / 1000) * 1000 + 999;
  ctx.state.sums.put(BigInt(end), (ctx.state.sums.get(BigInt(end)) ?? 0n) + row.value);
  ctx.state.rows.put(BigInt(end), (ctx.state.rows.get(BigInt(end)) ?? 0n) + 1n);
  ctx.timers.registerEventTime(end);
}
function onTimer(time: number, ctx: Context, out: Output) {
  const end = BigInt(time);
  out.emit({ key: ctx.key.key, end, rows: ctx.state.rows.get(end), total: ctx.state.sums.get(end) });
  ctx.state.sums.remove(end);
  ctx.state.rows.remove(end);
}`;

const timers: NodePipeline = {
  name: 'process function with timers',
  sources: ['in'],
  ports: ['in'],
  node: () => ({
    id: 'sums',
    type: 'process',
    config: {
      code: SUMS,
      keys: ['key'],
      columns: [{ name: 'key', type: 'STRING' }, ...['end', 'rows', 'total'].map((name) => ({ name, type: 'BIGINT' }))],
      states: ['sums', 'rows'].map((name) => ({ name, kind: 'map', keyType: 'BIGINT', type: 'BIGINT' })),
    },
  }),
};

const pattern: NodePipeline = {
  name: 'pattern',
  sources: ['in'],
  ports: ['in'],
  node: () => ({
    id: 'find',
    type: 'pattern',
    config: {
      keys: ['key'],
      steps: [
        { name: 'small', condition: '`value` < 300', times: 'one-or-more', greedy: true, between: 'strict' },
        { name: 'large', follows: 'followed-by', condition: '`value` > 700' },
      ],
      within: '2 s',
      measures: [
        { name: 'began', expression: 'FIRST(small.id)' },
        { name: 'smalls', expression: 'COUNT(small.id)' },
        { name: 'ended', expression: 'large.id' },
      ],
    },
  }),
};

export const NODE_PIPELINES: readonly NodePipeline[] = [lookup, join, timers, pattern];

export function writeNodePipeline(folder: string, pipeline: NodePipeline, port: number): void {
  const { sources, ports } = pipeline;
  mkdirSync(path.join(folder, 'data'), { recursive: true });
  sources.forEach((source, at) => {
    for (const file of [0, 1]) writeFileSync(path.join(folder, 'data', `${source}-${file}.ndjson`), rowsOf(at, file));
  });
  const node = pipeline.node(port);
  const nodes: PipelineNode[] = [
    ...sources.flatMap((source) => [
      { id: source, type: 'file-source', config: readingOf(source) },
      { id: `${source}-time`, type: 'watermark', config: { time: { column: 'at', delay: DELAY } } },
    ]),
    node,
    { id: 'out', type: 'file-sink', config: { path: 'out', format: 'ndjson', rollMegabytes: 0.001, rollInterval: '100 ms' } },
  ];
  const edges = [
    ...sources.flatMap((source, at) => [edgeOf(source, `${source}-time`, 'in'), edgeOf(`${source}-time`, node.id, ports[at])]),
    edgeOf(node.id, 'out', 'in'),
  ];
  const document = {
    format: 'millrace-pipeline',
    version: 1,
    id: 'killed',
    name: 'killed',
    job: {},
    nodes,
    edges,
    drawing: { positions: {} },
  };
  writeFileSync(path.join(folder, 'pipeline.json'), JSON.stringify(document));
}

function readingOf(source: string): object {
  const schema = [
    { name: 'id', type: 'BIGINT' },
    { name: 'key', type: 'STRING' },
    { name: 'value', type: 'BIGINT' },
    { name: 'at', type: 'TIMESTAMP(3)' },
  ];
  return { path: `data/${source}-*.ndjson`, format: 'ndjson', timestampFormat: 'iso-8601', schema };
}

function edgeOf(from: string, to: string, port: string): object {
  return { id: `${from}-${to}`, from: { node: from, port: 'out' }, to: { node: to, port } };
}

function rowsOf(source: number, file: number): string {
  return Array.from({ length: ROWS_PER_FILE }, (_, row) => {
    const id = 2 * row + file;
    const random = mix32(mix32(id + 1) ^ source);
    const key = `key-${2 * (random % (KEYS / 2)) + file}`;
    const at = new Date(Date.UTC(2024, 0, 1) + row * STEP_MS + (mix32(random) % DISORDER_MS)).toISOString().slice(0, -1);
    return `${JSON.stringify({ id, key, value: mix32(random + 1) % 1000, at })}\n`;
  }).join('');
}

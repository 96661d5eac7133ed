/** Rows per second of process nodes with TypeScript of a person: batches that stand in memory go in, what leaves is dropped. */
import { Arena } from '../../engine/columnar/arena.ts';
import type { Batch } from '../../engine/columnar/batch.ts';
import { JobMemory } from '../../engine/columnar/job-memory.ts';
import { buildBatch } from '../../engine/columnar/row-builder.ts';
import type { ProcessConfig } from '../../engine/nodes/transforms/process/node.ts';
import { process } from '../../engine/nodes/transforms/process/node.ts';
import { createOperator } from '../../engine/nodes/transforms/process/operator.ts';
import type { OperatorContext } from '../../engine/operators/operator.ts';
import { NORMAL_SPEED } from '../../engine/operators/operator.ts';
import { NOBODY_WATCHES } from '../../engine/operators/time/window-view.ts';
import { readConfig } from '../../engine/spec/read-config.ts';
import { BIGINT, DOUBLE, STRING } from '../../engine/types/make-type.ts';
import type { Schema } from '../../engine/types/schema.ts';

const BATCH_ROWS = 4096;
const BATCHES = 16;
const KEYS = 10_000;

export interface CodeSpeed {
  readonly code: string;
  readonly millionRowsPerSecond: number;
}

interface Candidate {
  readonly name: string;
  readonly input: Schema;
  readonly config: ProcessConfig;
}

const numbers: Schema = {
  fields: [
    { name: 'id', type: BIGINT },
    { name: 'price', type: DOUBLE },
  ],
};
const words: Schema = { fields: [...numbers.fields, { name: 'name', type: STRING }] };
const plain = { keys: [], columns: [], states: [], sideOutputs: [] };

const CANDIDATES: readonly Candidate[] = [
  {
    name: 'a map in one line, two numbers',
    input: numbers,
    config: { ...plain, code: 'function processElement(row: Row, ctx, out) { out.emit({ id: row.id, price: row.price * 1.1 }); }' },
  },
  {
    name: 'a filter in one line, two numbers',
    input: numbers,
    config: { ...plain, code: 'function processElement(row: Row, ctx, out) { if (row.price > 50) out.emit(row); }' },
  },
  {
    name: 'a map in one line, with a text',
    input: words,
    config: { ...plain, code: 'function processElement(row: Row, ctx, out) { out.emit({ ...row, name: row.name + "!" }); }' },
  },
  {
    name: 'a count per key in a state',
    input: numbers,
    config: {
      ...plain,
      keys: ['id'],
      states: readConfig(process.fields, { states: [{ name: 'seen', kind: 'value', type: 'BIGINT' }] }).config.states,
      code: `function processElement(row: Row, ctx, out) {
  const seen = (ctx.state.seen.get() ?? 0n) + 1n;
  ctx.state.seen.set(seen);
  if (seen % 1000n === 0n) out.emit(row);
}`,
    },
  },
];

/** Million rows a second, best of `repetitions`. */
export function measureCustomCode(options: { readonly rows: number; readonly repetitions: number }): CodeSpeed[] {
  return CANDIDATES.map((candidate) => {
    const memory = new JobMemory({ shared: true, maximumBytes: 2 ** 31 });
    const batches = makeBatches(memory, candidate.input);
    const rounds = Math.ceil(options.rows / (BATCH_ROWS * BATCHES));
    let best = Number.POSITIVE_INFINITY;
    for (let repetition = 0; repetition <= options.repetitions; repetition++)
      best = Math.min(best, run(candidate, memory, batches, rounds));
    return { code: candidate.name, millionRowsPerSecond: (rounds * BATCHES * BATCH_ROWS) / best / 1000 };
  });
}

function run({ config, input }: Candidate, memory: JobMemory, batches: readonly Batch[], rounds: number): number {
  const arena = new Arena(memory);
  const operator = createOperator(config, createContext(input, memory, arena));
  operator.open([]);
  const startedAt = performance.now();
  for (let round = 0; round < rounds; round++) {
    for (const batch of batches) {
      let state = operator.processBatch(0, batch);
      arena.reset();
      for (; state === 'more'; arena.reset()) state = operator.drain();
    }
  }
  const took = performance.now() - startedAt;
  operator.close();
  arena.close();
  return took;
}

/** What the operator asks of its context, and nothing else. */
function createContext(input: Schema, memory: JobMemory, arena: Arena): OperatorContext {
  const parts: Partial<OperatorContext> = {
    nodeId: 'measured',
    memory,
    arena,
    clock: { now: () => 0, monotonic: () => 0 },
    maxParallelism: 128,
    keyGroups: { start: 0, end: 127 },
    metrics: { lateRecords: 0, partlyLateRecords: 0, behindRecords: 0, badRecords: 0, stateBytes: 0, stateKeys: 0 },
    observer: NOBODY_WATCHES,
    replay: NORMAL_SPEED,
    batchRows: BATCH_ROWS,
    timeZone: 'UTC',
    inputSchemas: [input],
    outputSchemas: [input],
    output: { emit: () => {}, emitWatermark: () => {}, emitStatus: () => {} },
    requestProcessingTime: () => {},
  };
  return parts as OperatorContext;
}

function makeBatches(memory: JobMemory, schema: Schema): Batch[] {
  const data = new Arena(memory);
  return Array.from({ length: BATCHES }, (_, index) => {
    const rows = Array.from({ length: BATCH_ROWS }, (_row, row) => {
      const at = index * BATCH_ROWS + row;
      return [BigInt((at * 7919) % KEYS), at % 100, `name ${at % KEYS}`].slice(0, schema.fields.length);
    });
    return buildBatch(data, schema, rows);
  });
}

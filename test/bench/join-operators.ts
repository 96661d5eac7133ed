/** Rows per second of joins, sorting, deduplication, running aggregates and a process function alone: batches that stand in memory go in, what leaves is dropped. */
import { SeededRandom } from '../../engine/base/random.ts';
import { Arena } from '../../engine/columnar/arena.ts';
import type { Batch } from '../../engine/columnar/batch.ts';
import { createBatch } from '../../engine/columnar/batch.ts';
import { JobMemory } from '../../engine/columnar/job-memory.ts';
import { createOperator as createBroadcast } from '../../engine/nodes/joins/broadcast/operator.ts';
import { createOperator as createCoGroup } from '../../engine/nodes/joins/co-group/operator.ts';
import { createOperator as createIntervalJoin } from '../../engine/nodes/joins/interval-join/operator.ts';
import { createOperator as createWindowJoin } from '../../engine/nodes/joins/window-join/operator.ts';
import { createOperator as createDeduplicate } from '../../engine/nodes/transforms/deduplicate/operator.ts';
import { createOperator as createRunning } from '../../engine/nodes/transforms/running-aggregate/operator.ts';
import { createOperator as createSort } from '../../engine/nodes/transforms/sort/operator.ts';
import type { Operator, OperatorContext } from '../../engine/operators/operator.ts';
import { NORMAL_SPEED, WATERMARK_MAX } from '../../engine/operators/operator.ts';
import { rowByRow } from '../../engine/operators/process/process-function.ts';
import { ProcessOperator } from '../../engine/operators/process/process-operator.ts';
import { NOBODY_WATCHES } from '../../engine/operators/time/window-view.ts';
import { value } from '../../engine/state/state-spec.ts';
import { BIGINT, timestampType } from '../../engine/types/make-type.ts';
import type { Schema } from '../../engine/types/schema.ts';

const BATCH_ROWS = 4096;
export const JOIN_KEYS = 10_000;
const ROWS_PER_MS = 100;
const DISORDER_MS = 500;

export interface OperatorSpeed {
  readonly operator: string;
  /** Rows of all inputs. */
  readonly millionRowsPerSecond: number;
  /** Rows that left, per row that came. */
  readonly rowsOutPerRow: number;
}

const input: Schema = {
  fields: [
    { name: 'key', type: BIGINT },
    { name: 'number', type: BIGINT },
    { name: 'ts', type: timestampType(3) },
  ],
  rowtime: 'ts',
};
const pair = [...input.fields, ...input.fields.map((field) => ({ ...field, name: `right_${field.name}` }))];
const bounds = ['window_start', 'window_end'].map((name) => ({ name, type: timestampType(3) }));
const keys = { leftKeys: ['key'], rightKeys: ['key'] };
const running = { keys: ['key'], by: 'number', ties: 'first', forgetAfter: null } as const;

interface Candidate {
  readonly name: string;
  readonly inputs: 1 | 2;
  readonly output: Schema;
  /** Where a batch goes, by its number; absent: in turn. */
  readonly inputOf?: (batch: number) => number;
  create(context: OperatorContext): Operator;
}

const CANDIDATES: readonly Candidate[] = [
  {
    name: 'interval join, 1 s',
    inputs: 2,
    output: { fields: pair },
    create: (context) => createIntervalJoin({ ...keys, kind: 'inner', before: 0, after: 1000, lateRows: 'join' }, context),
  },
  {
    name: 'interval join, full',
    inputs: 2,
    output: { fields: pair },
    create: (context) => createIntervalJoin({ ...keys, kind: 'full', before: 0, after: 100, lateRows: 'join' }, context),
  },
  {
    name: 'window join, 1 s',
    inputs: 2,
    output: { fields: [...pair, ...bounds] },
    create: (context) =>
      createWindowJoin({ ...keys, kind: 'inner', window: 'tumbling', size: 1000, slide: 1, step: 1, windowTime: false }, context),
  },
  {
    name: 'broadcast, a rule per key',
    inputs: 2,
    output: { fields: [...input.fields, { name: 'right_number', type: BIGINT }] },
    inputOf: (batch) => (batch < 2 ? 1 : 0),
    create: (context) =>
      createBroadcast(
        {
          ...keys,
          condition: null,
          columns: ['number'],
          unmatched: 'drop',
          ruleKeys: ['key'],
          removeWhen: null,
          meet: 'at-once',
        },
        context,
      ),
  },
  {
    name: 'co-group, 1 s',
    inputs: 2,
    output: { fields: [input.fields[0], ...bounds, ...['left', 'right'].map((name) => ({ name, type: BIGINT }))] },
    create: (context) =>
      createCoGroup(
        {
          ...keys,
          window: 'tumbling',
          size: 1000,
          slide: 1,
          step: 1,
          gap: 1,
          leftAggregates: [{ name: 'left', function: 'COUNT', column: null }],
          rightAggregates: [{ name: 'right', function: 'SUM', column: 'number' }],
          windowTime: false,
        },
        context,
      ),
  },
  {
    name: 'sort by event time',
    inputs: 1,
    output: input,
    create: (context) => createSort({ keys: [], thenBy: [], lateRows: 'drop' }, context),
  },
  {
    name: 'deduplicate',
    inputs: 1,
    output: input,
    create: (context) => createDeduplicate({ keys: ['number'], forgetAfter: null }, context),
  },
  {
    name: 'running count, sum and max',
    inputs: 1,
    output: { fields: [...input.fields, ...['count', 'sum', 'max'].map((name) => ({ name, type: BIGINT }))] },
    create: (context) =>
      createRunning(
        {
          ...running,
          result: 'aggregates',
          aggregates: [
            { name: 'count', function: 'COUNT', column: null },
            { name: 'sum', function: 'SUM', column: 'number' },
            { name: 'max', function: 'MAX', column: 'number' },
          ],
        },
        context,
      ),
  },
  {
    name: 'running maxBy',
    inputs: 1,
    output: { fields: input.fields },
    create: (context) => createRunning({ ...running, result: 'max-by', aggregates: [] }, context),
  },
  { name: 'process function, one value', inputs: 1, output: { fields: input.fields.slice(0, 2) }, create: countingFunction },
];

/** A count per key, emitted at every thousandth row: what state costs, not the row objects. */
function countingFunction(context: OperatorContext): Operator {
  return new ProcessOperator(
    {
      keys: [[[0]]],
      keyTypes: [BIGINT],
      states: [value('count', [BIGINT])],
      broadcast: [],
      meaning: 'counts',
      create: (services) => {
        const count = services.state.value('count');
        return rowByRow(services, {
          processRow(_input, _batch, _row, slot, timestamp) {
            const next = ((count.get(slot)?.[0] ?? 0n) as bigint) + 1n;
            count.set(slot, [next]);
            if (next % 1000n === 0n) services.output.collect(0, [services.state.keyOf(slot)[0], next], timestamp);
          },
          onTimer() {},
        });
      },
    },
    context,
  );
}

/** Million rows a second, best of `repetitions`. */
export function measureJoinOperators(options: { readonly rows: number; readonly repetitions: number }): OperatorSpeed[] {
  const memory = new JobMemory({ shared: true, maximumBytes: 2 ** 31 });
  const batches = makeBatches(memory, Math.ceil(options.rows / BATCH_ROWS));
  return CANDIDATES.map((candidate) => {
    let best = Number.POSITIVE_INFINITY;
    let out = 0;
    for (let repetition = 0; repetition <= options.repetitions; repetition++) {
      const startedAt = performance.now();
      out = run(candidate, memory, batches);
      best = Math.min(best, performance.now() - startedAt);
    }
    const rows = batches.length * BATCH_ROWS;
    return { operator: candidate.name, millionRowsPerSecond: rows / best / 1000, rowsOutPerRow: out / rows };
  });
}

function run(candidate: Candidate, memory: JobMemory, batches: readonly Batch[]): number {
  const arena = new Arena(memory);
  let out = 0;
  const operator = candidate.create(createContext(candidate, memory, arena, (rows) => (out += rows)));
  const finish = (progress: 'more' | 'done') => {
    arena.reset();
    for (let state = progress; state === 'more'; arena.reset()) state = operator.drain();
  };
  operator.open([]);
  batches.forEach((batch, at) => finish(operator.processBatch(candidate.inputOf?.(at) ?? at % candidate.inputs, batch)));
  for (let each = 0; each < candidate.inputs; each++) finish(operator.processWatermark(each, WATERMARK_MAX));
  operator.close();
  arena.close();
  return out;
}

/** What operators ask of their context, and nothing else. */
function createContext(candidate: Candidate, memory: JobMemory, arena: Arena, count: (rows: number) => void): OperatorContext {
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
    inputSchemas: Array.from({ length: candidate.inputs }, () => input),
    outputSchemas: [candidate.output],
    output: { emit: (_port, batch) => count(batch.selectedCount), emitWatermark: () => {}, emitStatus: () => {} },
    requestProcessingTime: () => {},
  };
  return parts as OperatorContext;
}

/** Rows out of order, with a mark behind every row that advances the watermark. */
function makeBatches(memory: JobMemory, count: number): Batch[] {
  const data = new Arena(memory);
  const random = new SeededRandom(1);
  let latest = 0;
  return Array.from({ length: count }, (_, index) => {
    const batch = createBatch(memory, input);
    batch.rowCount = BATCH_ROWS;
    batch.selectedCount = BATCH_ROWS;
    for (const column of batch.columns) column.data = data.allocate(BATCH_ROWS * 8);
    batch.markRows = data.allocate(BATCH_ROWS * 4);
    batch.markWatermarks = data.allocate(BATCH_ROWS * 8);
    const [key, number, time] = batch.columns.map((column) => column.data >>> 3);
    for (let row = 0; row < BATCH_ROWS; row++) {
      const at = index * BATCH_ROWS + row;
      const instant = 1_700_000_000_000 + Math.floor(at / ROWS_PER_MS) - random.nextInt(DISORDER_MS);
      memory.i64[key + row] = BigInt(random.nextInt(JOIN_KEYS));
      memory.i64[number + row] = BigInt(Math.floor(at / 2));
      memory.i64[time + row] = BigInt(instant);
      if (instant <= latest) continue;
      latest = instant;
      memory.i32[(batch.markRows >>> 2) + batch.markCount] = row;
      memory.i64[(batch.markWatermarks >>> 3) + batch.markCount++] = BigInt(instant - DISORDER_MS);
    }
    return batch;
  });
}

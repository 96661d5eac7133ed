/** Rows per second of the window node alone: COUNT(*) and SUM per key over batches that stand in memory. */
import { SeededRandom } from '../../engine/base/random.ts';
import { Arena } from '../../engine/columnar/arena.ts';
import type { Batch } from '../../engine/columnar/batch.ts';
import { createBatch } from '../../engine/columnar/batch.ts';
import { JobMemory } from '../../engine/columnar/job-memory.ts';
import type { WindowAggregateConfig } from '../../engine/nodes/windows/window-aggregate/node.ts';
import { createOperator } from '../../engine/nodes/windows/window-aggregate/operator.ts';
import type { Operator, OperatorContext } from '../../engine/operators/operator.ts';
import { NORMAL_SPEED, WATERMARK_MAX } from '../../engine/operators/operator.ts';
import { NOBODY_WATCHES } from '../../engine/operators/time/window-view.ts';
import { BIGINT, notNull, timestampType } from '../../engine/types/make-type.ts';
import type { Schema } from '../../engine/types/schema.ts';

const BATCH_ROWS = 4096;
export const KEYS = 10_000;
const ROWS_PER_MS = 100;
const DISORDER_MS = 4000;
const WINDOWS = ['tumbling', 'sliding', 'cumulative', 'session'] as const;

/** Rows a second through one operator alone. */
export interface WindowSpeed {
  readonly window: string;
  readonly millionRowsPerSecond: number;
}

const memory = new JobMemory({ shared: true, maximumBytes: 2 ** 30 });
const arena = new Arena(memory);
export const input = {
  fields: [
    { name: 'auction', type: BIGINT },
    { name: 'price', type: BIGINT },
    { name: 'ts', type: timestampType(3) },
  ],
  rowtime: 'ts',
};
export const bound = notNull(timestampType(3));
const output = {
  fields: [
    { name: 'auction', type: BIGINT },
    { name: 'window_start', type: bound },
    { name: 'window_end', type: bound },
    { name: 'bids', type: notNull(BIGINT) },
    { name: 'total', type: BIGINT },
  ],
};

/** Million rows a second through the window node alone, best of `repetitions`. */
export function measureWindowOperator(options: { readonly rows: number; readonly repetitions: number }): WindowSpeed[] {
  const batches = makeBatches(options.rows);
  return WINDOWS.map((window) => ({
    window,
    millionRowsPerSecond: bestSpeed(batches, options.repetitions, () => createWindow(window)),
  }));
}

/** Million rows a second, the best of `repetitions` after one that warms up. */
export function bestSpeed(batches: readonly Batch[], repetitions: number, create: () => Operator): number {
  let best = Number.POSITIVE_INFINITY;
  for (let repetition = 0; repetition <= repetitions; repetition++) {
    const startedAt = performance.now();
    run(create(), batches);
    best = Math.min(best, performance.now() - startedAt);
  }
  return (batches.length * BATCH_ROWS) / best / 1000;
}

function createWindow(window: WindowAggregateConfig['window']): Operator {
  return createOperator(
    {
      window,
      size: 10_000,
      slide: 2000,
      step: 2000,
      gap: 1000,
      offset: 0,
      keys: ['auction'],
      aggregates: [
        { name: 'bids', function: 'COUNT', column: null },
        { name: 'total', function: 'SUM', column: 'price' },
      ],
      windowTime: false,
      lateRows: 'drop',
      allowedLateness: 0,
    },
    windowContext(output),
  );
}

function run(operator: Operator, batches: readonly Batch[]): void {
  operator.open([]);
  for (const batch of batches) finish(operator.processBatch(0, batch), operator);
  finish(operator.processWatermark(0, WATERMARK_MAX), operator);
  operator.close();
}

function finish(progress: 'more' | 'done', operator: Operator): void {
  let state = progress;
  arena.reset();
  while (state === 'more') {
    state = operator.drain();
    arena.reset();
  }
}

/** What the window node asks of its context, and nothing else. */
export function windowContext(output: Schema): OperatorContext {
  const parts: Partial<OperatorContext> = {
    nodeId: 'window',
    memory,
    arena,
    maxParallelism: 128,
    keyGroups: { start: 0, end: 127 },
    metrics: { lateRecords: 0, partlyLateRecords: 0, behindRecords: 0, badRecords: 0, stateBytes: 0, stateKeys: 0 },
    clock: { now: () => 0, monotonic: () => 0 },
    requestProcessingTime: () => {},
    observer: NOBODY_WATCHES,
    replay: NORMAL_SPEED,
    batchRows: BATCH_ROWS,
    timeZone: 'UTC',
    inputSchemas: [input],
    outputSchemas: [output],
    output: { emit: () => {}, emitWatermark: () => {}, emitStatus: () => {} },
  };
  return parts as OperatorContext;
}

/** Rows out of order by up to four seconds, with a mark behind every row that advances the watermark. */
export function makeBatches(rows: number): Batch[] {
  const count = Math.ceil(rows / BATCH_ROWS);
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
    const [auction, price, time] = batch.columns.map((column) => column.data >>> 3);
    for (let row = 0; row < BATCH_ROWS; row++) {
      const instant = 1_700_000_000_000 + Math.floor((index * BATCH_ROWS + row) / ROWS_PER_MS) - random.nextInt(DISORDER_MS);
      memory.i64[auction + row] = BigInt(1000 + random.nextInt(KEYS));
      memory.i64[price + row] = BigInt(1 + random.nextInt(10_000));
      memory.i64[time + row] = BigInt(instant);
      if (instant <= latest) continue;
      latest = instant;
      memory.i32[(batch.markRows >>> 2) + batch.markCount] = row;
      memory.i64[(batch.markWatermarks >>> 3) + batch.markCount++] = BigInt(instant - DISORDER_MS);
    }
    return batch;
  });
}

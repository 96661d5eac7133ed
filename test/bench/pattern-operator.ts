/** Rows per second of the pattern node alone, numeric keys, over batches that stand in memory. */
import { SeededRandom } from '../../engine/base/random.ts';
import { Arena } from '../../engine/columnar/arena.ts';
import type { Batch } from '../../engine/columnar/batch.ts';
import { createBatch } from '../../engine/columnar/batch.ts';
import { JobMemory } from '../../engine/columnar/job-memory.ts';
import type { PatternConfig, StepConfig } from '../../engine/nodes/patterns/pattern/node.ts';
import { createOperator } from '../../engine/nodes/patterns/pattern/operator.ts';
import type { OperatorContext } from '../../engine/operators/operator.ts';
import { NORMAL_SPEED, WATERMARK_MAX } from '../../engine/operators/operator.ts';
import { NOBODY_WATCHES } from '../../engine/operators/time/window-view.ts';
import { BIGINT, timestampType } from '../../engine/types/make-type.ts';

const BATCH_ROWS = 4096;
export const PATTERN_KEYS = 10_000;
const ROWS_PER_MS = 100;
const DISORDER_MS = 1000;

export interface PatternSpeed {
  readonly pattern: string;
  readonly millionRowsPerSecond: number;
  readonly matches: number;
}

const memory = new JobMemory({ shared: true, maximumBytes: 2 ** 31 });
const arena = new Arena(memory);
const input = {
  fields: [
    { name: 'card', type: BIGINT },
    { name: 'amount', type: BIGINT },
    { name: 'ts', type: timestampType(3) },
  ],
  rowtime: 'ts',
};
const output = {
  fields: [
    { name: 'card', type: BIGINT },
    { name: 'tests', type: BIGINT },
    { name: 'amount', type: BIGINT },
  ],
};

const ONCE: Omit<StepConfig, 'name' | 'condition'> = {
  follows: 'next',
  times: 'once',
  from: 2,
  to: 3,
  between: 'strict',
  greedy: false,
  until: null,
  gap: null,
};
/** Amounts are even up to 10,000, so that 3 % of the rows are small and 5 % large. */
const PATTERNS: { readonly [name: string]: readonly StepConfig[] } = {
  'two steps, followed by': [
    { ...ONCE, name: 'small', condition: 'amount < 300' },
    { ...ONCE, name: 'large', condition: 'amount > 9500', follows: 'followed-by' },
  ],
  'greedy loop, then next': [
    { ...ONCE, name: 'small', condition: 'amount < 3000', times: 'one-or-more', greedy: true },
    { ...ONCE, name: 'large', condition: 'amount > 9500' },
  ],
  'compared with the row before': [
    { ...ONCE, name: 'small', condition: 'amount < 300' },
    { ...ONCE, name: 'large', condition: 'amount > small.amount * 40', follows: 'followed-by' },
  ],
};

/** Million rows a second through the pattern node alone, best of `repetitions`. */
export function measurePatternOperator(options: { readonly rows: number; readonly repetitions: number }): PatternSpeed[] {
  const batches = makeBatches(Math.ceil(options.rows / BATCH_ROWS));
  return Object.entries(PATTERNS).map(([pattern, steps]) => {
    let best = Number.POSITIVE_INFINITY;
    let matches = 0;
    for (let repetition = 0; repetition <= options.repetitions; repetition++) {
      const startedAt = performance.now();
      matches = run(steps, batches);
      best = Math.min(best, performance.now() - startedAt);
    }
    return { pattern, matches, millionRowsPerSecond: (batches.length * BATCH_ROWS) / best / 1000 };
  });
}

function run(steps: readonly StepConfig[], batches: readonly Batch[]): number {
  const config: PatternConfig = {
    steps,
    groups: [],
    keys: ['card'],
    within: 10_000,
    afterMatch: 'past-last',
    afterStep: '',
    measures: [
      { name: 'tests', expression: 'COUNT(small.amount)' },
      { name: 'amount', expression: 'large.amount' },
    ],
    matchTime: false,
    timeouts: 'drop',
    lateRows: 'drop',
  };
  const counted = { matches: 0 };
  const operator = createOperator(config, context(counted));
  operator.open([]);
  for (const batch of batches) finish(operator.processBatch(0, batch), operator);
  finish(operator.processWatermark(0, WATERMARK_MAX), operator);
  operator.close();
  return counted.matches;
}

function finish(progress: 'more' | 'done', operator: ReturnType<typeof createOperator>): void {
  let state = progress;
  arena.reset();
  while (state === 'more') {
    state = operator.drain();
    arena.reset();
  }
}

/** What the pattern node asks of its context, and nothing else. */
function context(counted: { matches: number }): OperatorContext {
  const emit = (_port: number, batch: Batch) => {
    counted.matches += batch.selectedCount;
  };
  const parts: Partial<OperatorContext> = {
    nodeId: 'pattern',
    memory,
    arena,
    maxParallelism: 128,
    keyGroups: { start: 0, end: 127 },
    metrics: { lateRecords: 0, partlyLateRecords: 0, behindRecords: 0, badRecords: 0, stateBytes: 0, stateKeys: 0 },
    observer: NOBODY_WATCHES,
    clock: { now: () => 0 } as OperatorContext['clock'],
    replay: NORMAL_SPEED,
    batchRows: BATCH_ROWS,
    timeZone: 'UTC',
    inputSchemas: [input],
    outputSchemas: [output],
    output: { emit, emitWatermark: () => {}, emitStatus: () => {} },
  };
  return parts as OperatorContext;
}

/** Rows out of order by up to a second, with a mark behind every row that advances the watermark. */
function makeBatches(count: number): Batch[] {
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
    const [card, amount, time] = batch.columns.map((column) => column.data >>> 3);
    for (let row = 0; row < BATCH_ROWS; row++) {
      const instant = 1_700_000_000_000 + Math.floor((index * BATCH_ROWS + row) / ROWS_PER_MS) - random.nextInt(DISORDER_MS);
      memory.i64[card + row] = BigInt(1000 + random.nextInt(PATTERN_KEYS));
      memory.i64[amount + row] = BigInt(random.nextInt(10_000));
      memory.i64[time + row] = BigInt(instant);
      if (instant <= latest) continue;
      latest = instant;
      memory.i32[(batch.markRows >>> 2) + batch.markCount] = row;
      memory.i64[(batch.markWatermarks >>> 3) + batch.markCount++] = BigInt(instant - DISORDER_MS);
    }
    return batch;
  });
}

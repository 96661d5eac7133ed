/**
 * The same drawing, made to run: generators at a set rate, event time, filters that take away what the unions double, columns
 * computed, and a window before each preview.
 */
import type { PipelineDocument } from '../../engine/spec/document.ts';
import type { Content, DrawingSize } from './designer-pipeline.ts';
import { designerPipeline } from './designer-pipeline.ts';

export interface RunningOptions {
  readonly parallelism: number;
  /** Of each source. */
  readonly rowsPerSecond: number;
  readonly checkpointInterval: string;
}

const NAMES = 'ada,bob,cleo,dan,eve,finn,gus,hana';
/** What the filters keep one in so many of: together about as much as the unions before them add. */
const KEPT_ONE_IN = [2, 3, 5, 7];

export function runningPipeline(size: DrawingSize, options: RunningOptions): PipelineDocument {
  const { parallelism, checkpointInterval } = options;
  return designerPipeline(size, (column, columns, row) => runningContent(column, columns, row, options), {
    parallelism,
    checkpointInterval,
  });
}

/** Odd columns; behind the watermark every other one is a filter. */
function runningContent(column: number, columns: number, row: number, { rowsPerSecond }: RunningOptions): Content {
  if (column === 0) return { type: 'generator-source', config: { ...sourceConfig(rowsPerSecond), seed: row + 1 } };
  if (column === 1) return { type: 'watermark', config: { time: { column: 'ts', delay: '200 ms' } } };
  if (column === columns - 1) return { type: 'preview-sink', config: {} };
  if (column === columns - 3) return { type: 'window-aggregate', config: WINDOW };
  if (column % 4 === 1) return { type: 'select', config: { keep: 'all', columns: [{ name: 'amount', expression: 'amount + 1' }] } };
  const kept = KEPT_ONE_IN[((column - 3) / 4) % KEPT_ONE_IN.length];
  return { type: 'filter', config: { condition: `MOD(id, ${kept}) = 0` } };
}

function sourceConfig(rowsPerSecond: number): Content['config'] {
  return {
    rules: [
      { column: 'id', rule: 'random', minimum: 0, maximum: 1_000_000 },
      { column: 'name', rule: 'values', values: NAMES },
    ],
    // Event time goes as fast as the clock.
    timeStep: `${Math.round(1000 / rowsPerSecond)} ms`,
    disorder: '100 ms',
    rowsPerSecond,
  };
}

const WINDOW: Content['config'] = {
  window: 'tumbling',
  size: '1 s',
  keys: ['name'],
  aggregates: [
    { name: 'orders', expression: 'COUNT(*)' },
    { name: 'total', expression: 'SUM(amount)' },
  ],
};

/** Vectors of SQL window aggregation, replayed by the window node's own operator. */

import type { WindowAggregateConfig } from '../../../engine/nodes/windows/window-aggregate/node.ts';
import { createOperator } from '../../../engine/nodes/windows/window-aggregate/operator.ts';
import { BIGINT, notNull, STRING, timestampLtzType, timestampType } from '../../../engine/types/make-type.ts';
import { ROW_KIND_SYMBOLS, RowKind } from '../../../engine/types/row-kind.ts';
import type { Schema } from '../../../engine/types/schema.ts';
import type { Adapter } from './adapter.ts';
import { missing } from './adapter.ts';
import type { SubtaskEmission } from './harness.ts';
import { Harness } from './harness.ts';
import type { ExactObject, Vector } from './vector.ts';
import { list, object, optionalInteger, text } from './vector.ts';

const NANOS = 1_000_000n;

export const sqlWindowAdapter: Adapter = {
  family: 'sql-window',
  adapt(vector) {
    const { operator } = vector;
    if (operator.type !== 'sqlWindowAgg') return missing(`operator ${String(operator.type)}`);
    if (operator.time !== 'rowtime') return missing('SQL windows in processing time');
    if (vector.steps.some((step) => isRetraction(step.in))) return missing('retractions inside a window');
    const config = windowConfig(operator);
    if (config === null) return missing(`SQL window ${String(operator.window)}`);
    return replay(vector, config);
  },
};

function isRetraction(input: ExactObject): boolean {
  return 'element' in input && object(input.element).kind !== ROW_KIND_SYMBOLS[RowKind.insert];
}

function windowConfig(operator: ExactObject): WindowAggregateConfig | null {
  const milliseconds = (name: string, otherwise: number) => Number(optionalInteger(operator[name]) ?? otherwise);
  const kinds: Record<string, WindowAggregateConfig['window']> = {
    tumble: 'tumbling',
    hop: 'sliding',
    cumulate: 'cumulative',
    session: 'session',
  };
  const window = kinds[text(operator.window)];
  if (window === undefined) return null;
  return {
    window,
    size: milliseconds('size', milliseconds('maxSize', 1)),
    slide: milliseconds('slide', 1),
    step: milliseconds('step', 1),
    gap: milliseconds('gap', 1),
    offset: milliseconds('offset', 0),
    keys: ['k'],
    aggregates: [
      { name: 'sum', function: 'SUM', column: 'v' },
      { name: 'rows', function: 'COUNT', column: null },
    ],
    windowTime: false,
    lateRows: 'drop',
    allowedLateness: 0,
  };
}

function replay(vector: Vector, config: WindowAggregateConfig) {
  const zone = vector.operator.zone === undefined ? 'UTC' : text(vector.operator.zone);
  const rowtime = zone === 'UTC' ? timestampType(3) : timestampLtzType(3);
  const input: Schema = {
    fields: [
      { name: 'k', type: STRING },
      { name: 'v', type: BIGINT },
      { name: 't', type: rowtime },
    ],
    rowtime: 't',
  };
  const bound = notNull(timestampType(3));
  const output: Schema = {
    fields: [
      { name: 'k', type: STRING },
      { name: 'window_start', type: bound },
      { name: 'window_end', type: bound },
      { name: 'sum', type: BIGINT },
      { name: 'rows', type: notNull(BIGINT) },
    ],
  };
  const harness = new Harness({
    create: (context) => createOperator(config, context),
    inputSchemas: [input],
    outputSchemas: [output],
    keys: [[0]],
    timeZone: zone,
  });
  return { step: (step: ExactObject) => runStep(harness, step) };
}

function runStep(harness: Harness, step: ExactObject): ExactObject[] {
  if ('element' in step) {
    const [key, value, time] = list(object(step.element).row);
    const instant = optionalInteger(time);
    const row = [key === null ? null : text(key), optionalInteger(value), instant === null ? null : instant * NANOS];
    return harness.element([row], [null]).map((emission) => toOutput(harness, emission));
  }
  if ('watermark' in step) return harness.watermark(optionalInteger(step.watermark) ?? 0n).map((emission) => toOutput(harness, emission));
  if ('idle' in step) return harness.status(step.idle === true).map((emission) => toOutput(harness, emission));
  if ('processingTime' in step)
    return harness.processingTime(optionalInteger(step.processingTime) ?? 0n).map((emission) => toOutput(harness, emission));
  harness.restore('rescale' in step ? Number(step.rescale) : harness.parallelism);
  return [];
}

function toOutput(harness: Harness, emission: SubtaskEmission): ExactObject {
  const subtask: ExactObject = harness.parallelism === 1 ? {} : { sub: BigInt(emission.subtask) };
  if (emission.kind === 'watermark') return { watermark: emission.watermark, ...subtask };
  if (emission.kind === 'status') return { idle: emission.idle, ...subtask };
  const [key, start, end, sum, rows] = emission.values as [string | null, bigint, bigint, bigint | null, bigint];
  return { element: { kind: ROW_KIND_SYMBOLS[emission.rowKind], row: [key, sum, rows, start / NANOS, end / NANOS] }, ...subtask };
}

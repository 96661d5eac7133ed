/** Vectors of the DataStream window operator, in event time and processing time. */
import type { Batch } from '../../../engine/columnar/batch.ts';
import type { ColumnValue } from '../../../engine/columnar/column-value.ts';
import type { AggregateCall } from '../../../engine/operators/aggregating/aggregate-call.ts';
import type { OperatorContext } from '../../../engine/operators/operator.ts';
import { createAggregatingWindow, createProcessingWindow } from '../../../engine/operators/windowing/create-general-window.ts';
import type { GeneralWindowConfig } from '../../../engine/operators/windowing/general-window-operator.ts';
import type { ProcessContext, ProcessFunction } from '../../../engine/operators/windowing/process-emitter.ts';
import { eventTimeTrigger, processingTimeTrigger } from '../../../engine/operators/windowing/triggers.ts';
import type { WindowAssigner } from '../../../engine/operators/windowing/window-assigners.ts';
import {
  dynamicSessionWindows,
  sessionWindows,
  slidingWindows,
  tumblingWindows,
} from '../../../engine/operators/windowing/window-assigners.ts';
import type { LogicalType } from '../../../engine/types/logical-type.ts';
import { BIGINT, notNull, STRING } from '../../../engine/types/make-type.ts';
import type { Schema } from '../../../engine/types/schema.ts';
import type { Adaptation, Adapter } from './adapter.ts';
import { missing } from './adapter.ts';
import type { SubtaskEmission, TestedOperator } from './harness.ts';
import { Harness } from './harness.ts';
import type { Exact, ExactObject, Vector } from './vector.ts';
import { integer, object, optionalInteger, print, text } from './vector.ts';

const INPUT: Schema = {
  fields: [
    { name: 'k', type: STRING },
    { name: 'v', type: BIGINT },
  ],
};
const KEY = [0];
const VALUE = [1];
const LATE_PORT = 1;

export const windowEventTimeAdapter: Adapter = { family: 'window-event-time', adapt };
export const windowProcessingTimeAdapter: Adapter = { family: 'window-processing-time', adapt };

function adapt(vector: Vector): Adaptation {
  const { operator } = vector;
  if (operator.type !== 'window') return missing(`operator ${String(operator.type)}`);
  if (operator.trigger !== undefined) return missing(`trigger ${triggerName(object(operator.trigger))}`);
  if (operator.evictor !== undefined) return missing(`evictor ${text(object(operator.evictor).type)}`);
  const assigner = assignerOf(object(operator.assigner));
  if (assigner === null) return missing(`assigner ${text(object(operator.assigner).type)}`);
  const windowFunction = WINDOW_FUNCTIONS[text(operator.function)];
  if (windowFunction === undefined) return missing(`window function ${text(operator.function)}`);
  return replay(operator, assigner, windowFunction);
}

function triggerName(trigger: ExactObject): string {
  return trigger.of === undefined ? text(trigger.type) : `${text(trigger.type)} of ${triggerName(object(trigger.of))}`;
}

export function assignerOf(assigner: ExactObject): WindowAssigner | null {
  const eventTime = assigner.time === 'event';
  switch (assigner.type) {
    case 'tumbling':
      return tumblingWindows(integer(assigner.size), integer(assigner.offset), eventTime);
    case 'sliding':
      return slidingWindows(integer(assigner.size), integer(assigner.slide), integer(assigner.offset), eventTime);
    case 'session':
      return sessionWindows(integer(assigner.gap), eventTime);
    case 'dynamicSession':
      return dynamicSessionWindows((batch, row) => integer(assigner.base) + (readV(batch, row) % integer(assigner.mod)), eventTime);
    default:
      return null;
  }
}

function readV(batch: Batch, row: number): bigint {
  return batch.memory.i64[(batch.columns[1].data >>> 3) + row];
}

/** How a recorded function is made of production parts, and how its rows read. */
interface WindowFunction {
  create(config: GeneralWindowConfig, context: OperatorContext): TestedOperator;
  readonly output: Schema;
  readonly names: readonly string[];
}

const aggregate = (name: AggregateCall['function']): AggregateCall => ({
  function: name,
  argument: name === 'COUNT' ? null : VALUE,
  argumentType: name === 'COUNT' ? null : BIGINT,
  resultType: name === 'COUNT' ? notNull(BIGINT) : BIGINT,
});
const STATS = ['COUNT', 'SUM', 'MIN', 'MAX'] as const;
const VALUES: LogicalType = { kind: 'ARRAY', element: BIGINT, nullable: true };

function schemaOf(names: readonly string[]): Schema {
  return { fields: names.map((name) => ({ name, type: name === 'k' ? STRING : name === 'vs' ? VALUES : BIGINT })) };
}

function aggregating(calls: readonly AggregateCall[], names: readonly string[]): WindowFunction {
  const keys = names[0] === 'k' ? [0] : [];
  const shown = { keys, start: null, end: null, time: null, aggregates: calls.map((_, at) => keys.length + at) };
  return {
    create: (config, context) => createAggregatingWindow(config, context, [STRING], calls, shown, true),
    output: schemaOf(names),
    names,
  };
}

function processing(calls: readonly AggregateCall[] | null, names: readonly string[], process: ProcessFunction, longs = 0): WindowFunction {
  const contents = calls === null ? ({ kind: 'records' } as const) : ({ kind: 'aggregates', calls } as const);
  return {
    create: (config, context) =>
      createProcessingWindow(config, context, [STRING], contents, process, { windowLongs: longs, keyLongs: longs }),
    output: schemaOf(names),
    names,
  };
}

const BOUNDS = ['k', 'start', 'end', 'wm', 'pt'];
const bounds = (context: ProcessContext): ColumnValue[] => [
  context.key[0],
  context.start,
  context.end,
  context.watermark,
  context.processingTime,
];
const values = (records: readonly (readonly ColumnValue[])[]) => records.map((record) => record[1]);
const sorted = (records: readonly (readonly ColumnValue[])[]) =>
  (values(records) as bigint[]).sort((left, right) => (left < right ? -1 : left > right ? 1 : 0));

const WINDOW_FUNCTIONS: Record<string, WindowFunction> = {
  reduceSum: aggregating([aggregate('SUM')], ['k', 'v']),
  stats: aggregating(STATS.map(aggregate), ['count', 'sum', 'min', 'max']),
  process: processing(null, [...BOUNDS, 'vs'], (context, records) => [[...bounds(context), sorted(records)]]),
  processOrdered: processing(null, [...BOUNDS, 'vs'], (context, records) => [[...bounds(context), values(records)]]),
  reduceSumProcess: processing([aggregate('SUM')], [...BOUNDS, 'vs'], (context, [sums]) => [[...bounds(context), [sums[0]]]]),
  statsProcess: processing(STATS.map(aggregate), [...BOUNDS, 'count', 'sum', 'min', 'max'], (context, [stats]) => [
    [...bounds(context), ...stats],
  ]),
  processState: processing(
    null,
    [...BOUNDS, 'vs', 'firing', 'total'],
    (context, records) => {
      context.setWindowLong(0, context.windowLong(0) + 1n);
      context.setKeyLong(0, context.keyLong(0) + 1n);
      return [[...bounds(context), sorted(records), context.windowLong(0), context.keyLong(0)]];
    },
    1,
  ),
};

function replay(operator: ExactObject, assigner: WindowAssigner, windowFunction: WindowFunction) {
  const config: GeneralWindowConfig = {
    assigner,
    trigger: assigner.eventTime ? eventTimeTrigger : processingTimeTrigger,
    allowedLateness: optionalInteger(operator.allowedLateness) ?? 0n,
    keys: [KEY],
    rowtime: null,
    shift: null,
    keepsWatermark: false,
    latePort: operator.lateSideOutput === true ? LATE_PORT : null,
    fingerprint: print(operator),
  };
  const harness = new Harness({
    create: (context) => windowFunction.create(config, context),
    inputSchemas: [INPUT],
    outputSchemas: [windowFunction.output, INPUT],
    keys: [KEY],
  });
  const names = windowFunction.names.map((name) => (name === (assigner.eventTime ? 'pt' : 'wm') ? null : name));
  return { step: (step: ExactObject) => runStep(harness, step).map((emission) => toOutput(harness, names, emission)) };
}

function runStep(harness: Harness, step: ExactObject): SubtaskEmission[] {
  if ('element' in step) {
    const { k, v } = object(step.element);
    return harness.element([[k === undefined || k === null ? null : text(k), optionalInteger(v)]], [optionalInteger(step.ts)]);
  }
  if ('watermark' in step) return harness.watermark(integer(step.watermark));
  if ('idle' in step) return harness.status(step.idle === true);
  if ('processingTime' in step) return harness.processingTime(integer(step.processingTime));
  harness.restore('rescale' in step ? Number(step.rescale) : harness.parallelism);
  return [];
}

function toOutput(harness: Harness, names: readonly (string | null)[], emission: SubtaskEmission): ExactObject {
  const subtask: ExactObject = harness.parallelism === 1 ? {} : { sub: BigInt(emission.subtask) };
  if (emission.kind === 'watermark') return { watermark: emission.watermark, ...subtask };
  if (emission.kind === 'status') return { idle: emission.idle, ...subtask };
  const late = emission.port === LATE_PORT;
  const entries = (late ? ['k', 'v'] : names).map((name, at) => [name, emission.values[at] as Exact] as const);
  const element = Object.fromEntries(entries.filter(([name]) => name !== null));
  return { ...(late ? { side: 'late' } : {}), element, ts: emission.timestamp, ...subtask };
}

/** Vectors of the DataStream window operator, in event time and processing time. */
import type { Batch } from '../../../engine/columnar/batch.ts';
import type { ColumnValue } from '../../../engine/columnar/column-value.ts';
import type { AggregateCall } from '../../../engine/operators/aggregating/aggregate-call.ts';
import type { OperatorContext } from '../../../engine/operators/operator.ts';
import type { EvictorPlan, GeneralWindowPlan } from '../../../engine/operators/windowing/create-general-window.ts';
import { createAggregatingWindow, createProcessingWindow } from '../../../engine/operators/windowing/create-general-window.ts';
import { numberOfRow } from '../../../engine/operators/windowing/numeric-values.ts';
import { continuousEventTimeTrigger, continuousProcessingTimeTrigger } from '../../../engine/operators/windowing/periodic-triggers.ts';
import type { ProcessContext, ProcessFunction } from '../../../engine/operators/windowing/process-emitter.ts';
import { countTrigger, deltaTrigger } from '../../../engine/operators/windowing/record-triggers.ts';
import type { Trigger } from '../../../engine/operators/windowing/triggers.ts';
import { endOfStreamTrigger, eventTimeTrigger, neverTrigger, processingTimeTrigger } from '../../../engine/operators/windowing/triggers.ts';
import type { WindowAssigner } from '../../../engine/operators/windowing/window-assigners.ts';
import {
  dynamicSessionWindows,
  globalWindow,
  sessionWindows,
  slidingWindows,
  tumblingWindows,
} from '../../../engine/operators/windowing/window-assigners.ts';
import { processingTimeoutTrigger, purgingTrigger } from '../../../engine/operators/windowing/wrapping-triggers.ts';
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
  const assigner = assignerOf(object(operator.assigner));
  if (assigner === null) return missing(`assigner ${text(object(operator.assigner).type)}`);
  const trigger = operator.trigger === undefined ? defaultTrigger(object(operator.assigner)) : triggerOf(object(operator.trigger));
  if (trigger === null) return missing(`trigger ${print(operator.trigger)}`);
  const evictor = operator.evictor === undefined ? null : evictorOf(object(operator.evictor));
  if (evictor === undefined) return missing(`evictor ${print(operator.evictor)}`);
  const windowFunction = WINDOW_FUNCTIONS[text(operator.function)];
  if (windowFunction === undefined) return missing(`window function ${text(operator.function)}`);
  return replay(operator, { assigner, trigger, evictor }, windowFunction);
}

export function defaultTrigger(assigner: ExactObject): Trigger {
  if (assigner.type === 'global') return assigner.endOfStreamTrigger === true ? endOfStreamTrigger : neverTrigger;
  return assigner.time === 'event' ? eventTimeTrigger : processingTimeTrigger;
}

export function triggerOf(trigger: ExactObject): Trigger | null {
  const inner = trigger.of === undefined ? null : triggerOf(object(trigger.of));
  switch (trigger.type) {
    case 'eventTime':
      return eventTimeTrigger;
    case 'processingTime':
      return processingTimeTrigger;
    case 'count':
      return countTrigger(Number(integer(trigger.n)));
    case 'continuousEventTime':
      return continuousEventTimeTrigger(integer(trigger.interval));
    case 'continuousProcessingTime':
      return continuousProcessingTimeTrigger(integer(trigger.interval));
    case 'delta':
      return deltaTrigger(Number(integer(trigger.threshold)), numberOfRow(VALUE, BIGINT));
    case 'purging':
      return inner === null ? null : purgingTrigger(inner);
    case 'processingTimeout': {
      const { resetOnNewRecord, clearOnTimeout } = trigger;
      const options = { resetOnNewRecord: resetOnNewRecord === true, clearOnTimeout: clearOnTimeout === true };
      return inner === null ? null : processingTimeoutTrigger(inner, { timeout: integer(trigger.timeout), ...options });
    }
    default:
      return null;
  }
}

function evictorOf(evictor: ExactObject): EvictorPlan | undefined {
  const after = evictor.after === true;
  switch (evictor.type) {
    case 'count':
      return { kind: 'count', count: Number(integer(evictor.n)), after };
    case 'time':
      return { kind: 'time', keep: integer(evictor.keep), after };
    case 'delta':
      return { kind: 'delta', threshold: Number(integer(evictor.threshold)), path: VALUE, type: BIGINT, after };
    default:
      return undefined;
  }
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
    case 'global':
      return globalWindow;
    default:
      return null;
  }
}

function readV(batch: Batch, row: number): bigint {
  return batch.memory.i64[(batch.columns[1].data >>> 3) + row];
}

/** How a recorded function is made of production parts, and how its rows read. */
interface WindowFunction {
  create(config: GeneralWindowPlan, context: OperatorContext): TestedOperator;
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
    create: (config, context) => createAggregatingWindow(config, context, calls, shown, true),
    output: schemaOf(names),
    names,
  };
}

function processing(calls: readonly AggregateCall[] | null, names: readonly string[], process: ProcessFunction, longs = 0): WindowFunction {
  const contents = calls === null ? ({ kind: 'records' } as const) : ({ kind: 'aggregates', calls } as const);
  return {
    create: (config, context) => createProcessingWindow(config, context, contents, process, { windowLongs: longs, keyLongs: longs }),
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

function replay(operator: ExactObject, parts: Pick<GeneralWindowPlan, 'assigner' | 'trigger' | 'evictor'>, windowFunction: WindowFunction) {
  const config: GeneralWindowPlan = {
    ...parts,
    allowedLateness: optionalInteger(operator.allowedLateness) ?? 0n,
    keys: [KEY],
    keyTypes: [STRING],
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
  const names = windowFunction.names.map((name) => (hiddenNames(parts.assigner).includes(name) ? null : name));
  return { step: (step: ExactObject) => runStep(harness, step).map((emission) => toOutput(harness, names, emission)) };
}

/** Windows of the clock show it instead of the watermark; the global window has no bounds. */
function hiddenNames({ eventTime, global }: WindowAssigner): readonly string[] {
  if (global) return ['start', 'end', 'pt'];
  return [eventTime ? 'pt' : 'wm'];
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

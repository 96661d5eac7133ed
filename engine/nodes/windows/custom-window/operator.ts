/** Runs the custom window on the general window operator: the config as assigner, trigger and evictor. */
import { assert } from '../../../base/assert.ts';
import { EngineError } from '../../../base/errors.ts';
import type { ColumnPath } from '../../../columnar/key-fields.ts';
import { columnAt } from '../../../columnar/key-fields.ts';
import type { AggregateCall } from '../../../operators/aggregating/aggregate-call.ts';
import type { Operator, OperatorContext, WatermarkPolicy } from '../../../operators/operator.ts';
import type { EvictorPlan, GeneralWindowPlan } from '../../../operators/windowing/create-general-window.ts';
import { createAggregatingWindow, createRowsWindow } from '../../../operators/windowing/create-general-window.ts';
import { numberOfRow } from '../../../operators/windowing/numeric-values.ts';
import { SessionWindowOperator } from '../../../operators/windowing/session-window-operator.ts';
import type { SlicedWindow } from '../../../operators/windowing/slice-geometry.ts';
import type { SlicingWindowConfig } from '../../../operators/windowing/slicing-window-operator.ts';
import { SlicingWindowOperator } from '../../../operators/windowing/slicing-window-operator.ts';
import { stateFingerprint } from '../../../operators/windowing/state-fingerprint.ts';
import { createTimeShift } from '../../../operators/windowing/time-shift.ts';
import type { WindowAssigner } from '../../../operators/windowing/window-assigners.ts';
import {
  dynamicSessionWindows,
  globalWindow,
  sessionWindows,
  slidingWindows,
  tumblingWindows,
} from '../../../operators/windowing/window-assigners.ts';
import type { WindowColumns } from '../../../operators/windowing/window-output.ts';
import type { ResolvedColumn } from '../../../spec/column-path.ts';
import { resolveColumn } from '../../../spec/column-path.ts';
import type { Schema } from '../../../types/schema.ts';
import { createTrigger } from './create-trigger.ts';
import type { CustomWindowConfig } from './fields.ts';
import { hasBounds, inEventTime, isCounted } from './fields.ts';
import { boundNames } from './schema.ts';

const LATE_PORT = 1;

export function createOperator(written: CustomWindowConfig, context: OperatorContext): Operator & WatermarkPolicy {
  const config = context.resultsAtEnd === true && speaksOnceMore(written) ? { ...written, trigger: 'end' as const } : written;
  const input = context.inputSchemas[0];
  const keys = config.keys.map((key) => requireColumn(input, key));
  const rowtime = input.rowtime === undefined ? null : requireColumn(input, input.rowtime);
  const calls = config.result === 'rows' ? [] : aggregateCalls(config, input, context.outputSchemas[0]);
  const keyTypes = keys.map((key) => key.type);
  const latePort = inEventTime(config) && config.lateRows === 'late-output' ? LATE_PORT : null;
  const local = !inEventTime(config) || rowtime?.type.kind === 'TIMESTAMP_LTZ';
  if (rowtime !== null && isPlain(config)) {
    const parts = { rowtime: rowtime.path, timeZone: local ? context.timeZone : null, keys: keys.map((key) => key.path), keyTypes };
    return createPlain(config, { ...parts, calls, shown: shownColumns(config), latePort }, context);
  }
  const plan: GeneralWindowPlan = {
    assigner: createAssigner(config, input, context.nodeId),
    trigger: createTrigger(config, numberColumn(input, config.triggerColumn)),
    evictor: createEvictor(config, input),
    allowedLateness: inEventTime(config) ? BigInt(config.allowedLateness) : 0n,
    keys: keys.map((key): ColumnPath => key.path),
    keyTypes,
    rowtime: rowtime?.path ?? null,
    shift: hasBounds(config) && local ? createTimeShift(context.timeZone) : null,
    keepsWatermark: true,
    latePort,
    fingerprint: stateFingerprint(printWindow(config), keyTypes, calls),
  };
  if (config.result === 'rows') return createRowsWindow(plan, context, shownBounds(config, input.fields.length));
  return createAggregatingWindow(plan, context, calls, shownColumns(config), false);
}

/** What it says before its end is part of what it says then: a batch leaves that out. */
function speaksOnceMore(config: CustomWindowConfig): boolean {
  const endsAnyway = config.trigger === 'interval' || config.alsoAtEnd;
  return endsAnyway && !config.purge && !isCounted(config) && hasBounds(config) && config.time === 'event';
}

/** Windows of event time that fire once and keep only aggregates: slices and sessions have faster operators of their own. */
function isPlain(config: CustomWindowConfig): boolean {
  const once = config.trigger === 'end' && config.timeout === null && config.allowedLateness === 0;
  const sliced = config.window === 'tumbling' || (config.window === 'sliding' && config.size % config.slide === 0);
  return inEventTime(config) && once && config.keep === 'all' && config.result === 'aggregates' && (sliced || config.window === 'session');
}

function createPlain(
  config: CustomWindowConfig,
  common: Omit<SlicingWindowConfig, 'window'>,
  context: OperatorContext,
): Operator & WatermarkPolicy {
  if (config.window === 'session') return new SessionWindowOperator({ ...common, gap: BigInt(config.gap) }, context);
  const size = BigInt(config.size);
  const offset = BigInt(config.offset);
  const window: SlicedWindow =
    config.window === 'sliding'
      ? { kind: 'hopping', size, step: BigInt(config.slide), offset }
      : { kind: 'tumbling', size, step: size, offset };
  return new SlicingWindowOperator({ ...common, window }, context);
}

/** What state stands for: everything that decides which windows there are and what is kept in them. */
function printWindow(config: CustomWindowConfig): string {
  const { window, time, size, slide, gap, gapColumn, offset, allowedLateness, count, every, result } = config;
  const firing = [config.trigger, config.triggerCount, config.triggerInterval, config.triggerColumn, config.alsoAtEnd, config.timeout];
  const kept = [config.keep, config.keepColumn];
  const numbers = [size, slide, gap, gapColumn, offset, allowedLateness, count, every].join(', ');
  return `${window} windows in ${time} time (${numbers}) that keep ${result} (${kept.join(', ')}) and fire by (${firing.join(', ')})`;
}

function createAssigner(config: CustomWindowConfig, input: Schema, nodeId: string): WindowAssigner {
  const eventTime = config.time === 'event';
  switch (config.window) {
    case 'tumbling':
      return tumblingWindows(BigInt(config.size), BigInt(config.offset), eventTime);
    case 'sliding':
      return slidingWindows(BigInt(config.size), BigInt(config.slide), BigInt(config.offset), eventTime);
    case 'session':
      return sessionWindows(BigInt(config.gap), eventTime);
    case 'dynamic-session':
      return dynamicSessionWindows(createGap(config.gapColumn, requireColumn(input, config.gapColumn), nodeId), eventTime);
    default:
      return globalWindow;
  }
}

/** Reads the pause of a row, which must be longer than nothing. */
function createGap(
  name: string,
  column: ResolvedColumn,
  nodeId: string,
): (batch: Parameters<WindowAssigner['assign']>[1], row: number) => bigint {
  const wide = column.type.kind === 'BIGINT' || column.type.kind === 'INTERVAL_DAY_TIME';
  return (batch, row) => {
    const { data, validity } = columnAt(batch, column.path);
    const { i32, i64, u8 } = batch.memory;
    const isNull = validity !== 0 && u8[validity + row] === 0;
    const gap = isNull ? 0n : wide ? i64[(data >>> 3) + row] : BigInt(i32[(data >>> 2) + row]);
    if (gap > 0n) return gap;
    throw new EngineError(
      'MR5035',
      `node ${nodeId}: the pause in column ${name} is ${isNull ? 'NULL' : gap}; a session must be able to pause`,
      {
        domain: 'user',
        nodeId,
        remedy: 'filter such rows out before the window, or give them a pause above 0',
      },
    );
  };
}

function createEvictor(config: CustomWindowConfig, input: Schema): EvictorPlan | null {
  const after = config.evictAfter;
  if (config.window === 'sliding-count') return { kind: 'count', count: config.count, after: false };
  if (isCounted(config)) return null;
  switch (config.keep) {
    case 'all':
      return null;
    case 'last-rows':
      return { kind: 'count', count: config.keepRows, after };
    case 'last-time':
      return { kind: 'time', keep: BigInt(config.keepTime), after };
    case 'near-last': {
      const { path, type } = requireColumn(input, config.keepColumn);
      return { kind: 'delta', threshold: config.keepThreshold, path, type, after };
    }
  }
}

function numberColumn(input: Schema, name: string): ReturnType<typeof numberOfRow> | null {
  const column = resolveColumn(input, name);
  return column === null ? null : numberOfRow(column.path, column.type);
}

/** Positions by the order of schema.ts. */
function shownBounds(config: CustomWindowConfig, first: number) {
  const place = (name: string) => {
    const at = boundNames(config).indexOf(name);
    return at < 0 ? null : first + at;
  };
  return { start: place('window_start'), end: place('window_end'), time: place('window_time') };
}

function shownColumns(config: CustomWindowConfig): WindowColumns {
  const keys = config.keys.length;
  const first = keys + boundNames(config).length;
  return {
    ...shownBounds(config, keys),
    keys: config.keys.map((_, at) => at),
    aggregates: config.aggregates.map((_, at) => first + at),
  };
}

function aggregateCalls(config: CustomWindowConfig, input: Schema, output: Schema): AggregateCall[] {
  const { aggregates } = shownColumns(config);
  return config.aggregates.map((aggregate, at) => {
    const argument = aggregate.column === null ? null : requireColumn(input, aggregate.column);
    return {
      function: aggregate.function,
      argument: argument === null ? null : argument.path,
      argumentType: argument === null ? null : argument.type,
      resultType: output.fields[aggregates[at]].type,
    };
  });
}

function requireColumn(schema: Schema, path: string): ResolvedColumn {
  const column = resolveColumn(schema, path);
  assert(column !== null, `the window's check has found column ${path}`);
  return column;
}

/** Runs the window node: sliced windows on shared slices, sessions on their own operator, windows that fire again on the general one. */

import { assert } from '../../../base/assert.ts';
import type { ColumnPath } from '../../../columnar/key-fields.ts';
import type { AggregateCall } from '../../../operators/aggregating/aggregate-call.ts';
import type { Operator, OperatorContext, WatermarkPolicy } from '../../../operators/operator.ts';
import { createAggregatingWindow } from '../../../operators/windowing/create-general-window.ts';
import { SessionWindowOperator } from '../../../operators/windowing/session-window-operator.ts';
import type { SlicedWindow } from '../../../operators/windowing/slice-geometry.ts';
import type { SlicingWindowConfig } from '../../../operators/windowing/slicing-window-operator.ts';
import { SlicingWindowOperator } from '../../../operators/windowing/slicing-window-operator.ts';
import { stateFingerprint } from '../../../operators/windowing/state-fingerprint.ts';
import { createTimeShift } from '../../../operators/windowing/time-shift.ts';
import { eventTimeTrigger } from '../../../operators/windowing/triggers.ts';
import type { WindowAssigner } from '../../../operators/windowing/window-assigners.ts';
import { cumulativeWindows, sessionWindows, slidingWindows, tumblingWindows } from '../../../operators/windowing/window-assigners.ts';
import type { WindowColumns } from '../../../operators/windowing/window-output.ts';
import type { ResolvedColumn } from '../../../spec/column-path.ts';
import { resolveColumn } from '../../../spec/column-path.ts';
import type { Schema } from '../../../types/schema.ts';
import type { WindowAggregateConfig } from './node.ts';

const LATE_PORT = 1;

export function createOperator(config: WindowAggregateConfig, context: OperatorContext): Operator & WatermarkPolicy {
  const input = context.inputSchemas[0];
  const keys = config.keys.map((key) => requireColumn(input, key));
  const rowtime = requireColumn(input, input.rowtime ?? '');
  const common: CommonParts = {
    rowtime: rowtime.path,
    timeZone: rowtime.type.kind === 'TIMESTAMP_LTZ' ? context.timeZone : null,
    keys: keys.map((key): ColumnPath => key.path),
    keyTypes: keys.map((key) => key.type),
    calls: aggregateCalls(config, input, context.outputSchemas[0]),
    shown: shownColumns(config),
    latePort: config.lateRows === 'late-output' ? LATE_PORT : null,
  };
  if (config.window === 'session' && config.allowedLateness === 0) {
    return new SessionWindowOperator({ ...common, gap: BigInt(config.gap) }, context);
  }
  const window = slicedWindow(config);
  if (window === null || config.allowedLateness > 0) return createGeneral(config, common, context);
  return new SlicingWindowOperator({ ...common, window }, context);
}

type CommonParts = Omit<SlicingWindowConfig, 'window'>;

/** Element by element: windows that merge or fire again. */
function createGeneral(config: WindowAggregateConfig, common: CommonParts, context: OperatorContext): Operator & WatermarkPolicy {
  const general = {
    assigner: windowAssigner(config),
    trigger: eventTimeTrigger,
    evictor: null,
    allowedLateness: BigInt(config.allowedLateness),
    keys: common.keys,
    keyTypes: common.keyTypes,
    rowtime: common.rowtime,
    shift: common.timeZone === null ? null : createTimeShift(common.timeZone),
    keepsWatermark: true,
    latePort: common.latePort,
    fingerprint: stateFingerprint(printWindow(config), common.keyTypes, common.calls),
  };
  return createAggregatingWindow(general, context, common.calls, common.shown, false);
}

function printWindow(config: WindowAggregateConfig): string {
  const times = config.window === 'session' ? [config.gap] : [config.size, config.slide, config.step, config.offset];
  return `${config.window} windows (${[...times, config.allowedLateness].join(', ')}) ms that fire again`;
}

function windowAssigner(config: WindowAggregateConfig): WindowAssigner {
  const size = BigInt(config.size);
  const offset = BigInt(config.offset);
  switch (config.window) {
    case 'session':
      return sessionWindows(BigInt(config.gap));
    case 'sliding':
      return slidingWindows(size, BigInt(config.slide), offset);
    case 'cumulative':
      return cumulativeWindows(size, BigInt(config.step), offset);
    case 'tumbling':
      return tumblingWindows(size, offset);
  }
}

/** Null for sessions, which have no slices. */
function slicedWindow(config: WindowAggregateConfig): SlicedWindow | null {
  const size = BigInt(config.size);
  const offset = BigInt(config.offset);
  switch (config.window) {
    case 'sliding':
      return { kind: 'hopping', size, step: BigInt(config.slide), offset };
    case 'cumulative':
      return { kind: 'cumulative', size, step: BigInt(config.step), offset };
    case 'tumbling':
      return { kind: 'tumbling', size, step: size, offset };
    case 'session':
      return null;
  }
}

/** Positions by the order of schema.ts: keys, window_start, window_end, (window_time,) aggregates. */
function shownColumns(config: WindowAggregateConfig): WindowColumns {
  const start = config.keys.length;
  const first = start + (config.windowTime ? 3 : 2);
  return {
    keys: config.keys.map((_, at) => at),
    start,
    end: start + 1,
    time: config.windowTime ? start + 2 : null,
    aggregates: config.aggregates.map((_, at) => first + at),
  };
}

function aggregateCalls(config: WindowAggregateConfig, input: Schema, output: Schema): AggregateCall[] {
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

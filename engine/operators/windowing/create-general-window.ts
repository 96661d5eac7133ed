/** Puts the general window operator together: what windows keep, and what they answer when they fire. */
import { assert } from '../../base/assert.ts';
import { RetiredRegions } from '../../state/retired-regions.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import type { AggregateCall } from '../aggregating/aggregate-call.ts';
import type { OperatorContext } from '../operator.ts';
import { AggregateContents, aggregateContents } from './aggregate-contents.ts';
import { AggregateEmitter } from './aggregate-emitter.ts';
import { bufferedContents } from './buffered-contents.ts';
import type { GeneralWindowConfig } from './general-window-operator.ts';
import { GeneralWindowOperator } from './general-window-operator.ts';
import { KeyedWindows } from './keyed-windows.ts';
import type { ProcessFunction } from './process-emitter.ts';
import { ProcessEmitter } from './process-emitter.ts';
import type { WindowColumns } from './window-output.ts';

/** Windows that keep accumulators and emit key, bounds and results. */
export function createAggregatingWindow(
  config: GeneralWindowConfig,
  context: OperatorContext,
  keyTypes: readonly LogicalType[],
  calls: readonly AggregateCall[],
  shown: WindowColumns,
  timestamps: boolean,
): GeneralWindowOperator {
  const retired = new RetiredRegions(context.memory);
  const plan = { keyTypes, windowLongs: config.trigger.stateLongs, keyLongs: 0, contents: aggregateContents(calls, retired) };
  const windows = new KeyedWindows(context.memory, plan, retired, (contents) => {
    assert(contents instanceof AggregateContents, 'the plan makes accumulators');
    return contents;
  });
  const emitter = new AggregateEmitter(context, context.outputSchemas[0], windows, calls, shown, timestamps);
  return new GeneralWindowOperator(config, context, windows, emitter, retired);
}

/** What a process function is given. */
export type ProcessContents = { readonly kind: 'records' } | { readonly kind: 'aggregates'; readonly calls: readonly AggregateCall[] };

/** Windows whose contents go through a function; it may keep longs per window and per key. */
export function createProcessingWindow(
  config: GeneralWindowConfig,
  context: OperatorContext,
  keyTypes: readonly LogicalType[],
  contents: ProcessContents,
  process: ProcessFunction,
  state: { readonly windowLongs: number; readonly keyLongs: number },
): GeneralWindowOperator {
  const retired = new RetiredRegions(context.memory);
  const calls = contents.kind === 'aggregates' ? contents.calls : [];
  const plan = {
    keyTypes,
    windowLongs: config.trigger.stateLongs + state.windowLongs,
    keyLongs: state.keyLongs,
    contents: contents.kind === 'aggregates' ? aggregateContents(calls, retired) : bufferedContents(context.inputSchemas[0], retired),
  };
  const windows = new KeyedWindows(context.memory, plan, retired, (each) => each);
  const emitter = new ProcessEmitter(context, context.outputSchemas[0], windows, calls, config.trigger.stateLongs, process);
  return new GeneralWindowOperator(config, context, windows, emitter, retired);
}

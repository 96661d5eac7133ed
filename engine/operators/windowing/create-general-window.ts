/** Puts the general window operator together: what windows keep, what leaves them, and what they answer when they fire. */
import { assert } from '../../base/assert.ts';
import type { ColumnPath } from '../../columnar/key-fields.ts';
import { RetiredRegions } from '../../state/retired-regions.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import type { AggregateCall } from '../aggregating/aggregate-call.ts';
import type { OperatorContext } from '../operator.ts';
import { AggregateContents, aggregateContents } from './aggregate-contents.ts';
import { AggregateEmitter } from './aggregate-emitter.ts';
import type { AggregateSource } from './buffered-aggregates.ts';
import { BufferedAggregates, keepColumn, keptArguments, ownAggregates } from './buffered-aggregates.ts';
import type { KeptColumn } from './buffered-contents.ts';
import { BufferedContents, bufferedContents } from './buffered-contents.ts';
import type { Evictor } from './evictors.ts';
import { countEvictor, deltaEvictor, timeEvictor } from './evictors.ts';
import type { GeneralWindowConfig } from './general-window-operator.ts';
import { GeneralWindowOperator } from './general-window-operator.ts';
import { KeyedWindows } from './keyed-windows.ts';
import type { ProcessFunction } from './process-emitter.ts';
import { ProcessEmitter } from './process-emitter.ts';
import { placesOf } from './remembered-windows.ts';
import type { ShownRows } from './rows-emitter.ts';
import { RowsEmitter } from './rows-emitter.ts';
import { longsOf } from './triggers.ts';
import type { WindowContents } from './window-contents.ts';
import type { WindowColumns } from './window-output.ts';

/** What leaves windows, in words; it needs windows that keep their records. */
export type EvictorPlan = { readonly after: boolean } & (
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'time'; readonly keep: bigint }
  | { readonly kind: 'delta'; readonly threshold: number; readonly path: ColumnPath; readonly type: LogicalType }
);

export type GeneralWindowPlan = Omit<GeneralWindowConfig, 'evictor'> & {
  readonly evictor: EvictorPlan | null;
  readonly keyTypes: readonly LogicalType[];
};

/** Windows that emit key, bounds and results of aggregates. */
export function createAggregatingWindow(
  plan: GeneralWindowPlan,
  context: OperatorContext,
  calls: readonly AggregateCall[],
  shown: WindowColumns,
  timestamps: boolean,
): GeneralWindowOperator {
  const parts = aggregatingParts(plan, context, calls, { windowLongs: 0, keyLongs: 0 });
  const emitter = new AggregateEmitter(context, context.outputSchemas[0], parts.windows, parts.source, calls, shown, timestamps);
  return new GeneralWindowOperator(parts.config, context, parts.windows, emitter, parts.retired);
}

/** Windows that emit their records and bounds. */
export function createRowsWindow(plan: GeneralWindowPlan, context: OperatorContext, shown: ShownRows): GeneralWindowOperator {
  const parts = bufferingParts(plan, context, wholeRows(context), { windowLongs: 0, keyLongs: 0 });
  const emitter = new RowsEmitter(context, context.outputSchemas[0], parts.windows.contents, shown);
  return new GeneralWindowOperator(parts.config, context, parts.windows, emitter, parts.retired);
}

/** What a process function is given. */
export type ProcessContents = { readonly kind: 'records' } | { readonly kind: 'aggregates'; readonly calls: readonly AggregateCall[] };

interface FunctionState {
  readonly windowLongs: number;
  readonly keyLongs: number;
}

/** Windows whose contents go through a function; it may keep longs per window and per key. */
export function createProcessingWindow(
  plan: GeneralWindowPlan,
  context: OperatorContext,
  contents: ProcessContents,
  process: ProcessFunction,
  state: FunctionState,
): GeneralWindowOperator {
  const firstLong = longsOf(plan.trigger.state);
  if (contents.kind === 'records') {
    const parts = bufferingParts(plan, context, wholeRows(context), state);
    const emitter = new ProcessEmitter(context, context.outputSchemas[0], parts.windows, null, firstLong, process);
    return new GeneralWindowOperator(parts.config, context, parts.windows, emitter, parts.retired);
  }
  const parts = aggregatingParts(plan, context, contents.calls, state);
  const aggregates = { source: parts.source, calls: contents.calls };
  const emitter = new ProcessEmitter(context, context.outputSchemas[0], parts.windows, aggregates, firstLong, process);
  return new GeneralWindowOperator(parts.config, context, parts.windows, emitter, parts.retired);
}

interface Parts<Contents extends WindowContents> {
  readonly config: GeneralWindowConfig;
  readonly windows: KeyedWindows<Contents>;
  readonly retired: RetiredRegions;
}

/** Accumulators, or records to compute from where an evictor wants to see them. */
function aggregatingParts(
  plan: GeneralWindowPlan,
  context: OperatorContext,
  calls: readonly AggregateCall[],
  state: FunctionState,
): Parts<WindowContents> & { readonly source: AggregateSource } {
  if (plan.evictor !== null) {
    const { kept, calls: remapped } = keptArguments(calls);
    const parts = bufferingParts(plan, context, kept, state);
    return { ...parts, source: new BufferedAggregates(context.memory, parts.windows.contents, remapped, parts.retired) };
  }
  const retired = new RetiredRegions(context.memory);
  const windows = new KeyedWindows(
    context.memory,
    { ...tablePlan(plan, state), contents: aggregateContents(calls, retired) },
    retired,
    (contents) => {
      assert(contents instanceof AggregateContents, 'the plan makes accumulators');
      return contents;
    },
  );
  return { config: { ...plan, evictor: null }, windows, retired, source: ownAggregates(windows.contents, windows.windows) };
}

function bufferingParts(
  plan: GeneralWindowPlan,
  context: OperatorContext,
  columns: readonly KeptColumn[],
  state: FunctionState,
): Parts<BufferedContents> {
  const retired = new RetiredRegions(context.memory);
  const kept = [...columns];
  const evictor = plan.evictor === null ? null : createEvictor(plan.evictor, kept, context);
  const windows = new KeyedWindows(
    context.memory,
    { ...tablePlan(plan, state), contents: bufferedContents(kept, plan.rowtime, retired) },
    retired,
    (contents) => {
      assert(contents instanceof BufferedContents, 'the plan keeps records');
      return contents;
    },
  );
  return { config: { ...plan, evictor }, windows, retired };
}

function tablePlan(plan: GeneralWindowPlan, state: FunctionState) {
  return {
    keyTypes: plan.keyTypes,
    windowLongs: longsOf(plan.trigger.state) + state.windowLongs,
    keyLongs: state.keyLongs,
    merging: plan.assigner.merging,
    places: placesOf(plan.assigner),
  };
}

function createEvictor(plan: EvictorPlan, kept: KeptColumn[], context: OperatorContext): Evictor {
  switch (plan.kind) {
    case 'count':
      return countEvictor(plan.count, plan.after);
    case 'time':
      return timeEvictor(plan.keep, plan.after, context.nodeId);
    case 'delta':
      return deltaEvictor(plan.threshold, { index: keepColumn(kept, plan), type: plan.type }, plan.after, context.memory);
  }
}

function wholeRows(context: OperatorContext): KeptColumn[] {
  return context.inputSchemas[0].fields.map((field, at) => ({ path: [at], type: field.type }));
}

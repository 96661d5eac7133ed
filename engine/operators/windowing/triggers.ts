/** When a window's contents are emitted or dropped. The defaults of event time and of the clock; the others stand in files beside this one. */
import type { Batch } from '../../columnar/batch.ts';

/** Bits: fire, purge; both = FIRE_AND_PURGE. */
export const TriggerResult = { continue: 0, fire: 1, purge: 2, fireAndPurge: 3 } as const;
export type TriggerResult = (typeof TriggerResult)[keyof typeof TriggerResult];

/** One window of one key as its trigger sees it; reused from call to call. */
export interface TriggerContext {
  /** Instant of the window's last millisecond; Long.MAX for the global window. */
  readonly maxTimestamp: bigint;
  readonly currentWatermark: bigint;
  readonly processingTime: bigint;
  registerEventTimeTimer(time: bigint): void;
  deleteEventTimeTimer(time: bigint): void;
  registerProcessingTimeTimer(time: bigint): void;
  deleteProcessingTimeTimer(time: bigint): void;
  /** State of the trigger as longs, zero at first, dropped with the window. */
  getLong(index: number): bigint;
  setLong(index: number, value: bigint): void;
  /** The same eight bytes as a count (below 2^31) or as a double, for triggers that look at every record. */
  getCount(index: number): number;
  setCount(index: number, value: number): void;
  getDouble(index: number): number;
  setDouble(index: number, value: number): void;
}

/**
 * What a trigger remembers of a window: a count is one long; the time of a timer it has set, or a double, is two, the first of which is 1
 * when there is one.
 */
export interface TriggerState {
  readonly name: string;
  readonly form: 'count' | 'double' | 'event-time' | 'processing-time';
}

export function longsOf(state: readonly TriggerState[]): number {
  return state.reduce((sum, { form }) => sum + (form === 'count' ? 1 : 2), 0);
}

export interface Trigger {
  readonly state: readonly TriggerState[];
  /** False: windows that merge (sessions) cannot have it. */
  readonly canMerge: boolean;
  /** Timers it sets: at the end of its window only; also at other times of the clock; also at other times behind that of a record. */
  readonly timers: 'end' | 'clock' | 'any';
  /** `timestamp` is that of the record, NO_TIMESTAMP when it has none. */
  onElement(context: TriggerContext, timestamp: bigint, batch: Batch, row: number): TriggerResult;
  onEventTime(context: TriggerContext, time: bigint): TriggerResult;
  onProcessingTime(context: TriggerContext, time: bigint): TriggerResult;
  /** `context` is the merged window, its state zero; `merged` holds the state of the windows that went into it, one list of longs each. */
  onMerge(context: TriggerContext, merged: readonly (readonly bigint[])[]): void;
  /** The window goes away, or begins anew: takes back timers and sets the state to zero. */
  clear(context: TriggerContext): void;
}

/** The default of event-time windows: fires when the watermark passes the end, and again for each late record that is allowed. */
export const eventTimeTrigger: Trigger = {
  state: [],
  canMerge: true,
  timers: 'end',
  onElement(context) {
    if (context.maxTimestamp <= context.currentWatermark) return TriggerResult.fire;
    context.registerEventTimeTimer(context.maxTimestamp);
    return TriggerResult.continue;
  },
  onEventTime: (context, time) => (time === context.maxTimestamp ? TriggerResult.fire : TriggerResult.continue),
  onProcessingTime: () => TriggerResult.continue,
  onMerge(context) {
    if (context.maxTimestamp > context.currentWatermark) context.registerEventTimeTimer(context.maxTimestamp);
  },
  clear: (context) => context.deleteEventTimeTimer(context.maxTimestamp),
};

/** The default of processing-time windows: fires when the clock reaches the end. */
export const processingTimeTrigger: Trigger = {
  state: [],
  canMerge: true,
  timers: 'end',
  onElement(context) {
    context.registerProcessingTimeTimer(context.maxTimestamp);
    return TriggerResult.continue;
  },
  onEventTime: () => TriggerResult.continue,
  onProcessingTime: () => TriggerResult.fire,
  onMerge(context) {
    if (context.maxTimestamp > context.processingTime) context.registerProcessingTimeTimer(context.maxTimestamp);
  },
  clear: (context) => context.deleteProcessingTimeTimer(context.maxTimestamp),
};

/** The default of global windows: never. */
export const neverTrigger: Trigger = {
  state: [],
  canMerge: true,
  timers: 'end',
  onElement: () => TriggerResult.continue,
  onEventTime: () => TriggerResult.continue,
  onProcessingTime: () => TriggerResult.continue,
  onMerge: () => {},
  clear: () => {},
};

/** Fires a global window once, when the watermark says that nothing will come any more. */
export const endOfStreamTrigger: Trigger = {
  ...neverTrigger,
  onElement(context) {
    context.registerEventTimeTimer(context.maxTimestamp);
    return TriggerResult.continue;
  },
  onEventTime: (context, time) => (time === context.maxTimestamp ? TriggerResult.fire : TriggerResult.continue),
};

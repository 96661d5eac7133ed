/** When a window's contents are emitted or dropped. Other triggers are further objects of the same interface. */
import type { Batch } from '../../columnar/batch.ts';
import type { TimeWindow } from './merge-windows.ts';

/** Bits: fire, purge; both = FIRE_AND_PURGE. */
export const TriggerResult = { continue: 0, fire: 1, purge: 2, fireAndPurge: 3 } as const;
export type TriggerResult = (typeof TriggerResult)[keyof typeof TriggerResult];

/** One window of one key as its trigger sees it; reused from call to call. */
export interface TriggerContext {
  readonly window: TimeWindow;
  /** Instant of the window's last millisecond. */
  readonly maxTimestamp: bigint;
  readonly currentWatermark: bigint;
  readonly processingTime: bigint;
  registerEventTimeTimer(time: bigint): void;
  deleteEventTimeTimer(time: bigint): void;
  registerProcessingTimeTimer(time: bigint): void;
  deleteProcessingTimeTimer(time: bigint): void;
  /** State of the trigger: `stateLongs` longs per window, zero at first, dropped with the window. */
  getLong(index: number): bigint;
  setLong(index: number, value: bigint): void;
}

export interface Trigger {
  readonly stateLongs: number;
  onElement(context: TriggerContext, timestamp: bigint, batch: Batch, row: number): TriggerResult;
  onEventTime(context: TriggerContext, time: bigint): TriggerResult;
  onProcessingTime(context: TriggerContext, time: bigint): TriggerResult;
  /** `context` is the merged window; `merged` holds the state of the windows that went into it, one list of longs each. */
  onMerge(context: TriggerContext, merged: readonly (readonly bigint[])[]): void;
  /** The window goes away: takes back its timers. State longs are dropped by the operator. */
  clear(context: TriggerContext): void;
}

/** The default of event-time windows: fires when the watermark passes the end, and again for each late record that is allowed. */
export const eventTimeTrigger: Trigger = {
  stateLongs: 0,
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
  stateLongs: 0,
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

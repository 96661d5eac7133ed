/** Triggers around a trigger: dropping what was emitted, firing when nothing came for a while, firing at the end as well. */
import type { Trigger, TriggerContext } from './triggers.ts';
import { longsOf, TriggerResult } from './triggers.ts';

/** What the inner trigger fires is also dropped. */
export function purgingTrigger(inner: Trigger): Trigger {
  const purge = (result: TriggerResult) => ((result & TriggerResult.fire) === 0 ? result : TriggerResult.fireAndPurge);
  return {
    state: inner.state,
    canMerge: inner.canMerge,
    timers: inner.timers,
    onElement: (context, timestamp, batch, row) => purge(inner.onElement(context, timestamp, batch, row)),
    onEventTime: (context, time) => purge(inner.onEventTime(context, time)),
    onProcessingTime: (context, time) => purge(inner.onProcessingTime(context, time)),
    onMerge: (context, merged) => inner.onMerge(context, merged),
    clear: (context) => inner.clear(context),
  };
}

export interface TimeoutOptions {
  readonly timeout: bigint;
  /** Each record starts the time anew. */
  readonly resetOnNewRecord: boolean;
  /** What the inner trigger had counted is forgotten with the firing. */
  readonly clearOnTimeout: boolean;
}

/** Fires when the inner trigger does, and when so much of the clock has gone by. Any other timer of the window fires it too, as in Flink. */
export function processingTimeoutTrigger(inner: Trigger, { timeout, resetOnNewRecord, clearOnTimeout }: TimeoutOptions): Trigger {
  const isSet = longsOf(inner.state);
  const time = isSet + 1;
  const unset = (context: TriggerContext): void => {
    if (context.getCount(isSet) !== 0) context.deleteProcessingTimeTimer(context.getLong(time));
    context.setCount(isSet, 0);
    context.setLong(time, 0n);
  };
  const clear = (context: TriggerContext): void => {
    unset(context);
    inner.clear(context);
  };
  const fire = (context: TriggerContext, result: TriggerResult): TriggerResult => {
    if (clearOnTimeout) clear(context);
    return (result & TriggerResult.purge) === 0 ? TriggerResult.fire : TriggerResult.fireAndPurge;
  };
  return {
    state: [...inner.state, { name: 'timeout_at_ms', form: 'processing-time' }],
    canMerge: inner.canMerge,
    timers: inner.timers === 'end' ? 'clock' : inner.timers,
    onElement(context, timestamp, batch, row) {
      const result = inner.onElement(context, timestamp, batch, row);
      if ((result & TriggerResult.fire) !== 0) {
        clear(context);
        return result;
      }
      if (resetOnNewRecord) unset(context);
      if (context.getCount(isSet) === 0) {
        const due = context.processingTime + timeout;
        context.setCount(isSet, 1);
        context.setLong(time, due);
        context.registerProcessingTimeTimer(due);
      }
      return result;
    },
    onEventTime: (context, at) => fire(context, inner.onEventTime(context, at)),
    onProcessingTime: (context, at) => fire(context, inner.onProcessingTime(context, at)),
    onMerge: (context, merged) => inner.onMerge(context, merged),
    clear,
  };
}

/** Fires when either does; `end` keeps no state (the default of event time or of the clock). */
export function alsoAtEnd(inner: Trigger, end: Trigger): Trigger {
  const both = (left: TriggerResult, right: TriggerResult) => (left | right) as TriggerResult;
  return {
    state: inner.state,
    canMerge: inner.canMerge,
    timers: inner.timers,
    onElement: (context, timestamp, batch, row) =>
      both(inner.onElement(context, timestamp, batch, row), end.onElement(context, timestamp, batch, row)),
    onEventTime: (context, time) => both(inner.onEventTime(context, time), end.onEventTime(context, time)),
    onProcessingTime(context, time) {
      // The clock's default answers every timer; here only the one at the end is its own.
      const atEnd = time === context.maxTimestamp ? end.onProcessingTime(context, time) : TriggerResult.continue;
      return both(inner.onProcessingTime(context, time), atEnd);
    },
    onMerge(context, merged) {
      inner.onMerge(context, merged);
      end.onMerge(context, merged);
    },
    clear(context) {
      inner.clear(context);
      end.clear(context);
    },
  };
}

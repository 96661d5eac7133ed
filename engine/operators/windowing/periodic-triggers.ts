/** Triggers that fire a window again and again while it is open, by event time or by the clock: Flink's continuous triggers. */
import { LONG_MAX, wrap } from '../time/long.ts';
import type { Trigger, TriggerContext } from './triggers.ts';
import { neverTrigger, TriggerResult } from './triggers.ts';

/** State: 1 when a next time is stored, and that time. */
const STORED = 0;
const NEXT = 1;

function storedTime(context: TriggerContext): bigint | null {
  return context.getCount(STORED) === 0 ? null : context.getLong(NEXT);
}

function store(context: TriggerContext, time: bigint): void {
  context.setCount(STORED, 1);
  context.setLong(NEXT, time);
}

function forget(context: TriggerContext): void {
  context.setCount(STORED, 0);
  context.setLong(NEXT, 0n);
}

/** The multiple of the interval behind `time`, with a remainder that truncates towards zero, but not behind the window's end. */
function firstTime(context: TriggerContext, time: bigint, interval: bigint): bigint {
  return nextTime(context, wrap(time - (time % interval)), interval);
}

function nextTime(context: TriggerContext, time: bigint, interval: bigint): bigint {
  const next = wrap(time + interval);
  return next < context.maxTimestamp ? next : context.maxTimestamp;
}

/** The earliest of the times that merged windows had stored. */
function mergedTime(merged: readonly (readonly bigint[])[]): bigint | null {
  let earliest: bigint | null = null;
  for (const state of merged) {
    if (state[STORED] !== 0n && (earliest === null || state[NEXT] < earliest)) earliest = state[NEXT];
  }
  return earliest;
}

/** Fires at every multiple of the interval that the watermark passes, and at the window's end. */
export function continuousEventTimeTrigger(interval: bigint): Trigger {
  const advance = (context: TriggerContext, next: bigint): void => {
    store(context, next);
    context.registerEventTimeTimer(next);
  };
  return {
    state: [{ name: 'next_at_ms', form: 'event-time' }],
    canMerge: true,
    timers: 'any',
    onElement(context, timestamp) {
      if (context.maxTimestamp <= context.currentWatermark) return TriggerResult.fire;
      context.registerEventTimeTimer(context.maxTimestamp);
      if (storedTime(context) === null) advance(context, firstTime(context, timestamp, interval));
      return TriggerResult.continue;
    },
    onEventTime(context, time) {
      if (time === context.maxTimestamp) return TriggerResult.fire;
      if (storedTime(context) !== time) return TriggerResult.continue;
      // Behind the last watermark a global window would go on for ever: it has one more firing, at its end.
      advance(
        context,
        context.currentWatermark === LONG_MAX && context.maxTimestamp === LONG_MAX ? LONG_MAX : nextTime(context, time, interval),
      );
      return TriggerResult.fire;
    },
    onProcessingTime: () => TriggerResult.continue,
    onMerge(context, merged) {
      const earliest = mergedTime(merged);
      if (earliest !== null) advance(context, earliest);
    },
    clear(context) {
      const stored = storedTime(context);
      if (stored !== null) context.deleteEventTimeTimer(stored);
      forget(context);
    },
  };
}

/**
 * Fires at every multiple of the interval that the clock passes. Flink takes the window's end for the last of these times, also of an
 * event-time window, whose end is no time of the clock; with `endsByClock` false it is not, so that replayed data fire in the same rhythm.
 */
export function continuousProcessingTimeTrigger(interval: bigint, endsByClock = true): Trigger {
  const advance = (context: TriggerContext, next: bigint): void => {
    store(context, next);
    context.registerProcessingTimeTimer(next);
  };
  const following = (context: TriggerContext, time: bigint) => (endsByClock ? nextTime(context, time, interval) : wrap(time + interval));
  return {
    ...neverTrigger,
    state: [{ name: 'next_at_ms', form: 'processing-time' }],
    timers: 'clock',
    onElement(context) {
      const { processingTime } = context;
      if (storedTime(context) === null) advance(context, following(context, processingTime - (processingTime % interval)));
      return TriggerResult.continue;
    },
    onProcessingTime(context, time) {
      if (storedTime(context) !== time) return TriggerResult.continue;
      const next = following(context, time);
      // Behind the end of a window there is no next time, and the stored one says that it was there.
      if (next > time) advance(context, next);
      return TriggerResult.fire;
    },
    onMerge(context, merged) {
      const earliest = mergedTime(merged);
      if (earliest !== null) advance(context, earliest);
    },
    clear(context) {
      const stored = storedTime(context);
      if (stored !== null) context.deleteProcessingTimeTimer(stored);
      forget(context);
    },
  };
}

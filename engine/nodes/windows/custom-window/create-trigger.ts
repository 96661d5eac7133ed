/** The trigger that a config describes, put together from Flink's. */
import { assert } from '../../../base/assert.ts';
import type { NumberOfRow } from '../../../operators/windowing/numeric-values.ts';
import { continuousEventTimeTrigger, continuousProcessingTimeTrigger } from '../../../operators/windowing/periodic-triggers.ts';
import { countTrigger, deltaTrigger } from '../../../operators/windowing/record-triggers.ts';
import type { Trigger } from '../../../operators/windowing/triggers.ts';
import { endOfStreamTrigger, eventTimeTrigger, processingTimeTrigger } from '../../../operators/windowing/triggers.ts';
import { alsoAtEnd, processingTimeoutTrigger, purgingTrigger } from '../../../operators/windowing/wrapping-triggers.ts';
import type { CustomWindowConfig } from './fields.ts';
import { hasBounds, isCounted } from './fields.ts';

/** `valueOf` reads the column of a delta trigger. What a timeout fires is dropped too where the window drops what it emits. */
export function createTrigger(config: CustomWindowConfig, valueOf: NumberOfRow | null): Trigger {
  const fires = isCounted(config) ? countTrigger(config.window === 'count' ? config.count : config.every) : createFiring(config, valueOf);
  const timed =
    config.timeout === null
      ? fires
      : processingTimeoutTrigger(fires, {
          timeout: BigInt(config.timeout),
          resetOnNewRecord: config.timeoutRestarts,
          clearOnTimeout: true,
        });
  const purges = config.window === 'count' || (!isCounted(config) && config.purge);
  return purges ? purgingTrigger(timed) : timed;
}

function createFiring(config: CustomWindowConfig, valueOf: NumberOfRow | null): Trigger {
  const end = endTrigger(config);
  const withEnd = (trigger: Trigger) => (config.alsoAtEnd ? alsoAtEnd(trigger, end) : trigger);
  switch (config.trigger) {
    case 'end':
      return end;
    case 'count':
      return withEnd(countTrigger(config.triggerCount));
    case 'interval': {
      const every = continuousEventTimeTrigger(BigInt(config.triggerInterval));
      return hasBounds(config) && config.time === 'clock' ? alsoAtEnd(every, end) : every;
    }
    case 'clock-interval':
      // The end of an event-time window is no time of the clock.
      return withEnd(continuousProcessingTimeTrigger(BigInt(config.triggerInterval), hasBounds(config) && config.time === 'clock'));
    case 'delta':
      assert(valueOf !== null, "the window's check has found the column");
      return withEnd(deltaTrigger(config.triggerThreshold, valueOf));
  }
}

function endTrigger(config: CustomWindowConfig): Trigger {
  if (!hasBounds(config)) return endOfStreamTrigger;
  return config.time === 'event' ? eventTimeTrigger : processingTimeTrigger;
}

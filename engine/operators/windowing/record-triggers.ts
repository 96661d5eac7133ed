/** Triggers that look at the records: how many there are, and how far their values have moved. */
import type { NumberOfRow } from './numeric-values.ts';
import type { Trigger } from './triggers.ts';
import { neverTrigger, TriggerResult } from './triggers.ts';

/** Fires at every `count` records; the window keeps them unless the trigger is made to purge. */
export function countTrigger(count: number): Trigger {
  return {
    ...neverTrigger,
    state: [{ name: 'counted', form: 'count' }],
    onElement(context) {
      const counted = context.getCount(0) + 1;
      context.setCount(0, counted >= count ? 0 : counted);
      return counted >= count ? TriggerResult.fire : TriggerResult.continue;
    },
    onMerge(context, merged) {
      context.setLong(
        0,
        merged.reduce((sum, [counted]) => sum + counted, 0n),
      );
    },
    clear: (context) => context.setCount(0, 0),
  };
}

const HAS_REFERENCE = 0;
const REFERENCE = 1;

/**
 * Fires when a value is more than `threshold` above that of the record that fired before, the first record to begin with. A record without
 * a value neither fires nor is compared with.
 */
export function deltaTrigger(threshold: number, valueOf: NumberOfRow): Trigger {
  return {
    ...neverTrigger,
    state: [{ name: 'reference', form: 'double' }],
    canMerge: false,
    onElement(context, _timestamp, batch, row) {
      const value = valueOf(batch, row);
      if (value === null) return TriggerResult.continue;
      const first = context.getCount(HAS_REFERENCE) === 0;
      if (!first && !(value - context.getDouble(REFERENCE) > threshold)) return TriggerResult.continue;
      context.setCount(HAS_REFERENCE, 1);
      context.setDouble(REFERENCE, value);
      return first ? TriggerResult.continue : TriggerResult.fire;
    },
    clear(context) {
      context.setCount(HAS_REFERENCE, 0);
      context.setLong(REFERENCE, 0n);
    },
  };
}

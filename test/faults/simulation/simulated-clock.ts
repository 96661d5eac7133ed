/** A clock that only moves when it is told to. */
import type { Clock } from '../../../engine/base/clock.ts';

export class SimulatedClock implements Clock {
  nowMs = 1_700_000_000_000;

  now(): number {
    return this.nowMs;
  }

  monotonic(): number {
    return this.nowMs;
  }
}

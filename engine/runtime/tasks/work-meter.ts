/** Whose work the time of a task is: a stop-watch that operators hand to each other as they call each other. */
import type { Clock } from '../../base/clock.ts';
import type { TaskOperator } from './task-operator.ts';

export class WorkMeter {
  private readonly clock: Clock;
  private worker: TaskOperator | null = null;
  private sinceMs = 0;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** From now on the time is this operator's; null: the task's own, or nobody's. The clock is read only when that changes. */
  hand(to: TaskOperator | null): void {
    if (to === this.worker) return;
    const nowMs = this.clock.monotonic();
    if (this.worker !== null) this.worker.workMs += nowMs - this.sinceMs;
    this.worker = to;
    this.sinceMs = nowMs;
  }
}

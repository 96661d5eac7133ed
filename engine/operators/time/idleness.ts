/**
 * Tells when a stream has been without rows for so long that it counts as idle, as Flink's idle timeout does. A clock that could
 * not be looked at in time (the task was paused, or waited for room) says nothing about rows: the quiet time begins anew.
 */
import type { OperatorContext } from '../operator.ts';

/** How late the clock may be and still be believed. */
const LATE_MAX_MS = 500;

export class Idleness {
  private readonly timeoutMs: number;
  private readonly context: OperatorContext;
  private idle = false;
  private quietSinceMs = 0;
  private dueMs = 0;

  constructor(timeoutMs: number, context: OperatorContext) {
    this.timeoutMs = timeoutMs;
    this.context = context;
  }

  start(): void {
    this.quietSinceMs = this.context.clock.now();
    this.request();
  }

  /** The stream is alive; an idle one is active again before what it brings. */
  onRows(): void {
    this.quietSinceMs = this.context.clock.now();
    if (!this.idle) return;
    this.idle = false;
    this.context.output.emitStatus(false);
    this.request();
  }

  onTime(nowMs: number): void {
    if (this.idle) return;
    if (nowMs - this.dueMs > LATE_MAX_MS) this.quietSinceMs = nowMs;
    if (nowMs - this.quietSinceMs >= this.timeoutMs) {
      this.idle = true;
      this.context.output.emitStatus(true);
    } else this.request();
  }

  private request(): void {
    this.dueMs = this.quietSinceMs + this.timeoutMs;
    this.context.requestProcessingTime(this.dueMs);
  }
}

/** Holds a source back to a number of rows per second, times the speed at which the person watching replays it. */
import type { ReplaySpeed } from '../../operators/operator.ts';

/** Rows let through at once, as time; a longer burst would show, a shorter one would cost wake-ups. */
const BURST_MS = 20;

export class Pace {
  private readonly baseRowsPerMs: number;
  private readonly replay: ReplaySpeed;
  private factor: number;
  private rowsPerMs: number;
  private startMs = Number.NaN;
  private rows = 0;

  /** `rowsPerSecond` null: no limit, at any speed. */
  constructor(rowsPerSecond: number | null, replay: ReplaySpeed) {
    this.baseRowsPerMs = rowsPerSecond === null ? Number.POSITIVE_INFINITY : rowsPerSecond / 1000;
    this.replay = replay;
    this.factor = replay.factor;
    this.rowsPerMs = this.baseRowsPerMs * replay.factor;
  }

  /** False: the clock need not be read. */
  get limited(): boolean {
    return this.baseRowsPerMs !== Number.POSITIVE_INFINITY && this.replay.factor !== Number.POSITIVE_INFINITY;
  }

  /** Rows that may pass now, 0 = wait for `waitMs`. */
  allowed(nowMs: number): number {
    if (!this.limited) return Number.MAX_SAFE_INTEGER;
    this.followSpeed(nowMs);
    if (Number.isNaN(this.startMs)) this.startMs = nowMs;
    return Math.max(0, Math.floor((nowMs - this.startMs) * this.rowsPerMs) + 1 - this.rows);
  }

  /** Until the next row (or the next burst, when rows are many) may pass. */
  waitMs(nowMs: number): number {
    const nextMs = this.startMs + this.rows / this.rowsPerMs - nowMs;
    return Math.max(1, Math.ceil(Math.max(nextMs, this.rowsPerMs * BURST_MS >= 1 ? BURST_MS : 0)));
  }

  passed(rows: number, nowMs: number): void {
    if (!this.limited) return;
    this.rows += rows;
    // A long wait (back pressure, a paused run) is not made up for by a flood.
    const behind = (nowMs - this.startMs) * this.rowsPerMs - this.rows;
    if (behind > this.rowsPerMs * 1000) this.startMs += behind / this.rowsPerMs;
  }

  /** Another speed counts from now on: what has passed stays passed. */
  private followSpeed(nowMs: number): void {
    if (this.replay.factor === this.factor) return;
    this.factor = this.replay.factor;
    this.rowsPerMs = this.baseRowsPerMs * this.factor;
    this.startMs = nowMs;
    this.rows = 0;
  }
}

/** Holds a source back to a number of rows per second. */

/** Rows let through at once, as time; a longer burst would show, a shorter one would cost wake-ups. */
const BURST_MS = 20;

export class Pace {
  private readonly rowsPerMs: number;
  private startMs = Number.NaN;
  private rows = 0;

  /** `rowsPerSecond` null: no limit. */
  constructor(rowsPerSecond: number | null) {
    this.rowsPerMs = rowsPerSecond === null ? Number.POSITIVE_INFINITY : rowsPerSecond / 1000;
  }

  get limited(): boolean {
    return this.rowsPerMs !== Number.POSITIVE_INFINITY;
  }

  /** Rows that may pass now, 0 = wait for `waitMs`. */
  allowed(nowMs: number): number {
    if (!this.limited) return Number.MAX_SAFE_INTEGER;
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
    // A long wait (back pressure, a paused machine) is not made up for by a flood.
    const behind = (nowMs - this.startMs) * this.rowsPerMs - this.rows;
    if (behind > this.rowsPerMs * 1000) this.startMs += behind / this.rowsPerMs;
  }
}

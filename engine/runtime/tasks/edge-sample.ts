/**
 * The newest rows of an edge while somebody watches. Every row is shown while few pass; when many do, a batch now and then,
 * so that watching costs the same however fast the rows are.
 */
import type { Clock } from '../../base/clock.ts';
import type { Batch } from '../../columnar/batch.ts';
import { printRow } from '../../columnar/row-text.ts';

/** Lines handed over at most per report; the newest win. */
const LINES_MAX = 200;
/** Behind so many lines since the last report a few rows are picked now and then; after a fast report, from the start. */
const ALL_LINES_MAX = 100;
const PICK_EVERY_MS = 100;
const PICKED_LINES_MAX = 10;

export class EdgeSample {
  private readonly clock: Clock;
  private readonly rowsMax: number;
  private lines: string[] = [];
  private rows = 0;
  private printed = 0;
  private pickedAtMs = Number.NEGATIVE_INFINITY;
  private linesAtOnce = ALL_LINES_MAX;

  constructor(clock: Clock, rowsMax: number) {
    this.clock = clock;
    this.rowsMax = Math.min(rowsMax, LINES_MAX);
  }

  /** False while a batch would only be counted. */
  isDue(): boolean {
    return this.printed < this.linesAtOnce || this.clock.monotonic() - this.pickedAtMs >= PICK_EVERY_MS;
  }

  add(batch: Batch): void {
    const { selectedCount, selection, memory } = batch;
    this.rows += selectedCount;
    if (selectedCount === 0 || !this.isDue()) return;
    const count = Math.min(selectedCount, this.rowsMax, Math.max(this.linesAtOnce - this.printed, PICKED_LINES_MAX));
    for (let at = selectedCount - count; at < selectedCount; at++) {
      this.lines.push(printRow(batch, selection === 0 ? at : memory.i32[(selection >>> 2) + at]));
    }
    if (this.lines.length > this.rowsMax) this.lines.splice(0, this.lines.length - this.rowsMax);
    this.printed += count;
    this.pickedAtMs = this.clock.monotonic();
  }

  /** What has been seen since the last report; null = nothing. */
  take(): { readonly lines: readonly string[]; readonly rows: number } | null {
    if (this.rows === 0) return null;
    const { lines, rows } = this;
    this.lines = [];
    this.rows = 0;
    this.printed = 0;
    this.linesAtOnce = rows > ALL_LINES_MAX ? 0 : ALL_LINES_MAX;
    return { lines, rows };
  }
}

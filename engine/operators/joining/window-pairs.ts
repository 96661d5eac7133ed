/** What a window gives when it is over: its keys one after the other, in as many pieces as the output needs. */
import type { Batch } from '../../columnar/batch.ts';
import { NO_ROW } from '../../state/row-store.ts';
import type { JoinWindow } from './join-window.ts';
import type { PairOutput } from './pair-output.ts';
import type { WindowJoinConfig } from './window-join-operator.ts';

/** Pairs of the output up to here are of this window. */
interface WrittenRun {
  readonly to: number;
  readonly start: bigint;
  readonly end: bigint;
  readonly time: bigint;
}

export class WindowPairs {
  private readonly config: Pick<WindowJoinConfig, 'kind' | 'shift' | 'bounds'>;
  private readonly output: PairOutput;
  private readonly runs: WrittenRun[] = [];
  /** Where the window under way stands: next key, and the rows (row + 1) whose pair comes next; 0 = at the key's beginning. */
  private slot = 0;
  private left = 0;
  private right = 0;

  constructor(config: Pick<WindowJoinConfig, 'kind' | 'shift' | 'bounds'>, output: PairOutput) {
    this.config = config;
    this.output = output;
  }

  /** Writes pairs until the window is empty (true) or the output is full (false). */
  write(window: JoinWindow): boolean {
    const from = this.output.count;
    let finished = true;
    for (; this.slot < window.keys.rowCount; this.slot++) {
      if (!window.keys.isLive(this.slot)) continue;
      finished = this.writeKey(window, this.slot);
      if (!finished) break;
    }
    this.endRun(window, from);
    if (finished) this.slot = 0;
    return finished;
  }

  /** Fills window_start, window_end and window_time of the rows written since the last call. */
  writeBounds(batch: Batch, count: number): void {
    const { bounds } = this.config;
    let from = 0;
    for (const { to, start, end, time } of this.runs) {
      fill(batch, bounds.start, start, from, to);
      fill(batch, bounds.end, end, from, to);
      if (bounds.time !== null) fill(batch, bounds.time, time, from, to);
      from = to;
    }
    if (from !== count) throw new Error('assertion failed: every pair belongs to a window');
    this.runs.length = 0;
  }

  private endRun(window: JoinWindow, from: number): void {
    if (this.output.count === from) return;
    const [start, end] = [BigInt(window.start), BigInt(window.end)];
    const { shift } = this.config;
    const time = shift === null ? end - 1n : shift.toInstant(end - 1n);
    this.runs.push({ to: this.output.count, start, end, time });
  }

  private writeKey(window: JoinWindow, slot: number): boolean {
    const { kind } = this.config;
    const isNull = window.isNullKey(slot);
    const [left, right] = [window.first(0, slot), window.first(1, slot)];
    const meets = !isNull && left !== 0 && right !== 0;
    if (kind === 'semi' || kind === 'anti') return meets === (kind === 'semi') ? this.writeSide(window, 0, left) : true;
    if (meets) return this.writeProduct(window, left, right);
    const leftIsDone = this.right !== 0;
    if ((kind === 'left' || kind === 'full') && !leftIsDone && !this.writeSide(window, 0, left)) return false;
    return kind === 'right' || kind === 'full' ? this.writeSide(window, 1, right) : true;
  }

  /** Every left row with every right one. */
  private writeProduct(window: JoinWindow, firstLeft: number, firstRight: number): boolean {
    const { output } = this;
    let left = this.left === 0 ? firstLeft : this.left;
    let right = this.left === 0 ? firstRight : this.right;
    for (; left !== 0; left = window.next(0, left), right = firstRight) {
      for (; right !== 0; right = window.next(1, right)) {
        if (output.room === 0) {
          this.left = left;
          this.right = right;
          return false;
        }
        output.add(left - 1, right - 1);
      }
    }
    this.left = 0;
    this.right = 0;
    return true;
  }

  /** Rows of one side alone; a key that meets nobody has rows on one side only, unless it is NULL. */
  private writeSide(window: JoinWindow, side: 0 | 1, first: number): boolean {
    const { output } = this;
    let row = side === 0 ? this.left : this.right;
    if (row === 0) row = first;
    for (; row !== 0; row = window.next(side, row)) {
      if (output.room === 0) {
        if (side === 0) this.left = row;
        else this.right = row;
        return false;
      }
      output.add(side === 0 ? row - 1 : NO_ROW, side === 0 ? NO_ROW : row - 1);
    }
    this.left = 0;
    this.right = 0;
    return true;
  }
}

function fill(batch: Batch, column: number, value: bigint, from: number, to: number): void {
  const lane = batch.columns[column].data >>> 3;
  batch.memory.i64.fill(value, lane + from, lane + to);
  const { validity } = batch.columns[column];
  if (validity !== 0) batch.memory.u8.fill(1, validity + from, validity + to);
}

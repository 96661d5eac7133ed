/** What a windowing operator shows to the person who asks why nothing has fired, and which rows came behind the watermark. */
import type { Batch } from '../../columnar/batch.ts';

/** An open window; several keys have it at once unless it is a session. Times are milliseconds, bounds in the window's local time. */
export interface ShownWindow {
  readonly start: bigint;
  readonly end: bigint;
  /** Watermark at which it fires. */
  readonly firesAt: bigint;
  readonly keys: number;
  /** False: it is put together from parts that share keys, so there are at least so many. */
  readonly exactKeys: boolean;
}

export interface FiredWindow {
  readonly start: bigint;
  readonly end: bigint;
  readonly firesAt: bigint;
  /** Rows it gave. */
  readonly rows: number;
}

export interface WindowsView {
  /** As the operator keeps it: after a restore it is never behind what it was. */
  readonly watermark: bigint;
  readonly allowedLateness: bigint;
  /** The next to fire first. */
  readonly windows: readonly ShownWindow[];
  /** Open windows that are not among them. */
  readonly more: number;
  /** False: there were too many to count them all. */
  readonly complete: boolean;
  /** The last that fired, newest first. */
  readonly fired: readonly FiredWindow[];
}

/**
 * - `counted`: every window it belongs to was open, though the watermark had passed the row.
 * - `missed-some`: some of its windows had fired for good.
 * - `late`: all had.
 */
export type LateOutcome = 'counted' | 'missed-some' | 'late';

export interface RowBehind {
  readonly eventTime: bigint;
  /** When the row came. */
  readonly watermark: bigint;
  readonly outcome: LateOutcome;
  /** Windows it missed, of those it belongs to. */
  readonly missed: number;
  readonly windows: number;
}

export interface TimeObserver {
  /** Nobody looks: rows need not be told. */
  readonly watching: boolean;
  tell(batch: Batch, row: number, behind: RowBehind): void;
}

export const NOBODY_WATCHES: TimeObserver = { watching: false, tell: () => undefined };

const FIRED_SHOWN = 12;

/** The last windows that fired: a ring, because sessions fire by the thousand. */
export class FiredWindows {
  private readonly starts: bigint[] = new Array(FIRED_SHOWN).fill(0n);
  private readonly ends: bigint[] = new Array(FIRED_SHOWN).fill(0n);
  private readonly rows: number[] = new Array(FIRED_SHOWN).fill(0);
  private count = 0;

  add(start: bigint, end: bigint, rows: number): void {
    const last = (this.count + FIRED_SHOWN - 1) % FIRED_SHOWN;
    // The same window of another key, or fired again for a late row.
    if (this.count > 0 && this.starts[last] === start && this.ends[last] === end) {
      this.rows[last] += rows;
      return;
    }
    const place = this.count++ % FIRED_SHOWN;
    this.starts[place] = start;
    this.ends[place] = end;
    this.rows[place] = rows;
  }

  newestFirst(firesAt: (end: bigint) => bigint): readonly FiredWindow[] {
    return Array.from({ length: Math.min(this.count, FIRED_SHOWN) }, (_, back) => {
      const place = (this.count - 1 - back) % FIRED_SHOWN;
      return { start: this.starts[place], end: this.ends[place], firesAt: firesAt(this.ends[place]), rows: this.rows[place] };
    });
  }
}

/** Groups live windows by their bounds and keeps the `limit` that fire first. */
export class WindowTally {
  private readonly windows = new Map<string, { start: bigint; end: bigint; firesAt: bigint; keys: number }>();

  add(start: bigint, end: bigint, firesAt: bigint): void {
    const name = `${start} ${end}`;
    const known = this.windows.get(name);
    if (known === undefined) this.windows.set(name, { start, end, firesAt, keys: 1 });
    else known.keys++;
  }

  view(limit: number): { readonly windows: readonly ShownWindow[]; readonly more: number } {
    const sorted = [...this.windows.values()].sort((a, b) => (a.firesAt < b.firesAt ? -1 : a.firesAt > b.firesAt ? 1 : 0));
    return {
      windows: sorted.slice(0, limit).map((window) => ({ ...window, exactKeys: true })),
      more: Math.max(0, sorted.length - limit),
    };
  }
}

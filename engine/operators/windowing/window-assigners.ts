/** Which windows a record belongs to: Flink's assigners as functions of a time. */
import type { Batch } from '../../columnar/batch.ts';
import { LONG_MIN, wrap } from '../time/long.ts';
import { windowStart } from './window-time.ts';

/** Takes the windows of a record one by one. */
export interface WindowList {
  add(start: bigint, end: bigint): void;
}

/**
 * Times between the same two multiples of `stretch` behind `offset` have the same windows, whose ends lie multiples of `every` apart: what
 * is worked out for one row does for the next ones.
 */
export interface RegularWindows {
  readonly offset: bigint;
  readonly stretch: bigint;
  readonly every: bigint;
  /** Length of all of them; null: they grow. */
  readonly size: bigint | null;
}

export interface WindowAssigner {
  /** True: late records are told from the watermark, and windows are cleaned up by it. False: by the clock, or never. */
  readonly eventTime: boolean;
  /** Windows grow together (sessions). */
  readonly merging: boolean;
  /** There is one window, without bounds. */
  readonly global: boolean;
  /** Windows of one record, at most. */
  readonly windowsMax: number;
  /** Null: every row may have windows of its own. */
  readonly regular: RegularWindows | null;
  /** Hands out the windows of a record at `time`, the latest first, as Flink does. */
  assign(time: bigint, batch: Batch, row: number, windows: WindowList): void;
}

export function tumblingWindows(size: bigint, offset: bigint, eventTime = true): WindowAssigner {
  return {
    eventTime,
    merging: false,
    global: false,
    windowsMax: 1,
    regular: { offset, stretch: size, every: size, size },
    assign(time, _batch, _row, windows) {
      const start = windowStart(time, offset, size);
      windows.add(start, wrap(start + size));
    },
  };
}

/** Sizes need not be multiples of the slide; with a larger slide some records have no window. */
export function slidingWindows(size: bigint, slide: bigint, offset: bigint, eventTime = true): WindowAssigner {
  return {
    eventTime,
    merging: false,
    global: false,
    windowsMax: Number((size + slide - 1n) / slide),
    regular: { offset, stretch: commonDivisor(size, slide), every: slide, size },
    assign(time, _batch, _row, windows) {
      const last = windowStart(time, offset, slide);
      for (let start = last; start > wrap(time - size); start = wrap(start - slide)) windows.add(start, wrap(start + size));
    },
  };
}

/** The windows [start, start + n * step) that hold a record, up to `size`, the shortest first. */
export function cumulativeWindows(size: bigint, step: bigint, offset: bigint): WindowAssigner {
  return {
    eventTime: true,
    merging: false,
    global: false,
    windowsMax: Number(size / step),
    regular: { offset, stretch: step, every: step, size: null },
    assign(time, _batch, _row, windows) {
      const start = windowStart(time, offset, size);
      for (let end = wrap(windowStart(time, offset, step) + step); end <= wrap(start + size); end += step) windows.add(start, end);
    },
  };
}

export function sessionWindows(gap: bigint, eventTime = true): WindowAssigner {
  return dynamicSessionWindows(() => gap, eventTime);
}

/** Sessions whose gap is read from each record. */
export function dynamicSessionWindows(gapOf: (batch: Batch, row: number) => bigint, eventTime = true): WindowAssigner {
  return {
    eventTime,
    merging: true,
    global: false,
    windowsMax: 1,
    regular: null,
    assign(time, batch, row, windows) {
      windows.add(time, wrap(time + gapOf(batch, row)));
    },
  };
}

/** One window for all records of a key; its last millisecond is Long.MAX, one before the bound (times wrap). */
export const globalWindow: WindowAssigner = {
  eventTime: false,
  merging: false,
  global: true,
  windowsMax: 1,
  regular: null,
  assign: (_time, _batch, _row, windows) => windows.add(LONG_MIN, LONG_MIN),
};

function commonDivisor(left: bigint, right: bigint): bigint {
  let [a, b] = [left, right];
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

/** Which windows a record belongs to: Flink's assigners as functions of a time. */
import type { Batch } from '../../columnar/batch.ts';
import { wrap } from '../time/long.ts';
import type { TimeWindow } from './merge-windows.ts';
import { windowStart } from './window-time.ts';

export interface WindowAssigner {
  /** False: windows follow the clock. */
  readonly eventTime: boolean;
  /** True: windows grow together (sessions). */
  readonly merging: boolean;
  /** Appends the windows of a record at `time` to `windows`, the latest first, as Flink hands them out. */
  assign(time: bigint, batch: Batch, row: number, windows: TimeWindow[]): void;
}

export function tumblingWindows(size: bigint, offset: bigint, eventTime = true): WindowAssigner {
  return {
    eventTime,
    merging: false,
    assign(time, _batch, _row, windows) {
      const start = windowStart(time, offset, size);
      windows.push({ start, end: wrap(start + size) });
    },
  };
}

/** Sizes need not be multiples of the slide; with a larger slide some records have no window. */
export function slidingWindows(size: bigint, slide: bigint, offset: bigint, eventTime = true): WindowAssigner {
  return {
    eventTime,
    merging: false,
    assign(time, _batch, _row, windows) {
      const last = windowStart(time, offset, slide);
      for (let start = last; start > wrap(time - size); start = wrap(start - slide)) windows.push({ start, end: wrap(start + size) });
    },
  };
}

/** The windows [start, start + n * step) that hold a record, up to `size`, the shortest first. */
export function cumulativeWindows(size: bigint, step: bigint, offset: bigint): WindowAssigner {
  return {
    eventTime: true,
    merging: false,
    assign(time, _batch, _row, windows) {
      const start = windowStart(time, offset, size);
      for (let end = wrap(windowStart(time, offset, step) + step); end <= wrap(start + size); end += step) windows.push({ start, end });
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
    assign(time, batch, row, windows) {
      windows.push({ start: time, end: wrap(time + gapOf(batch, row)) });
    },
  };
}

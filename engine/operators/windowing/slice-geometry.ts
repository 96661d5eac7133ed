/** Which slices and windows exist, as pure arithmetic in local time; the operator keeps one table per slice. */

import { LONG_MAX, LONG_MIN, wrap } from '../time/long.ts';
import type { TimeShift } from './time-shift.ts';
import { windowStart } from './window-time.ts';

/** Windows made of equal slices; all times are milliseconds, `size` is a multiple of `step`. */
export interface SlicedWindow {
  readonly kind: 'tumbling' | 'hopping' | 'cumulative';
  readonly size: bigint;
  /** Slide of hopping windows, growth of cumulative ones, the size of tumbling ones: the length of a slice. */
  readonly step: bigint;
  readonly offset: bigint;
}

/** Longer than any change of clocks. */
const CHANGE_MS = 10_800_000n;
/** Beyond every window: all windows have fired. */
const NO_WINDOW = LONG_MAX + 1n;

export class SliceGeometry {
  readonly window: SlicedWindow;
  readonly shift: TimeShift | null;

  constructor(window: SlicedWindow, shift: TimeShift | null) {
    this.window = window;
    this.shift = shift;
  }

  /** End of the slice that holds an instant. */
  sliceEnd(instant: bigint): bigint {
    const local = this.shift === null ? instant : this.shift.toLocal(instant);
    return wrap(windowStart(local, this.window.offset, this.window.step) + this.window.step);
  }

  /** Start of a window, by its end. */
  windowStartOf(end: bigint): bigint {
    const { kind, size, offset } = this.window;
    return kind === 'cumulative' ? windowStart(wrap(end - 1n), offset, size) : wrap(end - size);
  }

  /** End of the last window that a slice belongs to. */
  lastWindowEnd(sliceEnd: bigint): bigint {
    const { kind, size, step } = this.window;
    return wrap(kind === 'cumulative' ? this.windowStartOf(sliceEnd) + size : sliceEnd - step + size);
  }

  /** The watermark at which a window fires. */
  firesAt(windowEnd: bigint): bigint {
    const last = wrap(windowEnd - 1n);
    return this.shift === null ? last : this.shift.timerInstant(last);
  }

  /** End of the first window (or slice) that has not fired at `watermark`. */
  firstUnfired(watermark: bigint): bigint {
    const { step } = this.window;
    if (watermark === LONG_MIN) return LONG_MIN;
    if (watermark >= LONG_MAX - step) return NO_WINDOW;
    if (this.shift === null) return this.sliceEnd(watermark + 1n);
    // Where clocks are set back, a window of the repeated hour waits for the second time round; else the next end is the answer.
    const end = this.sliceEnd(watermark);
    let low = end - (CHANGE_MS / step) * step;
    let high = end + (CHANGE_MS / step + 1n) * step;
    if (this.firesAt(end) > watermark && this.firesAt(end - step) <= watermark) return end;
    while (low < high) {
      const middle = low + ((high - low) / step / 2n) * step;
      if (this.firesAt(middle) > watermark) high = middle;
      else low = middle + step;
    }
    return low;
  }
}

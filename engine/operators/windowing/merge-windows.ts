/** Merging of session windows, exactly as Flink's `TimeWindow.mergeWindows`: overlapping and touching windows become one. */

/** [start, end); arithmetic near Long.MAX wraps, so an end may be smaller than its start. */
export interface TimeWindow {
  readonly start: bigint;
  readonly end: bigint;
}

/** A window that covers its members; members are the given objects. */
export interface MergedWindow {
  readonly window: TimeWindow;
  readonly members: readonly TimeWindow[];
}

export function intersects(left: TimeWindow, right: TimeWindow): boolean {
  return left.start <= right.end && left.end >= right.start;
}

/** Groups of windows that touch, by start; a window that touches no other is a group of one. */
export function mergeWindows(windows: readonly TimeWindow[]): MergedWindow[] {
  const sorted = [...windows].sort((left, right) => (left.start < right.start ? -1 : left.start > right.start ? 1 : 0));
  const merged: { window: TimeWindow; members: TimeWindow[] }[] = [];
  for (const candidate of sorted) {
    const current = merged[merged.length - 1];
    if (current !== undefined && intersects(current.window, candidate)) {
      current.window = cover(current.window, candidate);
      current.members.push(candidate);
    } else {
      merged.push({ window: candidate, members: [candidate] });
    }
  }
  return merged;
}

function cover(left: TimeWindow, right: TimeWindow): TimeWindow {
  return { start: left.start < right.start ? left.start : right.start, end: left.end > right.end ? left.end : right.end };
}

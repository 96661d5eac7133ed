/**
 * Sessions of a key grow together: Flink's `MergingWindowSet` on the live windows of the key. Unlike Flink, a record whose window equals
 * one that is already there joins it (Flink forgets what the window held when it had been merged before).
 */
import { EngineError } from '../../base/errors.ts';
import type { KeyedWindows, LiveWindow } from './keyed-windows.ts';
import type { TimeWindow } from './merge-windows.ts';
import { intersects, mergeWindows } from './merge-windows.ts';
import type { Trigger, TriggerContext } from './triggers.ts';

/** What merging needs of the operator. */
export interface MergingOwner {
  maxTimestamp(window: TimeWindow): bigint;
  isLate(window: TimeWindow): boolean;
  deleteCleanupTimer(slot: number, window: TimeWindow): void;
}

interface PointableContext extends TriggerContext {
  at(slot: number, row: number, window: TimeWindow, maxTimestamp: bigint): TriggerContext;
}

export class MergingWindows {
  private readonly windows: KeyedWindows;
  private readonly trigger: Trigger;
  private readonly context: PointableContext;
  private readonly owner: MergingOwner;

  constructor(windows: KeyedWindows, trigger: Trigger, context: PointableContext, owner: MergingOwner) {
    this.windows = windows;
    this.trigger = trigger;
    this.context = context;
    this.owner = owner;
  }

  /** Adds a window to those of a key; the answer is the (perhaps merged) live window that holds it. */
  add(slot: number, added: TimeWindow, watermark: bigint): LiveWindow {
    const live = this.windows.windowsOf(slot);
    if (!live.some((window) => intersects(window, added))) return this.open(slot, added);
    let result: LiveWindow | null = null;
    for (const group of mergeWindows([...live, added])) {
      const existing = group.members.filter((member): member is LiveWindow => member !== added);
      if (group.members.length === 1) continue;
      const merged = this.merge(slot, group.window, existing, watermark);
      if (group.members.includes(added)) result = merged;
    }
    return result ?? this.open(slot, added);
  }

  private open(slot: number, window: TimeWindow): LiveWindow {
    return { start: window.start, end: window.end, row: this.windows.open(slot, window) };
  }

  private merge(slot: number, window: TimeWindow, parts: readonly LiveWindow[], watermark: bigint): LiveWindow {
    const same = parts.find((part) => part.start === window.start && part.end === window.end);
    if (same !== undefined && parts.length === 1) return same;
    if (this.owner.isLate(window)) this.failBehindWatermark(window, watermark);
    const target = same ?? this.open(slot, window);
    const states = parts.map((part) => Array.from({ length: this.trigger.stateLongs }, (_, at) => this.windows.windowLong(part.row, at)));
    this.trigger.onMerge(this.context.at(slot, target.row, window, this.owner.maxTimestamp(window)), states);
    for (const part of parts) {
      this.trigger.clear(this.context.at(slot, part.row, part, this.owner.maxTimestamp(part)));
      this.owner.deleteCleanupTimer(slot, part);
    }
    for (const part of parts) {
      if (part === target) continue;
      this.windows.contents.merge(target.row, part.row);
      this.windows.drop(part.row);
    }
    return target;
  }

  private failBehindWatermark(window: TimeWindow, watermark: bigint): never {
    throw new EngineError(
      'MR5031',
      `a session merged into [${window.start}, ${window.end}), whose end is behind the watermark ${watermark}`,
      {
        domain: 'user',
        remedy: 'times this close to the limits of 64 bits cannot be in sessions',
      },
    );
  }
}

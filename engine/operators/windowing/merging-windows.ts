/**
 * Sessions of a key grow together: Flink's `MergingWindowSet` on the live windows of the key. Unlike Flink, a record whose window equals
 * one that is already there joins it (Flink forgets what the window held when it had been merged before).
 */
import { assert } from '../../base/assert.ts';
import { EngineError } from '../../base/errors.ts';
import { NO_ROW } from '../../state/row-store.ts';
import { wrap } from '../time/long.ts';
import type { KeyedWindows, LiveWindow } from './keyed-windows.ts';
import type { TimeWindow } from './merge-windows.ts';
import { mergeWindows } from './merge-windows.ts';
import type { Trigger, TriggerContext } from './triggers.ts';
import { longsOf } from './triggers.ts';

/** What merging needs of the operator. */
export interface MergingOwner {
  /** No record can be added to a window that ends there. */
  isLate(end: bigint): boolean;
  deleteCleanupTimer(row: number): void;
  registerCleanupTimer(row: number): void;
  /** Records that were taken but not added yet must be added before their windows change hands. */
  addPending(): void;
}

interface PointableContext extends TriggerContext {
  at(row: number): TriggerContext;
}

export class MergingWindows {
  private readonly windows: KeyedWindows;
  private readonly trigger: Trigger;
  private readonly context: PointableContext;
  private readonly owner: MergingOwner;
  private readonly stateLongs: number;

  constructor(windows: KeyedWindows, trigger: Trigger, context: PointableContext, owner: MergingOwner) {
    assert(trigger.canMerge, 'the trigger of windows that merge can merge too');
    this.windows = windows;
    this.trigger = trigger;
    this.context = context;
    this.owner = owner;
    this.stateLongs = longsOf(trigger.state);
  }

  /** Adds a window to those of a key; the answer is the row of the (perhaps grown) live window that holds it. */
  add(slot: number, start: bigint, end: bigint, watermark: bigint): number {
    const { windows } = this;
    let found = NO_ROW;
    for (let row = windows.firstOf(slot); row !== NO_ROW; row = windows.after(row)) {
      const [from, to] = [windows.startOf(row), windows.endOf(row)];
      const touches = from <= end && to >= start;
      if (to < from || end < start || (touches && found !== NO_ROW)) return this.addAmong(slot, { start, end }, watermark);
      if (touches) found = row;
    }
    if (found === NO_ROW) return windows.open(slot, start, end);
    const [from, to] = [windows.startOf(found), windows.endOf(found)];
    if (from <= start && to >= end) return found;
    return this.merge({ start: from < start ? from : start, end: to > end ? to : end }, [found], watermark);
  }

  /** A timer has come at the end that a window had before it grew: sets those that are known to be set where they belong now. */
  renewTimers(slot: number, start: bigint, end: bigint): void {
    const { windows, context } = this;
    if (this.trigger.timers !== 'end') return;
    const row = windows.findAround(slot, start, end);
    if (row === NO_ROW) return;
    for (const domain of [0, 1] as const) {
      if (!windows.hasEndTimer(row, domain)) continue;
      windows.forgetEndTimer(row, domain);
      const pointed = context.at(row);
      if (domain === 0) pointed.registerEventTimeTimer(pointed.maxTimestamp);
      else pointed.registerProcessingTimeTimer(pointed.maxTimestamp);
    }
    if (windows.hasCleanupTimer(row)) this.owner.registerCleanupTimer(row);
  }

  /** Several windows become one, or one has an end that has wrapped. */
  private addAmong(slot: number, added: TimeWindow, watermark: bigint): number {
    let result = NO_ROW;
    for (const group of mergeWindows([...this.windows.windowsOf(slot), added])) {
      if (group.members.length === 1) continue;
      const parts = group.members.filter((member): member is LiveWindow => member !== added);
      const merged = this.merge(
        group.window,
        inStateOrder(parts).map((part) => part.row),
        watermark,
      );
      if (group.members.includes(added)) result = merged;
    }
    return result === NO_ROW ? this.windows.open(slot, added.start, added.end) : result;
  }

  /** The first of the rows goes on as the merged window and takes what is in the others. */
  private merge(bounds: TimeWindow, rows: readonly number[], watermark: bigint): number {
    const { windows, trigger, context } = this;
    const [target, ...others] = rows;
    if (others.length === 0 && windows.startOf(target) === bounds.start && windows.endOf(target) === bounds.end) return target;
    if (this.owner.isLate(bounds.end)) this.failBehindWatermark(bounds, watermark);
    if (others.length === 0 && trigger.timers === 'end') {
      // Timers stay at the old end and are renewed when they come: most sessions grow many times before they end.
      windows.grow(target, bounds.start, bounds.end);
      return target;
    }
    const states = rows.map((row) => Array.from({ length: this.stateLongs }, (_, at) => windows.windowLong(row, at)));
    for (const row of rows) {
      trigger.clear(context.at(row));
      this.owner.deleteCleanupTimer(row);
    }
    windows.setBounds(target, bounds.start, bounds.end);
    trigger.onMerge(context.at(target), states);
    if (others.length > 0) this.owner.addPending();
    for (const row of others) {
      windows.contents.merge(target, row);
      windows.drop(row);
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

const SET_ENTRIES_MIN = 16;

/**
 * The order in which Flink joins the contents of merged windows, which is the order in which records are seen later: that of a Java
 * HashSet, into which the windows went by their start.
 */
function inStateOrder(parts: readonly LiveWindow[]): LiveWindow[] {
  let entries = SET_ENTRIES_MIN;
  while ((parts.length + 1) * 4 > entries * 3) entries *= 2;
  const place = (window: TimeWindow): number => {
    const hash = mix(wrap(window.start + window.end));
    return (hash ^ (hash >>> 16)) & (entries - 1);
  };
  return parts
    .map((part) => ({ part, place: place(part) }))
    .sort((left, right) => left.place - right.place)
    .map(({ part }) => part);
}

/** Hash of a window in Flink: its bounds' sum with the bits mixed. */
function mix(sum: bigint): number {
  const unsigned = (value: bigint) => BigInt.asUintN(64, value);
  let bits = unsigned(sum);
  bits = unsigned((bits ^ (bits >> 30n)) * 0xbf58476d1ce4e5b9n);
  bits = unsigned((bits ^ (bits >> 27n)) * 0x94d049bb133111ebn);
  return Number(BigInt.asIntN(32, bits ^ (bits >> 31n)));
}

/** The tables of all open slices, and how windows are put together from them. */
import { assert } from '../../base/assert.ts';
import type { SpillFolder } from '../../state/spill/spill-folder.ts';
import type { GroupState } from '../aggregating/group-state.ts';
import type { GroupParts } from '../aggregating/spilled-groups.ts';
import { spilledWindow, wholeWindow } from '../aggregating/spilled-groups.ts';
import type { SliceGeometry } from './slice-geometry.ts';

/** A table that is in a snapshot: a slice by its end, or what a cumulative window holds so far by the end of its largest window. */
export interface SliceEntry {
  readonly role: 'slice' | 'base';
  readonly end: bigint;
  readonly state: GroupState;
}

export interface SliceSharing {
  /** Where rows of the slice that ends at `end` are counted; null when all its windows have fired. `unfired` is the first window end that has not. */
  target(end: bigint, unfired: bigint): GroupState | null;
  /** End of the next window that has rows; null when there is none. */
  nextWindow(unfired: bigint): bigint | null;
  /** The groups of that window. */
  openWindow(end: bigint): GroupParts;
  /** Drops what no later window needs. */
  closeWindow(end: bigint): void;
  entries(): readonly SliceEntry[];
  /** Calls `visit` with the table of every entry. */
  visitStates(visit: (state: GroupState) => void): void;
  /** The table of an entry, made if absent. */
  restore(role: SliceEntry['role'], end: bigint): GroupState;
  close(): void;
}

type CreateState = () => GroupState;

/** `folder`: where the tables' runs are, if any. */
export function createSliceSharing(geometry: SliceGeometry, createState: CreateState, folder: SpillFolder | null): SliceSharing {
  const { kind } = geometry.window;
  return kind === 'cumulative' ? new CumulativeSlices(geometry, createState, folder) : new HoppingSlices(geometry, createState, folder);
}

/** The groups of states of which some may have runs; `merge` puts those together that have none. */
function openStates(
  states: readonly GroupState[],
  folder: SpillFolder | null,
  createState: CreateState,
  merge: () => GroupState,
): GroupParts {
  if (folder === null || states.every((state) => state.runs.length === 0)) return wholeWindow(merge());
  return spilledWindow(states, folder, createState);
}

/** Slices sorted by end; used by both kinds. */
class SortedSlices {
  readonly list: { readonly end: bigint; readonly state: GroupState }[] = [];

  find(end: bigint): GroupState | undefined {
    for (let at = this.list.length - 1; at >= 0; at--) {
      if (this.list[at].end === end) return this.list[at].state;
      if (this.list[at].end < end) return undefined;
    }
    return undefined;
  }

  add(end: bigint, state: GroupState): GroupState {
    let at = this.list.length;
    while (at > 0 && this.list[at - 1].end > end) at--;
    this.list.splice(at, 0, { end, state });
    return state;
  }

  visitStates(visit: (state: GroupState) => void): void {
    for (const slice of this.list) visit(slice.state);
  }

  close(): void {
    for (const slice of this.list) slice.state.close();
    this.list.length = 0;
  }
}

/** Tumbling and hopping windows: a window is the union of its slices, merged when it fires. */
class HoppingSlices implements SliceSharing {
  private readonly geometry: SliceGeometry;
  private readonly createState: CreateState;
  private readonly folder: SpillFolder | null;
  private readonly slices = new SortedSlices();
  private merged: GroupState | null = null;

  constructor(geometry: SliceGeometry, createState: CreateState, folder: SpillFolder | null) {
    this.geometry = geometry;
    this.createState = createState;
    this.folder = folder;
  }

  target(end: bigint, unfired: bigint): GroupState | null {
    if (end < unfired && this.geometry.lastWindowEnd(end) < unfired) return null;
    return this.restore('slice', end);
  }

  nextWindow(unfired: bigint): bigint | null {
    if (this.slices.list.length === 0) return null;
    const first = this.slices.list[0].end;
    return first > unfired ? first : unfired;
  }

  openWindow(end: bigint): GroupParts {
    const start = end - this.geometry.window.size;
    const states = this.slices.list.filter((slice) => slice.end > start && slice.end <= end).map((slice) => slice.state);
    assert(states.length > 0, 'a window that fires has a slice');
    return openStates(states, this.folder, this.createState, () => {
      if (states.length === 1) return states[0];
      this.merged = this.createState();
      for (const state of states) this.merged.mergeFrom(state);
      return this.merged;
    });
  }

  closeWindow(end: bigint): void {
    this.merged?.close();
    this.merged = null;
    const { list } = this.slices;
    let expired = 0;
    while (expired < list.length && this.geometry.lastWindowEnd(list[expired].end) <= end) list[expired++].state.close();
    list.splice(0, expired);
  }

  entries(): SliceEntry[] {
    return this.slices.list.map((slice) => ({ role: 'slice', ...slice }));
  }

  visitStates(visit: (state: GroupState) => void): void {
    this.slices.visitStates(visit);
  }

  restore(_role: SliceEntry['role'], end: bigint): GroupState {
    return this.slices.find(end) ?? this.slices.add(end, this.createState());
  }

  close(): void {
    this.merged?.close();
    this.merged = null;
    this.slices.close();
  }
}

/** What is open of one largest window: the sum of the slices that fired, and the slices that have not. */
interface CumulativeGroup {
  readonly maxEnd: bigint;
  base: GroupState | null;
  readonly slices: SortedSlices;
}

/** Cumulative windows: each firing adds the next slice to the sum, which is emitted at every step up to the largest window. */
class CumulativeSlices implements SliceSharing {
  private readonly geometry: SliceGeometry;
  private readonly createState: CreateState;
  private readonly folder: SpillFolder | null;
  /** Sorted by end. */
  private readonly groups: CumulativeGroup[] = [];

  constructor(geometry: SliceGeometry, createState: CreateState, folder: SpillFolder | null) {
    this.geometry = geometry;
    this.createState = createState;
    this.folder = folder;
  }

  target(end: bigint, unfired: bigint): GroupState | null {
    const maxEnd = this.geometry.lastWindowEnd(end);
    if (end >= unfired) return this.restore('slice', end);
    return maxEnd < unfired ? null : this.restore('base', maxEnd);
  }

  nextWindow(unfired: bigint): bigint | null {
    if (this.groups.length === 0) return null;
    const group = this.groups[0];
    const first = group.base === null ? group.slices.list[0].end : this.firstEnd(group);
    return first > unfired ? first : unfired;
  }

  openWindow(end: bigint): GroupParts {
    const group = this.groups[0];
    const { list } = group.slices;
    while (list.length > 0 && list[0].end <= end) {
      const { state } = list[0];
      list.shift();
      if (group.base === null) {
        group.base = state;
      } else {
        group.base.mergeFrom(state);
        state.close();
      }
    }
    const { base } = group;
    assert(base !== null, 'a window that fires has a slice');
    return openStates([base], this.folder, this.createState, () => base);
  }

  closeWindow(end: bigint): void {
    if (this.groups[0].maxEnd > end) return;
    const [group] = this.groups.splice(0, 1);
    group.base?.close();
    group.slices.close();
  }

  entries(): SliceEntry[] {
    return this.groups.flatMap((group) => [
      ...(group.base === null ? [] : [{ role: 'base' as const, end: group.maxEnd, state: group.base }]),
      ...group.slices.list.map((slice) => ({ role: 'slice' as const, ...slice })),
    ]);
  }

  visitStates(visit: (state: GroupState) => void): void {
    for (const group of this.groups) {
      if (group.base !== null) visit(group.base);
      group.slices.visitStates(visit);
    }
  }

  restore(role: SliceEntry['role'], end: bigint): GroupState {
    const group = this.group(role === 'base' ? end : this.geometry.lastWindowEnd(end));
    if (role === 'slice') return group.slices.find(end) ?? group.slices.add(end, this.createState());
    group.base ??= this.createState();
    return group.base;
  }

  close(): void {
    for (const group of this.groups) {
      group.base?.close();
      group.slices.close();
    }
    this.groups.length = 0;
  }

  private firstEnd(group: CumulativeGroup): bigint {
    return group.maxEnd - this.geometry.window.size + this.geometry.window.step;
  }

  private group(maxEnd: bigint): CumulativeGroup {
    let at = this.groups.length;
    while (at > 0 && this.groups[at - 1].maxEnd > maxEnd) at--;
    if (at > 0 && this.groups[at - 1].maxEnd === maxEnd) return this.groups[at - 1];
    const group = { maxEnd, base: null, slices: new SortedSlices() };
    this.groups.splice(at, 0, group);
    return group;
  }
}

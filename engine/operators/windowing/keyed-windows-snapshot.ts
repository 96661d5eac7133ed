/** The general operator's keys, windows, contents and timers as one section of a checkpoint; a restore keeps the keys that are its own. */
import { assert } from '../../base/assert.ts';
import type { JsonValue } from '../../base/json.ts';
import { containsKeyGroup } from '../../columnar/key-hash.ts';
import type { AggregateFunction } from '../../expressions/aggregates.ts';
import type { StateOwner } from '../../state/keyed-state-snapshot.ts';
import { KeyedTable } from '../../state/keyed-table.ts';
import { keyGroupOfRow } from '../../state/row-key-group.ts';
import type { RowStore, StoreHeader } from '../../state/row-store.ts';
import { NO_ROW } from '../../state/row-store.ts';
import type { Timer } from '../../state/timer-queue.ts';
import { TimerQueue } from '../../state/timer-queue.ts';
import { printType } from '../../types/print-type.ts';
import type { RestoredSection, SnapshotWriter } from '../operator.ts';
import type { KeyedWindows, KeyedWindowsPlan } from './keyed-windows.ts';
import { checkFingerprint, keyedSections } from './state-fingerprint.ts';
import type { TimeShift } from './time-shift.ts';
import type { Trigger, TriggerState } from './triggers.ts';
import { longsOf } from './triggers.ts';
import type { WindowAssigner } from './window-assigners.ts';

const SECTION = 'windows';

/** What the stores hold, for those who read them without the node. */
export interface WindowsAbout {
  readonly keyTypes: readonly string[];
  readonly eventTime: boolean;
  readonly merging: boolean;
  readonly global: boolean;
  /** Starts are multiples of `every` behind `offset`; null: each window has bounds of its own. */
  readonly regular: { readonly offset: string; readonly every: string; readonly size: string | null } | null;
  readonly timeZone: string | null;
  readonly allowedLateness: string;
  readonly trigger: readonly TriggerState[];
  /** Longs of the window function, per window and per key. */
  readonly functionLongs: readonly [number, number];
  /** Aggregates that are kept as accumulators: function and type of its argument. */
  readonly calls: readonly (readonly [AggregateFunction, string | null])[] | null;
  /** Columns of records that are kept as they came. */
  readonly columns: readonly string[] | null;
}

export interface WindowsHeader {
  readonly fingerprint: string;
  /** Absent in snapshots of before. */
  readonly about?: WindowsAbout;
  readonly keys: StoreHeader;
  readonly windows: StoreHeader;
  readonly contents: readonly StoreHeader[];
  readonly timers: readonly StoreHeader[];
}

/** What a snapshot says of the node beside the windows themselves. */
export interface WindowsConfig {
  readonly fingerprint: string;
  readonly assigner: WindowAssigner;
  readonly trigger: Trigger;
  readonly allowedLateness: bigint;
  readonly shift: TimeShift | null;
}

export function writeKeyedWindows(
  writer: SnapshotWriter,
  windows: KeyedWindows,
  timers: readonly TimerQueue[],
  config: WindowsConfig,
): void {
  writeStoredWindows(writer, windows, timers, config.fingerprint, describe(windows.plan, config));
}

/** The same from what an earlier snapshot said. */
export function writeStoredWindows(
  writer: SnapshotWriter,
  windows: KeyedWindows,
  timers: readonly TimerQueue[],
  fingerprint: string,
  about: WindowsAbout,
): void {
  const contents = windows.contents.stores();
  const queues = timers.map((queue) => queue.table);
  const header: WindowsHeader = {
    fingerprint,
    about,
    keys: windows.keys.header(),
    windows: windows.windows.header(),
    contents: contents.map((store) => store.header()),
    timers: queues.map((store) => store.header()),
  };
  const stores: readonly RowStore[] = [windows.keys, windows.windows, ...contents, ...queues];
  writer.section(
    SECTION,
    'keyed',
    header as unknown as JsonValue,
    stores.flatMap((store) => store.ranges()),
  );
}

function describe(plan: KeyedWindowsPlan, { assigner, trigger, allowedLateness, shift }: WindowsConfig): WindowsAbout {
  const { kept } = plan.contents;
  const { eventTime, merging, global, regular } = assigner;
  return {
    keyTypes: plan.keyTypes.map(printType),
    eventTime,
    merging,
    global,
    regular: regular === null ? null : { offset: `${regular.offset}`, every: `${regular.every}`, size: regular.size?.toString() ?? null },
    timeZone: shift?.timeZone ?? null,
    allowedLateness: `${allowedLateness}`,
    trigger: trigger.state,
    functionLongs: [plan.windowLongs - longsOf(trigger.state), plan.keyLongs],
    calls:
      'calls' in kept ? kept.calls.map((call) => [call.function, call.argumentType === null ? null : printType(call.argumentType)]) : null,
    columns: 'columns' in kept ? kept.columns.map(printType) : null,
  };
}

export function restoreKeyedWindows(
  restored: readonly RestoredSection[],
  windows: KeyedWindows,
  timers: readonly TimerQueue[],
  owner: StateOwner,
  fingerprint: string,
): void {
  for (const section of keyedSections(owner.nodeId, restored, SECTION)) {
    checkFingerprint(owner.nodeId, (section.header as unknown as WindowsHeader).fingerprint, fingerprint);
    restoreSection(section, windows, timers, owner);
  }
}

function restoreSection(section: RestoredSection, windows: KeyedWindows, timers: readonly TimerQueue[], owner: StateOwner): void {
  const header = section.header as unknown as WindowsHeader;
  const keys = new KeyedTable(owner.memory, windows.keys.layout);
  const stored = new KeyedTable(owner.memory, windows.windows.layout);
  const contents = windows.contents.reader(owner.memory, stored);
  let offset = keys.load(header.keys, section.bytes, 0);
  offset = stored.load(header.windows, section.bytes, offset);
  offset = contents.load(header.contents, section.bytes, offset);
  const slots = importKeys(keys, windows, owner);
  for (let row = 0; row < stored.rowCount; row++) {
    if (!stored.isLive(row)) continue;
    const slot = slots[windows.slotIn(stored, row)];
    if (slot !== NO_ROW) contents.copy(row, windows.importWindow(stored, row, slot));
  }
  header.timers.forEach((each, domain) => {
    offset = importTimers(each, section.bytes, offset, slots, timers[domain], owner);
  });
  assert(offset === section.bytes.length, 'a section of windows holds what its header says');
  contents.close();
  stored.close();
  keys.close();
}

/** New slot by old slot; NO_ROW for keys of other subtasks. */
function importKeys(keys: KeyedTable, windows: KeyedWindows, owner: StateOwner): Int32Array {
  const slots = new Int32Array(keys.rowCount).fill(NO_ROW);
  for (let row = 0; row < keys.rowCount; row++) {
    if (!keys.isLive(row)) continue;
    if (containsKeyGroup(owner.keyGroups, keyGroupOfRow(keys, row, owner.maxParallelism))) slots[row] = windows.importKey(keys, row);
  }
  return slots;
}

function importTimers(
  header: StoreHeader,
  bytes: Uint8Array,
  offset: number,
  slots: Int32Array,
  timers: TimerQueue,
  owner: StateOwner,
): number {
  const stored = new TimerQueue(owner.memory);
  const end = stored.table.load(header, bytes, offset);
  const timer: Timer = { slot: 0, start: 0n, end: 0n, time: 0n };
  for (let row = 0; row < stored.table.rowCount; row++) {
    if (!stored.table.isLive(row)) continue;
    stored.read(row, timer);
    const slot = slots[timer.slot];
    if (slot !== NO_ROW) timers.register(slot, timer.start, timer.end, timer.time);
  }
  stored.close();
  return end;
}

/** The general operator's keys, windows, contents and timers as one section of a checkpoint; a restore keeps the keys that are its own. */
import { assert } from '../../base/assert.ts';
import type { JsonValue } from '../../base/json.ts';
import { containsKeyGroup } from '../../columnar/key-hash.ts';
import { KeyedTable } from '../../state/keyed-table.ts';
import { keyGroupOfRow } from '../../state/row-key-group.ts';
import type { RowStore, StoreHeader } from '../../state/row-store.ts';
import { NO_ROW } from '../../state/row-store.ts';
import type { Timer } from '../../state/timer-queue.ts';
import { TimerQueue } from '../../state/timer-queue.ts';
import type { OperatorContext, RestoredSection, SnapshotWriter } from '../operator.ts';
import type { KeyedWindows } from './keyed-windows.ts';
import { checkFingerprint, keyedSections } from './state-fingerprint.ts';

const SECTION = 'windows';

interface SectionHeader {
  readonly fingerprint: string;
  readonly keys: StoreHeader;
  readonly windows: StoreHeader;
  readonly contents: readonly StoreHeader[];
  readonly timers: readonly StoreHeader[];
}

export function writeKeyedWindows(writer: SnapshotWriter, windows: KeyedWindows, timers: readonly TimerQueue[], fingerprint: string): void {
  const contents = windows.contents.stores();
  const queues = timers.map((queue) => queue.table);
  const header: SectionHeader = {
    fingerprint,
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

export function restoreKeyedWindows(
  restored: readonly RestoredSection[],
  windows: KeyedWindows,
  timers: readonly TimerQueue[],
  context: OperatorContext,
  fingerprint: string,
): void {
  for (const section of keyedSections(context.nodeId, restored, SECTION)) {
    checkFingerprint(context.nodeId, (section.header as unknown as SectionHeader).fingerprint, fingerprint);
    restoreSection(section, windows, timers, context);
  }
}

function restoreSection(section: RestoredSection, windows: KeyedWindows, timers: readonly TimerQueue[], context: OperatorContext): void {
  const header = section.header as unknown as SectionHeader;
  const keys = new KeyedTable(context.memory, windows.keys.layout);
  const stored = new KeyedTable(context.memory, windows.windows.layout);
  const contents = windows.contents.reader(context.memory, stored);
  let offset = keys.load(header.keys, section.bytes, 0);
  offset = stored.load(header.windows, section.bytes, offset);
  offset = contents.load(header.contents, section.bytes, offset);
  const slots = importKeys(keys, windows, context);
  for (let row = 0; row < stored.rowCount; row++) {
    if (!stored.isLive(row)) continue;
    const slot = slots[windows.slotIn(stored, row)];
    if (slot !== NO_ROW) contents.copy(row, windows.importWindow(stored, row, slot));
  }
  header.timers.forEach((each, domain) => {
    offset = importTimers(each, section.bytes, offset, slots, timers[domain], context);
  });
  assert(offset === section.bytes.length, 'a section of windows holds what its header says');
  contents.close();
  stored.close();
  keys.close();
}

/** New slot by old slot; NO_ROW for keys of other subtasks. */
function importKeys(keys: KeyedTable, windows: KeyedWindows, context: OperatorContext): Int32Array {
  const slots = new Int32Array(keys.rowCount).fill(NO_ROW);
  for (let row = 0; row < keys.rowCount; row++) {
    if (!keys.isLive(row)) continue;
    if (containsKeyGroup(context.keyGroups, keyGroupOfRow(keys, row, context.maxParallelism))) slots[row] = windows.importKey(keys, row);
  }
  return slots;
}

function importTimers(
  header: StoreHeader,
  bytes: Uint8Array,
  offset: number,
  slots: Int32Array,
  timers: TimerQueue,
  context: OperatorContext,
): number {
  const stored = new TimerQueue(context.memory);
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

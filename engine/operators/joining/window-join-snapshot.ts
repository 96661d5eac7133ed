/** Open windows of a window join as one section of a checkpoint; a restore takes the keys of its own key groups. */
import { assert } from '../../base/assert.ts';
import type { JsonValue } from '../../base/json.ts';
import { containsKeyGroup } from '../../columnar/key-hash.ts';
import { keyGroupOfRow } from '../../state/row-key-group.ts';
import type { StoreHeader } from '../../state/row-store.ts';
import type { OperatorContext, RestoredSection, SnapshotWriter } from '../operator.ts';
import { checkFingerprint, keyedSections } from '../windowing/state-fingerprint.ts';
import type { SideRows } from './join-window.ts';
import { createSideRows, JoinWindow } from './join-window.ts';

const SECTION = 'window join';

/** What a window join keeps. */
export interface JoinWindows {
  readonly windows: ReadonlyMap<string, JoinWindow>;
  readonly sides: readonly [SideRows, SideRows];
  window(start: number, end: number): JoinWindow;
}

interface SectionHeader {
  readonly meaning: string;
  readonly sides: readonly StoreHeader[];
  readonly windows: readonly { readonly start: number; readonly end: number; readonly keys: StoreHeader }[];
}

export function writeWindowJoin(writer: SnapshotWriter, { windows, sides }: JoinWindows, meaning: string): void {
  const open = [...windows.values()];
  const header: SectionHeader = {
    meaning,
    sides: sides.map(({ store }) => store.header()),
    windows: open.map(({ start, end, keys }) => ({ start, end, keys: keys.header() })),
  };
  const stores = [...sides.map(({ store }) => store), ...open.map(({ keys }) => keys)];
  writer.section(
    SECTION,
    'keyed',
    header as unknown as JsonValue,
    stores.flatMap((store) => store.ranges()),
  );
}

export function restoreWindowJoin(
  restored: readonly RestoredSection[],
  target: JoinWindows,
  context: OperatorContext,
  meaning: string,
): void {
  for (const section of keyedSections(context.nodeId, restored, SECTION)) {
    const header = section.header as unknown as SectionHeader;
    checkFingerprint(context.nodeId, header.meaning, meaning);
    restoreSection(section, header, target, context);
  }
}

function restoreSection(section: RestoredSection, header: SectionHeader, target: JoinWindows, context: OperatorContext): void {
  const { memory } = context;
  const stored = target.sides.map(({ values }) => createSideRows(memory, values.types, null));
  const sides = [stored[0], stored[1]] as const;
  let offset = 0;
  stored.forEach(({ store }, at) => {
    offset = store.load(header.sides[at], section.bytes, offset);
  });
  for (const { start, end, keys } of header.windows) {
    const window = target.window(start, end);
    const from = new JoinWindow(start, end, memory, window.keys.layout, sides);
    offset = from.keys.load(keys, section.bytes, offset);
    for (let slot = 0; slot < from.keys.rowCount; slot++) {
      if (!from.keys.isLive(slot)) continue;
      if (containsKeyGroup(context.keyGroups, keyGroupOfRow(from.keys, slot, context.maxParallelism)))
        restoreKey(from, sides, slot, window, target.sides);
    }
    from.close();
  }
  assert(offset === section.bytes.length, 'a section of a join holds what its header says');
  for (const { store } of stored) store.close();
}

function restoreKey(
  from: JoinWindow,
  stored: readonly [SideRows, SideRows],
  slot: number,
  window: JoinWindow,
  sides: readonly [SideRows, SideRows],
): void {
  const imported = window.keys.importKeyedRow(from.keys, slot);
  for (const cell of window.keys.layout.cells) window.keys.memory.i32[window.keys.wordOf(imported) + cell.word] = 0;
  for (const side of [0, 1] as const) {
    for (let row = from.first(side, slot); row !== 0; row = from.next(side, row))
      window.append(side, imported, sides[side].store.importRow(stored[side].store, row - 1));
  }
}

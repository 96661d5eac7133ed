/** Keys and waiting rows of an interval join as one section of a checkpoint; a restore takes the keys of its own key groups. */
import { assert } from '../../base/assert.ts';
import type { JsonValue } from '../../base/json.ts';
import { containsKeyGroup } from '../../columnar/key-hash.ts';
import { KeyedTable } from '../../state/keyed-table.ts';
import { RetiredRegions } from '../../state/retired-regions.ts';
import { keyGroupOfRow } from '../../state/row-key-group.ts';
import type { StoreHeader } from '../../state/row-store.ts';
import type { OperatorContext, RestoredSection, SnapshotWriter } from '../operator.ts';
import { checkFingerprint, keyedSections } from '../windowing/state-fingerprint.ts';
import { FRESH, IntervalBuffer } from './interval-buffer.ts';

const SECTION = 'interval join';

type Sides = readonly [IntervalBuffer, IntervalBuffer];

interface SectionHeader {
  readonly meaning: string;
  readonly keys: StoreHeader;
  readonly sides: readonly StoreHeader[];
  /** Up to which time rows were dead, by side: the watermark itself starts anew after a restore. */
  readonly deadUntil: readonly string[];
}

export function writeIntervalJoin(writer: SnapshotWriter, keys: KeyedTable, sides: Sides, meaning: string): void {
  const header: SectionHeader = {
    meaning,
    keys: keys.header(),
    sides: sides.map((side) => side.store.header()),
    deadUntil: sides.map((side) => side.deadUntil.toString()),
  };
  writer.section(
    SECTION,
    'keyed',
    header as unknown as JsonValue,
    [keys, ...sides.map((side) => side.store)].flatMap((store) => store.ranges()),
  );
}

export function restoreIntervalJoin(
  restored: readonly RestoredSection[],
  keys: KeyedTable,
  sides: Sides,
  context: OperatorContext,
  meaning: string,
): void {
  for (const section of keyedSections(context.nodeId, restored, SECTION)) {
    const header = section.header as unknown as SectionHeader;
    checkFingerprint(context.nodeId, header.meaning, meaning);
    restoreSection(section, header, keys, sides, context);
  }
}

function restoreSection(section: RestoredSection, header: SectionHeader, keys: KeyedTable, sides: Sides, context: OperatorContext): void {
  const { memory } = context;
  const retired = new RetiredRegions(memory);
  const storedKeys = new KeyedTable(memory, keys.layout);
  let offset = storedKeys.load(header.keys, section.bytes, 0);
  const stored = sides.map((side, at) => {
    const buffer = new IntervalBuffer(memory, storedKeys, side.headWord, side.values.types, retired, side.heap !== null);
    offset = buffer.store.load(header.sides[at], section.bytes, offset);
    buffer.deadUntil = BigInt(header.deadUntil[at]);
    return buffer;
  });
  assert(offset === section.bytes.length, 'a section of a join holds what its header says');
  for (let row = 0; row < storedKeys.rowCount; row++) {
    if (!storedKeys.isLive(row)) continue;
    if (!containsKeyGroup(context.keyGroups, keyGroupOfRow(storedKeys, row, context.maxParallelism))) continue;
    restoreKey(storedKeys, row, keys, stored, sides);
  }
  for (const buffer of stored) buffer.close();
  storedKeys.close();
  retired.release();
}

/** A key with at least one live row, its rows chained again from the oldest on. */
function restoreKey(storedKeys: KeyedTable, row: number, keys: KeyedTable, stored: readonly IntervalBuffer[], sides: Sides): void {
  const live = stored.map((buffer) => buffer.rowsOf(row).filter((each) => !buffer.isDead(each)));
  if (live.every((rows) => rows.length === 0)) return;
  const slot = keys.importKeyedRow(storedKeys, row);
  for (const side of sides) keys.memory.i32[keys.wordOf(slot) + side.headWord] = 0;
  live.forEach((rows, at) => {
    const side = sides[at];
    for (const each of rows) {
      const copied = side.store.importRow(stored[at].store, each);
      side.store.memory.i32[side.store.wordOf(copied) + side.flagsWord] &= ~FRESH;
      side.link(copied, slot);
      side.heap?.add(copied);
    }
  });
}

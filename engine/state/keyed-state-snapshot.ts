/** Keyed state as one section of a checkpoint; a restore takes the keys of its own key groups, with their states and timers. */
import { assert } from '../base/assert.ts';
import { EngineError } from '../base/errors.ts';
import type { JsonValue } from '../base/json.ts';
import type { JobMemory } from '../columnar/job-memory.ts';
import { containsKeyGroup } from '../columnar/key-hash.ts';
import type { FileRange, KeyGroupRange, MemoryRange, RestoredSection, SnapshotWriter } from '../operators/operator.ts';
import { KeyedState } from './keyed-state.ts';
import { KeyedTable } from './keyed-table.ts';
import { ListState } from './list-state.ts';
import { MapState } from './map-state.ts';
import { keyGroupOfRow } from './row-key-group.ts';
import type { StoreHeader } from './row-store.ts';
import { NO_ROW } from './row-store.ts';
import type { KeysOnDisk } from './spill/keys-on-disk.ts';
import { printSpec } from './state-spec.ts';
import type { Timer } from './timer-queue.ts';

const SECTION = 'keyed-state';
/** Rows between two looks at the memory that a restore takes. */
const ROWS_BETWEEN = 1024;

/** Where a restore puts things, and whose state it must be. */
export interface StateOwner {
  readonly nodeId: string;
  readonly memory: JobMemory;
  readonly keyGroups: KeyGroupRange;
  readonly maxParallelism: number;
}

interface SectionHeader {
  /** Kinds and types of the states. */
  readonly spec: string;
  /** What the operator says about itself: state of another meaning is refused. */
  readonly meaning: string;
  readonly stores: readonly StoreHeader[];
  /**
   * Of state on disk, where `stores` tells only how rows lie in memory: rows of keys one block after the other, as rows and bytes of the heap of each. A key may
   * come again in a later block or section, and that is then what it keeps.
   */
  readonly blocks?: readonly (readonly [number, number])[];
}

/** Bytes of blocks in one section: a restore reads a section at a time. */
const SECTION_BYTES = 4 * 1024 * 1024;

export function writeKeyedState(writer: SnapshotWriter, state: KeyedState, meaning: string): void {
  if (state.disk !== null) {
    writeBlocks(writer, state, state.disk, meaning);
    return;
  }
  const stores = state.stores();
  const header: SectionHeader = { spec: printSpec(state.spec), meaning, stores: stores.map((store) => store.header()) };
  writer.section(
    SECTION,
    'keyed',
    header as unknown as JsonValue,
    stores.flatMap((store) => store.ranges()),
  );
}

/** Oldest first, the table last. */
function writeBlocks(writer: SnapshotWriter, state: KeyedState, disk: KeysOnDisk, meaning: string): void {
  const stores = [{ layout: state.table.layout.fingerprint, rowCount: 0, heapBytes: 0 }];
  const section = (blocks: [number, number][], parts: readonly (MemoryRange | FileRange)[]) => {
    const header: SectionHeader = { spec: printSpec(state.spec), meaning, stores, blocks };
    writer.section(SECTION, 'keyed', header as unknown as JsonValue, parts);
  };
  for (const { file, offsets, rowCounts, heapBytes } of disk.runs) {
    for (let first = 0, next = 0; first < offsets.length; first = next) {
      const blocks: [number, number][] = [];
      for (; next < offsets.length && offsets[next] < offsets[first] + SECTION_BYTES; next++)
        blocks.push([rowCounts[next], heapBytes[next]]);
      const end = next < offsets.length ? offsets[next] : file.size;
      section(blocks, [{ file, offset: offsets[first], bytes: end - offsets[first] }]);
    }
  }
  const { rowCount, heapUsed } = state.table;
  section([[rowCount, heapUsed]], state.table.ranges());
}

/** Fills the fresh `state` from all sections that may hold keys of its key groups. */
export function restoreKeyedState(restored: readonly RestoredSection[], state: KeyedState, owner: StateOwner, meaning: string): void {
  for (const section of restored) {
    if (section.distribution !== 'keyed' || section.name !== SECTION) continue;
    const header = section.header as unknown as SectionHeader;
    checkMeaning(owner.nodeId, header.meaning, meaning);
    checkMeaning(owner.nodeId, header.spec, printSpec(state.spec));
    if (header.blocks === undefined) restoreSection(section, header, state, owner);
    else restoreBlocks(section.bytes, header.stores[0].layout, header.blocks, state, owner);
  }
  // Keys that were emptied stay until what they kept before is gone.
  if (state.disk === null) state.releaseAll();
}

function restoreBlocks(
  bytes: Uint8Array,
  layout: string,
  blocks: readonly (readonly [number, number])[],
  state: KeyedState,
  owner: StateOwner,
): void {
  const { table, disk } = state;
  const stored = new KeyedTable(owner.memory, table.layout);
  let offset = 0;
  for (const [rowCount, heapBytes] of blocks) {
    offset = stored.load({ layout, rowCount, heapBytes }, bytes, offset);
    const slots = owner.memory.allocateRegion(Math.max(rowCount * 4, 4));
    for (let row = 0; row < rowCount; row++) {
      if (!containsKeyGroup(owner.keyGroups, keyGroupOfRow(stored, row, owner.maxParallelism))) continue;
      table.absorbKeys(stored, row, row + 1, slots);
      table.replacePayload(stored, row, owner.memory.i32[(slots >>> 2) + row]);
    }
    owner.memory.freeRegion(slots, Math.max(rowCount * 4, 4));
    stored.close();
    disk?.spillAbove();
  }
  assert(offset === bytes.length, 'a section of keyed state holds what its header says');
}

/** `field`: where people would change it back. */
export function checkMeaning(nodeId: string, stored: string, expected: string, field?: string): void {
  if (stored === expected) return;
  throw new EngineError('MR5033', `node ${nodeId}: the stored state is that of ${stored}, but the node now computes ${expected}`, {
    domain: 'user',
    nodeId,
    field,
    remedy: 'change the node back, give it a new id, or start without the stored state',
    zh: {
      message: `节点 ${nodeId}：已存状态属于“${stored}”，而此节点现在计算“${expected}”`,
      remedy: '请改回此节点、给它新的 id，或不使用已存状态启动',
    },
  });
}

function restoreSection(section: RestoredSection, header: SectionHeader, state: KeyedState, owner: StateOwner): void {
  const stored = new KeyedState(owner.memory, state.spec);
  let offset = 0;
  const { bytes } = section;
  stored.stores().forEach((store, at) => {
    offset = store.load(header.stores[at], bytes, offset);
  });
  assert(offset === bytes.length, 'a section of keyed state holds what its header says');
  const slots = new Int32Array(stored.table.rowCount).fill(NO_ROW);
  for (const slot of stored.slots()) {
    if (!containsKeyGroup(owner.keyGroups, keyGroupOfRow(stored.table, slot, owner.maxParallelism))) continue;
    slots[slot] = importKey(stored, slot, state);
    // Without timers nobody asks for the slots again.
    if (state.disk !== null && state.table.rowCount % ROWS_BETWEEN === 0) state.disk.spillAbove();
  }
  state.disk?.spillAbove();
  importTimers(stored, state, slots);
  stored.close();
}

function importKey(stored: KeyedState, slot: number, state: KeyedState): number {
  const imported = state.table.importKeyedRow(stored.table, slot);
  state.timers.forget(imported);
  const collections = state.collections();
  stored.collections().forEach((source, at) => {
    const target = collections[at];
    if (source instanceof ListState && target instanceof ListState) target.importFrom(source, slot, imported);
    if (source instanceof MapState && target instanceof MapState) target.importFrom(source, slot, imported);
  });
  return imported;
}

function importTimers(stored: KeyedState, state: KeyedState, slots: Int32Array): void {
  const timer: Timer = { slot: 0, start: 0n, end: 0n, time: 0n };
  ([0, 1] as const).forEach((domain) => {
    const queue = stored.timers.queues[domain];
    for (let row = 0; row < queue.table.rowCount; row++) {
      if (!queue.table.isLive(row)) continue;
      queue.read(row, timer);
      if (slots[timer.slot] !== NO_ROW) state.timers.register(domain, slots[timer.slot], timer.time);
    }
  });
}

/** A hash table of keys over dense rows: open addressing, power of two, at most half full, an i32 index into rows in order of arrival. */
import type { Column } from '../columnar/batch.ts';
import type { Address, JobMemory } from '../columnar/job-memory.ts';
import type { KeyKernels } from './key-probe.ts';
import { keyKernels } from './key-probe.ts';
import type { RetiredRegions } from './retired-regions.ts';
import type { RowLayout } from './row-layout.ts';
import { FLAGS_WORD, LIVE_BIT } from './row-layout.ts';
import type { StoreHeader } from './row-store.ts';
import { RowStore } from './row-store.ts';

const INDEX_ENTRIES_MIN = 32;

export class KeyedTable extends RowStore {
  /** i32 entries: row number + 1, or 0 when empty. */
  index: Address = 0;
  indexMask = 0;
  /** Rows that fit before rows or index must grow. */
  limit = 0;
  /** Set by a kernel that stopped because the heap was full. */
  wantedHeapBytes = 0;
  private readonly kernels: KeyKernels;
  private indexEntries = 0;

  constructor(memory: JobMemory, layout: RowLayout, retired: RetiredRegions | null = null) {
    super(memory, layout, retired);
    this.kernels = keyKernels(layout);
  }

  /** Row numbers (i32 at `slots`) of the keys of rows `from`…`to - 1` of the list `rows`; absent keys are added. */
  upsert(columns: readonly Column[], rows: Address, from: number, to: number, slots: Address): void {
    if (this.indexEntries === 0) this.grow();
    let at = from;
    for (;;) {
      at = this.kernels.probe(this, this.memory, columns, rows, at, to, slots);
      if (at === to) return;
      this.grow();
    }
  }

  /** The same without adding: absent keys get NO_ROW. */
  find(columns: readonly Column[], rows: Address, from: number, to: number, slots: Address): void {
    if (this.indexEntries === 0) this.grow();
    this.kernels.find(this, this.memory, columns, rows, from, to, slots);
  }

  /** Row numbers (i32 at `slots`, by the other's row number) of the keys of another table's rows; absent keys are added, payloads are not. */
  absorbKeys(other: KeyedTable, from: number, to: number, slots: Address): void {
    if (this.indexEntries === 0) this.grow();
    let at = from;
    for (;;) {
      at = this.kernels.absorb(this, this.memory, other, at, to, slots);
      if (at === to) return;
      this.grow();
    }
  }

  /** Takes a live row out; its number may be used again. */
  remove(row: number): void {
    const i32 = this.memory.i32;
    const index = this.index >>> 2;
    let hole = i32[this.wordOf(row)] & this.indexMask;
    while (i32[index + hole] !== row + 1) hole = (hole + 1) & this.indexMask;
    let next = hole;
    for (;;) {
      next = (next + 1) & this.indexMask;
      const entry = i32[index + next];
      if (entry === 0) break;
      const home = i32[this.wordOf(entry - 1)] & this.indexMask;
      const distance = (next - home) & this.indexMask;
      if (distance < ((next - hole) & this.indexMask)) continue;
      i32[index + hole] = entry;
      hole = next;
    }
    i32[index + hole] = 0;
    this.releaseRow(row);
  }

  /** Copies a row whose key is known to be absent here, payload included. */
  importKeyedRow(source: RowStore, sourceRow: number): number {
    const row = this.importRow(source, sourceRow);
    if (this.rowCount > this.limit) this.rebuildIndex();
    else this.link(row);
    return row;
  }

  override load(header: StoreHeader, bytes: Uint8Array, offset: number): number {
    const end = super.load(header, bytes, offset);
    this.rebuildIndex();
    return end;
  }

  override close(): void {
    super.close();
    if (this.indexEntries > 0) this.memory.freeRegion(this.index, this.indexEntries * 4);
    this.index = 0;
    this.indexEntries = 0;
    this.indexMask = 0;
    this.limit = 0;
  }

  /** Bytes of the rows, their heap and the index. */
  get stateBytes(): number {
    return this.usedBytes + this.indexEntries * 4;
  }

  private grow(): void {
    if (this.wantedHeapBytes > 0) this.reserveHeap(this.wantedHeapBytes);
    this.wantedHeapBytes = 0;
    if (this.freeRow === -1 && this.rowCount === this.limit) {
      this.reserveRows(1);
      if (this.rowCount * 2 >= this.indexEntries) this.rebuildIndex();
      else this.limit = Math.min(this.rowCapacity, this.indexEntries / 2);
    }
  }

  /** A larger index with all live rows, so that it is at most a quarter full. */
  private rebuildIndex(): void {
    let entries = Math.max(this.indexEntries, INDEX_ENTRIES_MIN);
    while (entries < this.rowCount * 4) entries *= 2;
    if (this.indexEntries > 0) this.memory.freeRegion(this.index, this.indexEntries * 4);
    this.index = this.memory.allocateRegion(entries * 4);
    this.indexEntries = entries;
    this.indexMask = entries - 1;
    this.memory.i32.fill(0, this.index >>> 2, (this.index >>> 2) + entries);
    for (let row = 0; row < this.rowCount; row++) {
      if ((this.memory.i32[this.wordOf(row) + FLAGS_WORD] & LIVE_BIT) !== 0) this.link(row);
    }
    this.limit = Math.min(this.rowCapacity, entries / 2);
  }

  private link(row: number): void {
    const i32 = this.memory.i32;
    const index = this.index >>> 2;
    let at = i32[this.wordOf(row)] & this.indexMask;
    while (i32[index + at] !== 0) at = (at + 1) & this.indexMask;
    i32[index + at] = row + 1;
  }
}

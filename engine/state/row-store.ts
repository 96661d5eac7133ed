/** Dense rows of one layout in job memory, with a heap for bytes of varying length; rows keep their number until they are freed. */
import { assert } from '../base/assert.ts';
import type { Address, JobMemory } from '../columnar/job-memory.ts';
import type { MemoryRange } from '../operators/operator.ts';
import type { RetiredRegions } from './retired-regions.ts';
import type { Cell, RowLayout } from './row-layout.ts';
import { cellWords, FLAGS_WORD, isHeapForm, LIVE_BIT } from './row-layout.ts';

const ROWS_MIN = 16;
const HEAP_BYTES_MIN = 4096;
export const NO_ROW = -1;

/** What a snapshot's header says of a store; the rows and the heap follow as bytes. */
export interface StoreHeader {
  readonly layout: string;
  readonly rowCount: number;
  readonly heapBytes: number;
}

export class RowStore {
  readonly memory: JobMemory;
  readonly layout: RowLayout;
  rows: Address = 0;
  rowCapacity = 0;
  /** Rows ever used, free ones included. */
  rowCount = 0;
  liveCount = 0;
  /** First free row, NO_ROW when all rows below `rowCount` are live. */
  freeRow = NO_ROW;
  heap: Address = 0;
  heapCapacity = 0;
  heapUsed = 0;
  /** Heap bytes that no cell refers to any more. */
  heapGarbage = 0;

  private readonly retired: RetiredRegions | null;

  /** With `retired`, memory left behind by growth is given back only when its owner says so. */
  constructor(memory: JobMemory, layout: RowLayout, retired: RetiredRegions | null = null) {
    this.memory = memory;
    this.layout = layout;
    this.retired = retired;
  }

  /** Makes room for `count` more rows behind the used ones. */
  reserveRows(count: number): void {
    const needed = this.rowCount + count;
    if (needed <= this.rowCapacity) return;
    const stride = this.layout.words * 4;
    let capacity = Math.max(this.rowCapacity, ROWS_MIN);
    while (capacity < needed) capacity *= 2;
    const address = this.memory.allocateRegion(capacity * stride);
    this.memory.u8.copyWithin(address, this.rows, this.rows + this.rowCount * stride);
    if (this.rows !== 0) this.giveBack(this.rows, this.rowCapacity * stride);
    this.rows = address;
    this.rowCapacity = capacity;
  }

  /** Makes room for `bytes` more bytes in the heap; drops garbage when there is more of it than of live bytes. */
  reserveHeap(bytes: number): void {
    if (this.heapUsed + bytes <= this.heapCapacity) return;
    const live = this.heapUsed - this.heapGarbage;
    let capacity = Math.max(this.heapCapacity, HEAP_BYTES_MIN);
    while (capacity < live + bytes || (this.heapGarbage <= live && capacity < this.heapUsed + bytes)) capacity *= 2;
    this.moveHeap(capacity, this.heapGarbage > live);
  }

  /** A new live row: hash 0, all cells zero or null. */
  allocateRow(): number {
    let row = this.freeRow;
    if (row === NO_ROW) {
      this.reserveRows(1);
      row = this.rowCount++;
    } else {
      this.freeRow = this.memory.i32[this.wordOf(row)];
    }
    const start = this.wordOf(row);
    this.memory.i32.fill(0, start, start + this.layout.words);
    this.memory.i32[start + FLAGS_WORD] = LIVE_BIT;
    this.liveCount++;
    return row;
  }

  /** So many new live rows, one behind the other; answers the first. For stores that never give a row back. */
  appendRows(count: number): number {
    assert(this.freeRow === NO_ROW, 'rows are appended where none is free');
    this.reserveRows(count);
    const first = this.rowCount;
    const { i32 } = this.memory;
    const { words } = this.layout;
    const start = this.wordOf(first);
    i32.fill(0, start, start + count * words);
    for (let word = start + FLAGS_WORD; word < start + count * words; word += words) i32[word] = LIVE_BIT;
    this.rowCount += count;
    this.liveCount += count;
    return first;
  }

  /** Gives a row back; its heap bytes become garbage. */
  releaseRow(row: number): void {
    const i32 = this.memory.i32;
    const start = this.wordOf(row);
    if (this.layout.hasHeap) {
      for (const cell of this.layout.keyCells) this.heapGarbage += this.heapBytesOf(start, cell);
      for (const cell of this.layout.cells) this.heapGarbage += this.heapBytesOf(start, cell);
    }
    i32[start] = this.freeRow;
    i32[start + FLAGS_WORD] = 0;
    this.freeRow = row;
    this.liveCount--;
  }

  /** Forgets all rows; the memory stays. */
  clear(): void {
    this.rowCount = 0;
    this.liveCount = 0;
    this.freeRow = NO_ROW;
    this.heapUsed = 0;
    this.heapGarbage = 0;
  }

  /** Index of the row's first word in `memory.i32`. */
  wordOf(row: number): number {
    return (this.rows >>> 2) + row * this.layout.words;
  }

  isLive(row: number): boolean {
    return (this.memory.i32[this.wordOf(row) + FLAGS_WORD] & LIVE_BIT) !== 0;
  }

  isPresent(row: number, cell: Cell): boolean {
    return cell.flagsMask === 0 || (this.memory.i32[this.wordOf(row) + cell.flagsWord] & cell.flagsMask) !== 0;
  }

  /** Bytes copied into the heap; the answer is their offset in it. */
  storeBytes(address: Address, length: number): number {
    this.reserveHeap(length);
    const offset = this.heapUsed;
    this.memory.u8.copyWithin(this.heap + offset, address, address + length);
    this.heapUsed += length;
    return offset;
  }

  get usedBytes(): number {
    return this.rowCount * this.layout.words * 4 + this.heapUsed;
  }

  header(): StoreHeader {
    return { layout: this.layout.fingerprint, rowCount: this.rowCount, heapBytes: this.heapUsed };
  }

  /** The memory that a snapshot copies, in the order `load` reads it. */
  ranges(): MemoryRange[] {
    return [
      { address: this.rows, bytes: this.rowCount * this.layout.words * 4 },
      { address: this.heap, bytes: this.heapUsed },
    ].filter((range) => range.bytes > 0);
  }

  /** Fills this empty store from a snapshot; returns the offset behind what it read. Row numbers are those of the writer. */
  load(header: StoreHeader, bytes: Uint8Array, offset: number): number {
    assert(this.rowCount === 0 && this.heapUsed === 0, 'a store is loaded once');
    assert(header.layout === this.layout.fingerprint, `state has the layout ${header.layout}, ${this.layout.fingerprint} is needed`);
    const rowBytes = header.rowCount * this.layout.words * 4;
    this.reserveRows(header.rowCount);
    this.reserveHeap(header.heapBytes);
    this.memory.u8.set(bytes.subarray(offset, offset + rowBytes), this.rows);
    this.memory.u8.set(bytes.subarray(offset + rowBytes, offset + rowBytes + header.heapBytes), this.heap);
    this.rowCount = header.rowCount;
    this.heapUsed = header.heapBytes;
    this.relinkFreeRows();
    return offset + rowBytes + header.heapBytes;
  }

  /** Copies a row of another store of the same layout, heap bytes included; returns its number here. */
  importRow(source: RowStore, sourceRow: number): number {
    const row = this.allocateRow();
    const i32 = this.memory.i32;
    const from = source.wordOf(sourceRow);
    i32.copyWithin(this.wordOf(row), from, from + this.layout.words);
    if (this.layout.hasHeap) {
      for (const cell of this.layout.keyCells) this.importBytes(source, row, cell);
      for (const cell of this.layout.cells) this.importBytes(source, row, cell);
    }
    return row;
  }

  /** Copies what another row of the same layout keeps under its key, heap bytes included, over the (new) row `row`. */
  copyPayload(source: RowStore, sourceRow: number, row: number): void {
    const { layout, memory } = this;
    const { i32 } = memory;
    const [from, to] = [source.wordOf(sourceRow), this.wordOf(row)];
    const keyFlags = layout.keyFlagsMask | LIVE_BIT;
    i32[to + FLAGS_WORD] = (i32[to + FLAGS_WORD] & keyFlags) | (i32[from + FLAGS_WORD] & ~keyFlags);
    for (let word = FLAGS_WORD + 1; word < 1 + layout.flagsWords; word++) i32[to + word] = i32[from + word];
    i32.copyWithin(to + layout.payloadWord, from + layout.payloadWord, from + layout.words);
    for (const cell of layout.cells) this.importBytes(source, row, cell);
  }

  /** The same over a row that kept something. */
  replacePayload(source: RowStore, sourceRow: number, row: number): void {
    const start = this.wordOf(row);
    for (const cell of this.layout.cells) this.heapGarbage += this.heapBytesOf(start, cell);
    this.copyPayload(source, sourceRow, row);
  }

  /** Whether a row has the key of a row of another store of the same layout. */
  hasKeyOf(row: number, other: RowStore, otherRow: number): boolean {
    const { i32, u32, u8 } = this.memory;
    const [a, b] = [this.wordOf(row), other.wordOf(otherRow)];
    const { keyFlagsMask, keyCells, payloadWord, flagsWords } = this.layout;
    if (((i32[a + FLAGS_WORD] ^ i32[b + FLAGS_WORD]) & keyFlagsMask) !== 0) return false;
    if (!this.layout.hasHeap) {
      for (let word = 1 + flagsWords; word < payloadWord; word++) if (i32[a + word] !== i32[b + word]) return false;
      return true;
    }
    for (const { form, word, flagsMask, flagsWord } of keyCells) {
      if (flagsMask !== 0 && (i32[a + flagsWord] & flagsMask) === 0) continue;
      if (isHeapForm(form)) {
        const length = u32[a + word + 1];
        if (length !== u32[b + word + 1]) return false;
        const [left, right] = [this.heap + u32[a + word], other.heap + u32[b + word]];
        for (let at = 0; at < length; at++) if (u8[left + at] !== u8[right + at]) return false;
        continue;
      }
      for (let at = 0; at < cellWords(form); at++) if (i32[a + word + at] !== i32[b + word + at]) return false;
    }
    return true;
  }

  /** Forgets all rows; then so many are live and the heap holds so many bytes, for the caller to fill. */
  makeLive(rowCount: number, heapBytes: number): void {
    this.clear();
    this.reserveRows(rowCount);
    this.reserveHeap(heapBytes);
    this.rowCount = rowCount;
    this.liveCount = rowCount;
    this.heapUsed = heapBytes;
  }

  close(): void {
    if (this.rows !== 0) this.giveBack(this.rows, this.rowCapacity * this.layout.words * 4);
    if (this.heap !== 0) this.giveBack(this.heap, this.heapCapacity);
    this.rows = 0;
    this.heap = 0;
    this.rowCapacity = 0;
    this.heapCapacity = 0;
    this.rowCount = 0;
    this.liveCount = 0;
    this.heapUsed = 0;
    this.heapGarbage = 0;
    this.freeRow = NO_ROW;
  }

  protected giveBack(address: Address, bytes: number): void {
    if (this.retired === null) this.memory.freeRegion(address, bytes);
    else this.retired.add(address, bytes);
  }

  /** Bytes in the heap that a cell of the row beginning at word `rowWord` owns. */
  heapBytesOf(rowWord: number, cell: Cell): number {
    if (!isHeapForm(cell.form)) return 0;
    if (cell.flagsMask !== 0 && (this.memory.i32[rowWord + cell.flagsWord] & cell.flagsMask) === 0) return 0;
    return this.memory.u32[rowWord + cell.word + 1];
  }

  private importBytes(source: RowStore, row: number, cell: Cell): void {
    if (!isHeapForm(cell.form) || !this.isPresent(row, cell)) return;
    const at = this.wordOf(row) + cell.word;
    const u32 = this.memory.u32;
    const offset = this.storeBytes(source.heap + u32[at], u32[at + 1]);
    this.memory.u32[at] = offset;
  }

  private relinkFreeRows(): void {
    this.freeRow = NO_ROW;
    this.liveCount = 0;
    for (let row = this.rowCount - 1; row >= 0; row--) {
      if (this.isLive(row)) {
        this.liveCount++;
      } else {
        this.memory.i32[this.wordOf(row)] = this.freeRow;
        this.freeRow = row;
      }
    }
  }

  private moveHeap(capacity: number, compact: boolean): void {
    const target = this.memory.allocateRegion(capacity);
    if (compact) {
      this.heapUsed = this.copyLiveBytes(target);
      this.heapGarbage = 0;
    } else {
      this.memory.u8.copyWithin(target, this.heap, this.heap + this.heapUsed);
    }
    if (this.heap !== 0) this.giveBack(this.heap, this.heapCapacity);
    this.heap = target;
    this.heapCapacity = capacity;
  }

  private copyLiveBytes(target: Address): number {
    const { i32, u32, u8 } = this.memory;
    const cells = [...this.layout.keyCells, ...this.layout.cells].filter((cell) => isHeapForm(cell.form));
    let used = 0;
    for (let row = 0; row < this.rowCount; row++) {
      const start = this.wordOf(row);
      if ((i32[start + FLAGS_WORD] & LIVE_BIT) === 0) continue;
      for (const cell of cells) {
        if (cell.flagsMask !== 0 && (i32[start + cell.flagsWord] & cell.flagsMask) === 0) continue;
        const from = this.heap + u32[start + cell.word];
        const length = u32[start + cell.word + 1];
        u8.copyWithin(target + used, from, from + length);
        u32[start + cell.word] = used;
        used += length;
      }
    }
    return used;
  }
}

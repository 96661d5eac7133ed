/** A binary heap of rows by a time that stands in the rows; each row knows its place, so that it can be taken out or moved. */
import type { Address, JobMemory } from '../columnar/job-memory.ts';
import type { RowStore } from './row-store.ts';

const ENTRIES_MIN = 64;

export class RowHeap {
  private readonly memory: JobMemory;
  private readonly store: RowStore;
  private readonly timeWord: number;
  private readonly positionWord: number;
  /** i32 row numbers, smallest time first. */
  private entries: Address = 0;
  private capacity = 0;
  private size = 0;

  /** `timeWord`: first word of an i64 cell, `positionWord`: an i32 cell that belongs to the heap. */
  constructor(memory: JobMemory, store: RowStore, timeWord: number, positionWord: number) {
    this.memory = memory;
    this.store = store;
    this.timeWord = timeWord;
    this.positionWord = positionWord;
  }

  get count(): number {
    return this.size;
  }

  get bytes(): number {
    return this.size * 4;
  }

  /** Row with the smallest time; only when there is one. */
  /** Row at a place of the heap; places are half sorted. */
  rowAt(place: number): number {
    return this.memory.i32[(this.entries >>> 2) + place];
  }

  get first(): number {
    return this.memory.i32[this.entries >>> 2];
  }

  timeOf(row: number): bigint {
    return this.memory.i64[(this.store.wordOf(row) + this.timeWord) >>> 1];
  }

  /** Adds a row, whose time has been written. */
  add(row: number): void {
    if (this.size === this.capacity) this.grow();
    this.size++;
    this.siftUp(this.size - 1, row);
  }

  /** Takes a row out; its cells are left alone. */
  remove(row: number): void {
    const position = this.memory.i32[this.store.wordOf(row) + this.positionWord];
    this.size--;
    if (position === this.size) return;
    const moved = this.memory.i32[(this.entries >>> 2) + this.size];
    if (this.isBefore(moved, row)) this.siftUp(position, moved);
    else this.siftDown(position, moved);
  }

  /** Puts a row in its place again after its time was raised. */
  raise(row: number): void {
    this.siftDown(this.memory.i32[this.store.wordOf(row) + this.positionWord], row);
  }

  close(): void {
    if (this.capacity > 0) this.memory.freeRegion(this.entries, this.capacity * 4);
    this.capacity = 0;
    this.size = 0;
  }

  /** Times compared as longs: high words signed, low words unsigned. */
  private isBefore(left: number, right: number): boolean {
    const { i32 } = this.memory;
    const a = this.store.wordOf(left) + this.timeWord;
    const b = this.store.wordOf(right) + this.timeWord;
    if (i32[a + 1] !== i32[b + 1]) return i32[a + 1] < i32[b + 1];
    return i32[a] >>> 0 < i32[b] >>> 0;
  }

  private place(position: number, row: number): void {
    this.memory.i32[(this.entries >>> 2) + position] = row;
    this.memory.i32[this.store.wordOf(row) + this.positionWord] = position;
  }

  private siftUp(start: number, row: number): void {
    const entries = this.entries >>> 2;
    let position = start;
    while (position > 0) {
      const parent = (position - 1) >> 1;
      const above = this.memory.i32[entries + parent];
      if (!this.isBefore(row, above)) break;
      this.place(position, above);
      position = parent;
    }
    this.place(position, row);
  }

  private siftDown(start: number, row: number): void {
    const entries = this.entries >>> 2;
    let position = start;
    for (;;) {
      let child = position * 2 + 1;
      if (child >= this.size) break;
      if (child + 1 < this.size && this.isBefore(this.memory.i32[entries + child + 1], this.memory.i32[entries + child])) child++;
      const below = this.memory.i32[entries + child];
      if (!this.isBefore(below, row)) break;
      this.place(position, below);
      position = child;
    }
    this.place(position, row);
  }

  private grow(): void {
    const capacity = Math.max(this.capacity * 2, ENTRIES_MIN);
    const address = this.memory.allocateRegion(capacity * 4);
    this.memory.u8.copyWithin(address, this.entries, this.entries + this.size * 4);
    if (this.capacity > 0) this.memory.freeRegion(this.entries, this.capacity * 4);
    this.entries = address;
    this.capacity = capacity;
  }
}

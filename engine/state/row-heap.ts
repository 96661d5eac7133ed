/** A binary heap of rows by a time that stands in the rows; each row knows its place, so that it can be taken out or moved. */
import type { Address, JobMemory } from '../columnar/job-memory.ts';
import type { RowStore } from './row-store.ts';

const ENTRIES_MIN = 64;
/** The time again (two words, low first) and the row: rows lie far apart, entries that are compared lie side by side. */
const ENTRY_WORDS = 4;
const ROW = 2;

export class RowHeap {
  private readonly memory: JobMemory;
  private readonly store: RowStore;
  private readonly timeWord: number;
  private readonly positionWord: number;
  /** Smallest time first. */
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
    return this.size * ENTRY_WORDS * 4;
  }

  /** Row at a place of the heap; places are half sorted. */
  rowAt(place: number): number {
    return this.memory.i32[(this.entries >>> 2) + place * ENTRY_WORDS + ROW];
  }

  /** Row with the smallest time; only when there is one. */
  get first(): number {
    return this.memory.i32[(this.entries >>> 2) + ROW];
  }

  timeOf(row: number): bigint {
    return this.memory.i64[(this.store.wordOf(row) + this.timeWord) >>> 1];
  }

  /** Adds a row, whose time has been written. */
  add(row: number): void {
    if (this.size === this.capacity) this.grow();
    this.size++;
    const { i32 } = this.memory;
    const time = this.store.wordOf(row) + this.timeWord;
    this.siftUp(this.size - 1, row, i32[time], i32[time + 1]);
  }

  /** Takes a row out; its cells are left alone. */
  remove(row: number): void {
    const { i32 } = this.memory;
    const position = i32[this.store.wordOf(row) + this.positionWord];
    this.size--;
    if (position === this.size) return;
    const taken = (this.entries >>> 2) + position * ENTRY_WORDS;
    const last = (this.entries >>> 2) + this.size * ENTRY_WORDS;
    const [low, high] = [i32[last], i32[last + 1]];
    if (isBefore(low, high, i32[taken], i32[taken + 1])) this.siftUp(position, i32[last + ROW], low, high);
    else this.siftDown(position, i32[last + ROW], low, high);
  }

  /** Puts a row in its place again after its time was raised. */
  raise(row: number): void {
    const { i32 } = this.memory;
    const word = this.store.wordOf(row);
    const time = word + this.timeWord;
    this.siftDown(i32[word + this.positionWord], row, i32[time], i32[time + 1]);
  }

  close(): void {
    if (this.capacity > 0) this.memory.freeRegion(this.entries, this.capacity * ENTRY_WORDS * 4);
    this.capacity = 0;
    this.size = 0;
  }

  private siftUp(start: number, row: number, low: number, high: number): void {
    const { i32 } = this.memory;
    const entries = this.entries >>> 2;
    let position = start;
    while (position > 0) {
      const parent = (position - 1) >> 1;
      const above = entries + parent * ENTRY_WORDS;
      if (!isBefore(low, high, i32[above], i32[above + 1])) break;
      this.place(position, i32[above + ROW], i32[above], i32[above + 1]);
      position = parent;
    }
    this.place(position, row, low, high);
  }

  private siftDown(start: number, row: number, low: number, high: number): void {
    const { i32 } = this.memory;
    const entries = this.entries >>> 2;
    const { size } = this;
    let position = start;
    for (;;) {
      let child = position * 2 + 1;
      if (child >= size) break;
      let at = entries + child * ENTRY_WORDS;
      const right = at + ENTRY_WORDS;
      if (child + 1 < size && isBefore(i32[right], i32[right + 1], i32[at], i32[at + 1])) {
        child++;
        at = right;
      }
      if (!isBefore(i32[at], i32[at + 1], low, high)) break;
      this.place(position, i32[at + ROW], i32[at], i32[at + 1]);
      position = child;
    }
    this.place(position, row, low, high);
  }

  private place(position: number, row: number, low: number, high: number): void {
    const { i32 } = this.memory;
    const at = (this.entries >>> 2) + position * ENTRY_WORDS;
    i32[at] = low;
    i32[at + 1] = high;
    i32[at + ROW] = row;
    i32[this.store.wordOf(row) + this.positionWord] = position;
  }

  private grow(): void {
    const capacity = Math.max(this.capacity * 2, ENTRIES_MIN);
    const address = this.memory.allocateRegion(capacity * ENTRY_WORDS * 4);
    this.memory.u8.copyWithin(address, this.entries, this.entries + this.size * ENTRY_WORDS * 4);
    if (this.capacity > 0) this.memory.freeRegion(this.entries, this.capacity * ENTRY_WORDS * 4);
    this.entries = address;
    this.capacity = capacity;
  }
}

/** Longs as two words: high words signed, low words unsigned. */
function isBefore(low: number, high: number, otherLow: number, otherHigh: number): boolean {
  return high !== otherHigh ? high < otherHigh : low >>> 0 < otherLow >>> 0;
}

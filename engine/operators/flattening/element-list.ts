/**
 * What the rows of a batch fall apart into: texts in order, each with the row it comes of and its number there. They lie in memory of
 * their own, because one batch may give many batches, and are forgotten with the next.
 */
import { Arena } from '../../columnar/arena.ts';
import type { Address, JobMemory } from '../../columnar/job-memory.ts';
import { encodeUtf8 } from '../../expressions/utf8.ts';

/** A text, an element that is NULL, or no element at all: the row is only kept. */
export const TEXT_ELEMENT = 1;
export const NULL_ELEMENT = 0;
export const NO_ELEMENT = 2;

const ENTRY_BYTES = 17;
const CAPACITY_FIRST = 4096;

export class ElementList {
  count = 0;
  /** True while every text is a piece of its row's own. */
  piecesOnly = true;
  /** Per element: text (two u32), row (i32), number from 1 (i32), kind (u8). */
  views: Address = 0;
  rows: Address = 0;
  numbers: Address = 0;
  kinds: Address = 0;
  private readonly memory: JobMemory;
  /** Texts that stand nowhere in the input. */
  private readonly texts: Arena;
  private region: Address = 0;
  private capacity = 0;

  constructor(memory: JobMemory) {
    this.memory = memory;
    this.texts = new Arena(memory);
  }

  clear(): void {
    this.count = 0;
    this.piecesOnly = true;
    this.texts.reset();
  }

  /** Makes room for so many more; what was read of the memory before may have moved. */
  reserve(more: number): void {
    if (this.count + more <= this.capacity) return;
    const [before, capacity] = [{ ...this }, Math.max(CAPACITY_FIRST, 2 ** Math.ceil(Math.log2(this.count + more)))];
    const region = this.memory.allocateRegion(capacity * ENTRY_BYTES);
    this.views = region;
    this.rows = region + 8 * capacity;
    this.numbers = region + 12 * capacity;
    this.kinds = region + 16 * capacity;
    if (this.capacity > 0) {
      const { u8 } = this.memory;
      u8.copyWithin(this.views, before.views, before.views + 8 * this.count);
      u8.copyWithin(this.rows, before.rows, before.rows + 4 * this.count);
      u8.copyWithin(this.numbers, before.numbers, before.numbers + 4 * this.count);
      u8.copyWithin(this.kinds, before.kinds, before.kinds + this.count);
      this.memory.freeRegion(this.region, this.capacity * ENTRY_BYTES);
    }
    this.region = region;
    this.capacity = capacity;
  }

  /** There must be room. */
  add(kind: number, row: number, number: number, address: Address, length: number): void {
    const { u8, i32, u32 } = this.memory;
    const at = this.count++;
    u32[(this.views >>> 2) + 2 * at] = address;
    u32[(this.views >>> 2) + 2 * at + 1] = length;
    i32[(this.rows >>> 2) + at] = row;
    i32[(this.numbers >>> 2) + at] = number;
    u8[this.kinds + at] = kind;
  }

  /** A text that is not part of the input; there must be room. */
  addText(row: number, number: number, text: string): void {
    const bytes = encodeUtf8(text);
    const address = this.texts.allocate(Math.max(bytes.length, 1));
    this.memory.u8.set(bytes, address);
    this.piecesOnly = false;
    this.add(TEXT_ELEMENT, row, number, address, bytes.length);
  }

  close(): void {
    if (this.capacity > 0) this.memory.freeRegion(this.region, this.capacity * ENTRY_BYTES);
    this.capacity = 0;
    this.texts.close();
  }
}

/**
 * Timers of one operator and time domain: one binary heap over rows of (key slot, namespace, time), each timer at most once.
 * The key slot is the row of the key in the operator's own table; the namespace is a pair of longs (a window's start and end).
 */
import type { Column } from '../columnar/batch.ts';
import { createColumn } from '../columnar/batch.ts';
import type { Address, JobMemory } from '../columnar/job-memory.ts';
import { BIGINT, INT } from '../types/make-type.ts';
import { KeyedTable } from './keyed-table.ts';
import { createRowLayout } from './row-layout.ts';

const LAYOUT = createRowLayout(
  [
    { form: 'i64', nullable: false },
    { form: 'i64', nullable: false },
    { form: 'i64', nullable: false },
    { form: 'i32', nullable: false },
  ],
  [{ form: 'i32', nullable: false }],
);
const [TIME, START, END, SLOT] = LAYOUT.keyCells.map((cell) => cell.word);
const POSITION = LAYOUT.cells[0].word;
const SCRATCH_BYTES = 4096;
const HEAP_ENTRIES_MIN = 64;

export interface Timer {
  slot: number;
  start: bigint;
  end: bigint;
  time: bigint;
}

export class TimerQueue {
  readonly table: KeyedTable;
  private readonly memory: JobMemory;
  private readonly columns: Column[];
  private readonly scratch: Address;
  /** i32 row numbers, smallest time first. */
  private heap: Address = 0;
  private heapCapacity = 0;
  private size = 0;

  constructor(memory: JobMemory) {
    this.memory = memory;
    this.table = new KeyedTable(memory, LAYOUT);
    this.scratch = memory.allocateRegion(SCRATCH_BYTES);
    this.columns = [BIGINT, BIGINT, BIGINT, INT].map((type, at) => ({ ...createColumn(type), data: this.scratch + at * 8 }));
  }

  get count(): number {
    return this.size;
  }

  get stateBytes(): number {
    return this.table.stateBytes + this.size * 4;
  }

  /** Sets a timer; a timer that is already set stays one. */
  register(slot: number, start: bigint, end: bigint, time: bigint): void {
    this.writeKey(slot, start, end, time);
    const before = this.table.liveCount;
    this.table.upsert(this.columns, 0, 0, 1, this.scratch + 64);
    if (this.table.liveCount > before) this.push(this.memory.i32[(this.scratch + 64) >>> 2]);
  }

  /** Takes a timer away; nothing happens when it is not set. */
  delete(slot: number, start: bigint, end: bigint, time: bigint): void {
    this.writeKey(slot, start, end, time);
    this.table.find(this.columns, 0, 0, 1, this.scratch + 64);
    const row = this.memory.i32[(this.scratch + 64) >>> 2];
    if (row >= 0) this.removeAt(this.memory.i32[this.table.wordOf(row) + POSITION]);
  }

  /** True when the earliest timer is at or before `time`. */
  isDue(time: bigint): boolean {
    if (this.size === 0) return false;
    return this.timeOf(this.memory.i32[this.heap >>> 2]) <= time;
  }

  /** Time of the earliest timer; undefined without timers. */
  earliest(): bigint | undefined {
    return this.size === 0 ? undefined : this.timeOf(this.memory.i32[this.heap >>> 2]);
  }

  /** Takes the earliest timer out into `target`. */
  poll(target: Timer): void {
    this.read(this.memory.i32[this.heap >>> 2], target);
    this.removeAt(0);
  }

  /** Reads the timer at a row of `table`. */
  read(row: number, target: Timer): void {
    const word = this.table.wordOf(row);
    const { i32, i64 } = this.memory;
    target.time = i64[(word + TIME) >>> 1];
    target.start = i64[(word + START) >>> 1];
    target.end = i64[(word + END) >>> 1];
    target.slot = i32[word + SLOT];
  }

  close(): void {
    this.table.close();
    this.memory.freeRegion(this.scratch, SCRATCH_BYTES);
    if (this.heapCapacity > 0) this.memory.freeRegion(this.heap, this.heapCapacity * 4);
    this.heapCapacity = 0;
    this.size = 0;
  }

  private timeOf(row: number): bigint {
    return this.memory.i64[(this.table.wordOf(row) + TIME) >>> 1];
  }

  private writeKey(slot: number, start: bigint, end: bigint, time: bigint): void {
    const at = this.scratch >>> 3;
    this.memory.i64[at] = time;
    this.memory.i64[at + 1] = start;
    this.memory.i64[at + 2] = end;
    this.memory.i32[(at + 3) * 2] = slot;
  }

  private push(row: number): void {
    if (this.size === this.heapCapacity) this.growHeap();
    this.size++;
    this.siftUp(this.size - 1, row);
  }

  private removeAt(position: number): void {
    const heap = this.heap >>> 2;
    const row = this.memory.i32[heap + position];
    this.size--;
    if (position < this.size) {
      const moved = this.memory.i32[heap + this.size];
      if (this.isBefore(moved, row)) this.siftUp(position, moved);
      else this.siftDown(position, moved);
    }
    this.table.remove(row);
  }

  /** Times compared as longs: high words signed, low words unsigned. */
  private isBefore(left: number, right: number): boolean {
    const i32 = this.memory.i32;
    const a = this.table.wordOf(left) + TIME;
    const b = this.table.wordOf(right) + TIME;
    if (i32[a + 1] !== i32[b + 1]) return i32[a + 1] < i32[b + 1];
    return i32[a] >>> 0 < i32[b] >>> 0;
  }

  private place(position: number, row: number): void {
    this.memory.i32[(this.heap >>> 2) + position] = row;
    this.memory.i32[this.table.wordOf(row) + POSITION] = position;
  }

  private siftUp(start: number, row: number): void {
    const heap = this.heap >>> 2;
    let position = start;
    while (position > 0) {
      const parent = (position - 1) >> 1;
      const above = this.memory.i32[heap + parent];
      if (!this.isBefore(row, above)) break;
      this.place(position, above);
      position = parent;
    }
    this.place(position, row);
  }

  private siftDown(start: number, row: number): void {
    const heap = this.heap >>> 2;
    let position = start;
    for (;;) {
      let child = position * 2 + 1;
      if (child >= this.size) break;
      if (child + 1 < this.size && this.isBefore(this.memory.i32[heap + child + 1], this.memory.i32[heap + child])) child++;
      const below = this.memory.i32[heap + child];
      if (!this.isBefore(below, row)) break;
      this.place(position, below);
      position = child;
    }
    this.place(position, row);
  }

  private growHeap(): void {
    const capacity = Math.max(this.heapCapacity * 2, HEAP_ENTRIES_MIN);
    const address = this.memory.allocateRegion(capacity * 4);
    this.memory.u8.copyWithin(address, this.heap, this.heap + this.size * 4);
    if (this.heapCapacity > 0) this.memory.freeRegion(this.heap, this.heapCapacity * 4);
    this.heap = address;
    this.heapCapacity = capacity;
  }
}

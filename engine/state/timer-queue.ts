/**
 * Timers of one operator and time domain: one binary heap over rows of (key slot, namespace, time), each timer at most once.
 * The key slot is the row of the key in the operator's own table; the namespace is a pair of longs (a window's start and end).
 */
import type { Column } from '../columnar/batch.ts';
import { createColumn } from '../columnar/batch.ts';
import type { Address, JobMemory } from '../columnar/job-memory.ts';
import { BIGINT, INT } from '../types/make-type.ts';
import { KeyedTable } from './keyed-table.ts';
import { RowHeap } from './row-heap.ts';
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
  private readonly heap: RowHeap;

  constructor(memory: JobMemory) {
    this.memory = memory;
    this.table = new KeyedTable(memory, LAYOUT);
    this.heap = new RowHeap(memory, this.table, TIME, POSITION);
    this.scratch = memory.allocateRegion(SCRATCH_BYTES);
    this.columns = [BIGINT, BIGINT, BIGINT, INT].map((type, at) => ({ ...createColumn(type), data: this.scratch + at * 8 }));
  }

  get count(): number {
    return this.heap.count;
  }

  get stateBytes(): number {
    return this.table.stateBytes + this.heap.bytes;
  }

  /** Sets a timer; a timer that is already set stays one. */
  register(slot: number, start: bigint, end: bigint, time: bigint): void {
    this.writeKey(slot, start, end, time);
    const before = this.table.liveCount;
    this.table.upsert(this.columns, 0, 0, 1, this.scratch + 64);
    if (this.table.liveCount > before) this.heap.add(this.memory.i32[(this.scratch + 64) >>> 2]);
  }

  /** Takes a timer away; nothing happens when it is not set. */
  delete(slot: number, start: bigint, end: bigint, time: bigint): void {
    this.writeKey(slot, start, end, time);
    this.table.find(this.columns, 0, 0, 1, this.scratch + 64);
    const row = this.memory.i32[(this.scratch + 64) >>> 2];
    if (row >= 0) this.remove(row);
  }

  /** True when the earliest timer is at or before `time`. */
  isDue(time: bigint): boolean {
    return this.heap.count > 0 && this.heap.timeOf(this.heap.first) <= time;
  }

  /** Time of the earliest timer; undefined without timers. */
  earliest(): bigint | undefined {
    return this.heap.count === 0 ? undefined : this.heap.timeOf(this.heap.first);
  }

  /** Time of the last timer, found by looking at all; undefined without timers. */
  latest(): bigint | undefined {
    let latest: bigint | undefined;
    for (let place = 0; place < this.heap.count; place++) {
      const time = this.heap.timeOf(this.heap.rowAt(place));
      if (latest === undefined || time > latest) latest = time;
    }
    return latest;
  }

  /** Takes the earliest timer out into `target`. */
  poll(target: Timer): void {
    const row = this.heap.first;
    this.read(row, target);
    this.remove(row);
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
    this.heap.close();
  }

  private remove(row: number): void {
    this.heap.remove(row);
    this.table.remove(row);
  }

  private writeKey(slot: number, start: bigint, end: bigint, time: bigint): void {
    const at = this.scratch >>> 3;
    this.memory.i64[at] = time;
    this.memory.i64[at + 1] = start;
    this.memory.i64[at + 2] = end;
    this.memory.i32[(at + 3) * 2] = slot;
  }
}

/**
 * Rows of one side of an interval join, waiting for partners. Per key they are chained newest first, so a partner's search and
 * the end of what is still alive are both a walk from the head. Rows the watermark has passed are skipped by their time and
 * taken out a few at a time; only a side whose rows leave padded keeps them in a heap, to find each when its time has come.
 */
import type { Column } from '../../columnar/batch.ts';
import type { Address, JobMemory } from '../../columnar/job-memory.ts';
import type { KeyedTable } from '../../state/keyed-table.ts';
import type { RetiredRegions } from '../../state/retired-regions.ts';
import { RowHeap } from '../../state/row-heap.ts';
import type { CellSpec } from '../../state/row-layout.ts';
import { createRowLayout } from '../../state/row-layout.ts';
import { RowStore } from '../../state/row-store.ts';
import { storedCells } from '../../state/stored-columns.ts';
import { StoredValues } from '../../state/stored-values.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { LONG_MIN } from '../time/long.ts';

const LINK: CellSpec = { form: 'i32', nullable: false };
const OWN_CELLS: readonly CellSpec[] = [LINK, LINK, LINK, LINK, LINK, { form: 'i64', nullable: false }];

/** Bits of a row's flags cell. */
export const MATCHED = 1;
/** Came at the very watermark at which it would be cleaned up: lives until the next one, as in Flink. */
export const FRESH = 2;

export class IntervalBuffer {
  /** Cells: next and previous row of the key (row + 1), slot of the key, flags, place in the heap, time, columns. */
  readonly store: RowStore;
  readonly values: StoredValues;
  readonly heap: RowHeap | null;
  /** Word of the key's row that holds the newest row (row + 1). */
  readonly headWord: number;
  readonly nextWord: number;
  readonly slotWord: number;
  readonly flagsWord: number;
  readonly timeWord: number;
  /** Rows at or before this time are dead, but for fresh ones at it. */
  deadUntil = LONG_MIN;
  private readonly memory: JobMemory;
  private readonly keys: KeyedTable;
  private readonly previousWord: number;
  private sweptTo = 0;

  constructor(
    memory: JobMemory,
    keys: KeyedTable,
    headWord: number,
    types: readonly LogicalType[],
    retired: RetiredRegions,
    heap: boolean,
  ) {
    this.memory = memory;
    this.keys = keys;
    this.headWord = headWord;
    const layout = createRowLayout([], [...OWN_CELLS, ...storedCells(types)]);
    this.store = new RowStore(memory, layout, retired);
    this.values = new StoredValues(this.store, types, OWN_CELLS.length);
    const words = layout.cells.map((cell) => cell.word);
    [this.nextWord, this.previousWord, this.slotWord, this.flagsWord] = words;
    this.timeWord = words[5];
    this.heap = heap ? new RowHeap(memory, this.store, this.timeWord, words[4]) : null;
  }

  /** Copies batch rows in and chains them under their keys; rows whose target is NO_ROW are left out. */
  insert(columns: readonly Column[], rows: Address, count: number, slots: Address, targets: Address): void {
    this.values.importRows(columns, rows, 0, count, targets);
    const { i32 } = this.memory;
    for (let at = 0; at < count; at++) {
      const row = i32[(targets >>> 2) + at];
      if (row >= 0) this.link(row, i32[(slots >>> 2) + at]);
    }
  }

  /** Chains a row, whose time is written, under a key: before rows that are not newer. */
  link(row: number, slot: number): void {
    const { i32 } = this.memory;
    const base = this.store.rows >>> 2;
    const { words } = this.store.layout;
    const { nextWord, timeWord } = this;
    const own = base + row * words;
    const [low, high] = [i32[own + timeWord] >>> 0, i32[own + timeWord + 1]];
    const head = this.keys.wordOf(slot) + this.headWord;
    let previous = 0;
    let next = i32[head];
    while (next !== 0) {
      const word = base + (next - 1) * words;
      const nextHigh = i32[word + timeWord + 1];
      if (nextHigh < high || (nextHigh === high && i32[word + timeWord] >>> 0 <= low)) break;
      previous = next;
      next = i32[word + nextWord];
    }
    i32[own + this.slotWord] = slot;
    i32[own + nextWord] = next;
    i32[own + this.previousWord] = previous;
    if (next !== 0) i32[base + (next - 1) * words + this.previousWord] = row + 1;
    if (previous === 0) i32[head] = row + 1;
    else i32[base + (previous - 1) * words + nextWord] = row + 1;
  }

  timeOf(row: number): bigint {
    return this.memory.i64[(this.store.wordOf(row) + this.timeWord) >>> 1];
  }

  isDead(row: number): boolean {
    const time = this.timeOf(row);
    if (time > this.deadUntil) return false;
    return time < this.deadUntil || (this.memory.i32[this.store.wordOf(row) + this.flagsWord] & FRESH) === 0;
  }

  /** Takes a row out; answers its key's slot. */
  remove(row: number): number {
    const { i32 } = this.memory;
    const word = this.store.wordOf(row);
    const slot = i32[word + this.slotWord];
    const [next, previous] = [i32[word + this.nextWord], i32[word + this.previousWord]];
    if (previous === 0) i32[this.keys.wordOf(slot) + this.headWord] = next;
    else i32[this.store.wordOf(previous - 1) + this.nextWord] = next;
    if (next !== 0) i32[this.store.wordOf(next - 1) + this.previousWord] = previous;
    this.store.releaseRow(row);
    return slot;
  }

  /** Looks at the next `rows` rows for dead ones, round and round; `emptied` is told the key of each it takes out. */
  sweep(rows: number, emptied: (slot: number) => void): void {
    for (let left = Math.min(rows, this.store.rowCount); left > 0; left--) {
      if (this.sweptTo >= this.store.rowCount) this.sweptTo = 0;
      const row = this.sweptTo++;
      if (this.store.isLive(row) && this.isDead(row)) emptied(this.remove(row));
    }
  }

  /** Live rows of a key, oldest first. */
  rowsOf(slot: number): number[] {
    const { i32 } = this.memory;
    const rows: number[] = [];
    for (let row = i32[this.keys.wordOf(slot) + this.headWord]; row !== 0; row = i32[this.store.wordOf(row - 1) + this.nextWord])
      rows.push(row - 1);
    return rows.reverse();
  }

  get stateBytes(): number {
    return this.store.usedBytes + (this.heap?.bytes ?? 0);
  }

  close(): void {
    this.store.close();
    this.heap?.close();
  }
}

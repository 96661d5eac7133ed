/** One open window of a window join: its keys, and per key the rows of both sides in order of arrival. */
import type { Column } from '../../columnar/batch.ts';
import type { Address, JobMemory } from '../../columnar/job-memory.ts';
import { KeyedTable } from '../../state/keyed-table.ts';
import type { RetiredRegions } from '../../state/retired-regions.ts';
import type { CellSpec, RowLayout } from '../../state/row-layout.ts';
import { createRowLayout } from '../../state/row-layout.ts';
import { RowStore } from '../../state/row-store.ts';
import { storedCells } from '../../state/stored-columns.ts';
import { StoredValues } from '../../state/stored-values.ts';
import type { LogicalType } from '../../types/logical-type.ts';

const LINK: CellSpec = { form: 'i32', nullable: false };

/** Rows of one side, of all windows. */
export interface SideRows {
  /** Cells: next row of the same key and window (row + 1), columns. */
  readonly store: RowStore;
  readonly values: StoredValues;
  readonly nextWord: number;
}

export function createSideRows(memory: JobMemory, types: readonly LogicalType[], retired: RetiredRegions | null): SideRows {
  const store = new RowStore(memory, createRowLayout([], [LINK, ...storedCells(types)]), retired);
  return { store, values: new StoredValues(store, types, 1), nextWord: store.layout.cells[0].word };
}

/** Payload of a key: first and last row of the left, first and last of the right (row + 1). */
export function windowKeyLayout(key: readonly CellSpec[]): RowLayout {
  return createRowLayout(key, [LINK, LINK, LINK, LINK]);
}

export class JoinWindow {
  readonly start: number;
  readonly end: number;
  readonly keys: KeyedTable;
  private readonly sides: readonly [SideRows, SideRows];

  /** Bounds in milliseconds of the wall clock that windows follow. */
  constructor(start: number, end: number, memory: JobMemory, layout: RowLayout, sides: readonly [SideRows, SideRows]) {
    this.start = start;
    this.end = end;
    this.keys = new KeyedTable(memory, layout);
    this.sides = sides;
  }

  /** Adds the `count` rows of the list `rows` of a batch; `slots` and `targets` have room for as many numbers. */
  insert(
    side: 0 | 1,
    keyColumns: readonly Column[],
    columns: readonly Column[],
    rows: Address,
    count: number,
    slots: Address,
    targets: Address,
  ): void {
    const { store, values } = this.sides[side];
    this.keys.upsert(keyColumns, rows, 0, count, slots);
    for (let at = 0; at < count; at++) {
      const row = store.allocateRow();
      store.memory.i32[(targets >>> 2) + at] = row;
    }
    values.importRows(columns, rows, 0, count, targets);
    this.chain(side, count, slots, targets);
  }

  /** First row of a side under a key (row + 1). */
  first(side: 0 | 1, slot: number): number {
    return this.keys.memory.i32[this.keys.wordOf(slot) + this.keys.layout.cells[side * 2].word];
  }

  next(side: 0 | 1, row: number): number {
    const { store, nextWord } = this.sides[side];
    return store.memory.i32[store.wordOf(row - 1) + nextWord];
  }

  /** Appends one stored row to a key, when state is restored. */
  append(side: 0 | 1, slot: number, row: number): void {
    const { store, nextWord } = this.sides[side];
    const { i32 } = store.memory;
    const word = this.keys.wordOf(slot);
    const [first, last] = [this.keys.layout.cells[side * 2].word, this.keys.layout.cells[side * 2 + 1].word];
    i32[store.wordOf(row) + nextWord] = 0;
    if (i32[word + first] === 0) i32[word + first] = row + 1;
    else i32[store.wordOf(i32[word + last] - 1) + nextWord] = row + 1;
    i32[word + last] = row + 1;
  }

  /** Gives the rows of all keys back. */
  release(): void {
    for (let slot = 0; slot < this.keys.rowCount; slot++) {
      if (!this.keys.isLive(slot)) continue;
      for (const side of [0, 1] as const) {
        for (let row = this.first(side, slot); row !== 0; ) {
          const next = this.next(side, row);
          this.sides[side].store.releaseRow(row - 1);
          row = next;
        }
      }
    }
  }

  /** A key with a NULL in it equals no other. */
  isNullKey(slot: number): boolean {
    return this.keys.layout.keyCells.some((cell) => !this.keys.isPresent(slot, cell));
  }

  close(): void {
    this.keys.close();
  }

  private chain(side: 0 | 1, count: number, slots: Address, targets: Address): void {
    const { store, nextWord } = this.sides[side];
    const { i32 } = store.memory;
    const keys = this.keys.rows >>> 2;
    const keyWords = this.keys.layout.words;
    const rows = store.rows >>> 2;
    const rowWords = store.layout.words;
    const [first, last] = [this.keys.layout.cells[side * 2].word, this.keys.layout.cells[side * 2 + 1].word];
    for (let at = 0; at < count; at++) {
      const row = i32[(targets >>> 2) + at];
      const word = keys + i32[(slots >>> 2) + at] * keyWords;
      const before = i32[word + last];
      if (before === 0) i32[word + first] = row + 1;
      else i32[rows + (before - 1) * rowWords + nextWord] = row + 1;
      i32[word + last] = row + 1;
    }
  }
}

/** A list per key: its elements are rows of a store of their own, chained in order. */
import type { Column } from '../columnar/batch.ts';
import type { Address, JobMemory } from '../columnar/job-memory.ts';
import type { LogicalType } from '../types/logical-type.ts';
import type { KeyedTable } from './keyed-table.ts';
import type { CellSpec } from './row-layout.ts';
import { createRowLayout } from './row-layout.ts';
import { RowStore } from './row-store.ts';
import type { StateExpiry } from './state-expiry.ts';
import type { ListSpec, StateValue } from './state-spec.ts';
import { storedCells } from './stored-columns.ts';
import { StoredValues } from './stored-values.ts';

const LINK: CellSpec = { form: 'i32', nullable: false };

/** In a key's row: first and last element (row + 1). */
export const LIST_CELLS: readonly CellSpec[] = [LINK, LINK];

export class ListState {
  /** Rows: next element (row + 1), time of the last access (f64, with expiry), the value. */
  readonly elements: RowStore;
  readonly values: StoredValues;
  private readonly table: KeyedTable;
  private readonly expiry: StateExpiry | null;
  private readonly firstWord: number;
  private readonly lastWord: number;
  private readonly nextWord: number;
  private readonly timeWord: number;

  constructor(memory: JobMemory, table: KeyedTable, spec: ListSpec, firstCell: number, expiry: StateExpiry | null) {
    this.table = table;
    this.expiry = expiry;
    [this.firstWord, this.lastWord] = [table.layout.cells[firstCell].word, table.layout.cells[firstCell + 1].word];
    this.elements = new RowStore(memory, elementLayout(spec.types, expiry !== null));
    const [next, time] = this.elements.layout.cells;
    this.nextWord = next.word;
    this.timeWord = expiry === null ? 0 : time.word;
    this.values = new StoredValues(this.elements, spec.types, expiry === null ? 1 : 2);
  }

  /** The elements in order. With a time to live a read may renew them, or drop them all when all have expired. */
  get(slot: number): StateValue[] {
    if (this.expiry === null) return this.rowsOf(slot).map((row) => this.values.read(row));
    const rows = this.rowsOf(slot);
    const expired = rows.map((row) => this.expiry?.isExpired(this.accessMs(row)) === true);
    const found = rows.filter((_, at) => !expired[at] || this.expiry?.returnsExpired === true).map((row) => this.values.read(row));
    if (expired.every((each) => each)) this.clear(slot);
    else if (this.expiry.renewsOnRead) this.renew(slot, rows, expired);
    return found;
  }

  add(slot: number, value: StateValue): void {
    const row = this.elements.allocateRow();
    this.values.write(row, value);
    this.append(slot, row);
  }

  /** Replaces the elements. */
  update(slot: number, values: readonly StateValue[]): void {
    this.clear(slot);
    for (const value of values) this.add(slot, value);
  }

  /** Appends to the lists of `slots` (i32, at the positions of `rows`) the batch rows `from`…`to - 1` of the list `rows`. */
  appendRows(slots: Address, columns: readonly Column[], rows: Address, from: number, to: number, targets: Address): void {
    const { elements } = this;
    for (let at = from; at < to; at++) {
      const row = elements.allocateRow();
      elements.memory.i32[(targets >>> 2) + at] = row;
    }
    this.values.importRows(columns, rows, from, to, targets);
    const { i32 } = elements.memory;
    for (let at = from; at < to; at++) this.append(i32[(slots >>> 2) + at], i32[(targets >>> 2) + at]);
  }

  clear(slot: number): void {
    const { i32 } = this.elements.memory;
    const word = this.table.wordOf(slot);
    for (let element = i32[word + this.firstWord]; element !== 0; ) {
      const next = i32[this.elements.wordOf(element - 1) + this.nextWord];
      this.elements.releaseRow(element - 1);
      element = next;
    }
    i32[word + this.firstWord] = 0;
    i32[word + this.lastWord] = 0;
  }

  isEmpty(slot: number): boolean {
    return this.table.memory.i32[this.table.wordOf(slot) + this.firstWord] === 0;
  }

  /** Drops the list when all of it has expired; where reads never see expired elements, also single ones. */
  expire(slot: number): void {
    if (this.expiry?.inBackground !== true || this.isEmpty(slot)) return;
    const rows = this.rowsOf(slot);
    const live = rows.filter((row) => this.expiry?.isExpired(this.accessMs(row)) === false);
    if (live.length === 0) this.clear(slot);
    else if (live.length < rows.length) this.keepOnly(slot, rows, live);
  }

  /** Row numbers of the elements, in order. */
  rowsOf(slot: number): number[] {
    const { i32 } = this.elements.memory;
    const rows: number[] = [];
    let element = i32[this.table.wordOf(slot) + this.firstWord];
    for (; element !== 0; element = i32[this.elements.wordOf(element - 1) + this.nextWord]) rows.push(element - 1);
    return rows;
  }

  /** When the elements were last accessed, in order; none without expiry. */
  accessTimes(slot: number): number[] {
    return this.expiry === null ? [] : this.rowsOf(slot).map((row) => this.accessMs(row));
  }

  get stateBytes(): number {
    return this.elements.usedBytes;
  }

  get stores(): readonly RowStore[] {
    return [this.elements];
  }

  /** Copies the list at `sourceSlot` of a restored state of the same spec to the key `slot`, whose row was copied as it is. */
  importFrom(source: ListState, sourceSlot: number, slot: number): void {
    const { i32 } = this.table.memory;
    const word = this.table.wordOf(slot);
    i32[word + this.firstWord] = 0;
    i32[word + this.lastWord] = 0;
    for (const row of source.rowsOf(sourceSlot)) this.link(slot, this.elements.importRow(source.elements, row));
  }

  close(): void {
    this.elements.close();
  }

  private append(slot: number, row: number): void {
    if (this.expiry !== null) this.elements.memory.f64[(this.elements.wordOf(row) + this.timeWord) >>> 1] = this.expiry.nowMs;
    this.link(slot, row);
  }

  private link(slot: number, row: number): void {
    const { i32 } = this.elements.memory;
    const word = this.table.wordOf(slot);
    i32[this.elements.wordOf(row) + this.nextWord] = 0;
    if (i32[word + this.firstWord] === 0) i32[word + this.firstWord] = row + 1;
    else i32[this.elements.wordOf(i32[word + this.lastWord] - 1) + this.nextWord] = row + 1;
    i32[word + this.lastWord] = row + 1;
  }

  private accessMs(row: number): number {
    return this.elements.memory.f64[(this.elements.wordOf(row) + this.timeWord) >>> 1];
  }

  /** A read that counts as access keeps only what is alive, as Flink's does. */
  private renew(slot: number, rows: readonly number[], expired: readonly boolean[]): void {
    const live = rows.filter((_, at) => !expired[at]);
    if (live.length < rows.length) this.keepOnly(slot, rows, live);
    const nowMs = this.expiry?.nowMs ?? 0;
    for (const row of live) this.elements.memory.f64[(this.elements.wordOf(row) + this.timeWord) >>> 1] = nowMs;
  }

  private keepOnly(slot: number, rows: readonly number[], live: readonly number[]): void {
    const kept = new Set(live);
    for (const row of rows) if (!kept.has(row)) this.elements.releaseRow(row);
    const { i32 } = this.elements.memory;
    const word = this.table.wordOf(slot);
    i32[word + this.firstWord] = 0;
    i32[word + this.lastWord] = 0;
    for (const row of live) this.link(slot, row);
  }
}

function elementLayout(types: readonly LogicalType[], timed: boolean) {
  const time: CellSpec[] = timed ? [{ form: 'f64', nullable: false }] : [];
  return createRowLayout([], [LINK, ...time, ...storedCells(types)]);
}

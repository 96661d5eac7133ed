/** A map per key: its entries are rows of one hash table under (key's slot, entry's key), chained per key in the order they came. */
import type { ColumnValue } from '../columnar/column-value.ts';
import type { JobMemory } from '../columnar/job-memory.ts';
import { keyForm } from '../columnar/key-fields.ts';
import { INT, notNull } from '../types/make-type.ts';
import { KeyedTable } from './keyed-table.ts';
import { ProbeRow } from './probe-row.ts';
import type { Cell, CellSpec } from './row-layout.ts';
import { createRowLayout } from './row-layout.ts';
import type { RowStore } from './row-store.ts';
import { NO_ROW } from './row-store.ts';
import type { StateExpiry } from './state-expiry.ts';
import type { MapSpec, StateValue } from './state-spec.ts';
import { storedCells } from './stored-columns.ts';
import { readCell, StoredValues } from './stored-values.ts';

const LINK: CellSpec = { form: 'i32', nullable: false };

/** In a key's row: first and last entry (row + 1). */
export const MAP_CELLS: readonly CellSpec[] = [LINK, LINK];

export interface MapEntry {
  readonly key: StateValue;
  readonly value: StateValue;
}

export class MapState {
  /** Key: slot, columns of the entry's key. Payload: next and previous entry (row + 1), time of the last access (f64, with expiry), the value. */
  readonly entryTable: KeyedTable;
  readonly values: StoredValues;
  private readonly spec: MapSpec;
  private readonly table: KeyedTable;
  private readonly expiry: StateExpiry | null;
  private readonly probe: ProbeRow;
  private readonly keyCells: readonly Cell[];
  private readonly firstWord: number;
  private readonly lastWord: number;
  private readonly nextWord: number;
  private readonly previousWord: number;
  private readonly timeWord: number;

  constructor(memory: JobMemory, table: KeyedTable, spec: MapSpec, firstCell: number, expiry: StateExpiry | null) {
    this.spec = spec;
    this.table = table;
    this.expiry = expiry;
    [this.firstWord, this.lastWord] = [table.layout.cells[firstCell].word, table.layout.cells[firstCell + 1].word];
    const time: CellSpec[] = expiry === null ? [] : [{ form: 'f64', nullable: false }];
    const layout = createRowLayout(
      [LINK, ...spec.keyTypes.map((type) => ({ form: keyForm(type), nullable: true }))],
      [LINK, LINK, ...time, ...storedCells(spec.types)],
    );
    this.entryTable = new KeyedTable(memory, layout);
    this.keyCells = layout.keyCells.slice(1);
    [this.nextWord, this.previousWord] = layout.cells.map((cell) => cell.word);
    this.timeWord = expiry === null ? 0 : layout.cells[2].word;
    this.values = new StoredValues(this.entryTable, spec.types, expiry === null ? 2 : 3);
    this.probe = new ProbeRow(memory, [notNull(INT), ...spec.keyTypes]);
  }

  get(slot: number, key: StateValue): StateValue | null {
    const row = this.probe.find(this.entryTable, [slot, ...key]);
    return row === NO_ROW ? null : this.readRow(slot, row);
  }

  contains(slot: number, key: StateValue): boolean {
    return this.get(slot, key) !== null;
  }

  /** Answers the row of the entry. */
  put(slot: number, key: StateValue, value: StateValue): number {
    const before = this.entryTable.liveCount;
    const row = this.probe.upsert(this.entryTable, [slot, ...key]);
    if (this.entryTable.liveCount > before) this.link(slot, row);
    this.values.write(row, value);
    this.touch(row);
    return row;
  }

  /** Answers the row that the entry had, NO_ROW when there was none. */
  remove(slot: number, key: StateValue): number {
    const row = this.probe.find(this.entryTable, [slot, ...key]);
    if (row !== NO_ROW) this.drop(slot, row);
    return row;
  }

  clear(slot: number): void {
    for (const row of this.rowsOf(slot)) this.drop(slot, row);
  }

  /** Entries in the order in which their keys came; each counts as read. */
  entries(slot: number): MapEntry[] {
    const found: MapEntry[] = [];
    for (const row of this.rowsOf(slot)) {
      const key = this.keyOf(row);
      const value = this.readRow(slot, row);
      if (value !== null) found.push({ key, value });
    }
    return found;
  }

  /** Rows of the entries in that order, expired ones included. */
  rowsOf(slot: number): number[] {
    const { i32 } = this.table.memory;
    const rows: number[] = [];
    let entry = i32[this.table.wordOf(slot) + this.firstWord];
    for (; entry !== 0; entry = i32[this.entryTable.wordOf(entry - 1) + this.nextWord]) rows.push(entry - 1);
    return rows;
  }

  /** When the entries were last accessed, in their order; none without expiry. */
  accessTimes(slot: number): number[] {
    return this.expiry === null ? [] : this.rowsOf(slot).map((row) => this.accessMs(row));
  }

  /** As in Flink this does not look at expiry: an entry that has expired but was not found yet still counts. */
  isEmpty(slot: number): boolean {
    return this.table.memory.i32[this.table.wordOf(slot) + this.firstWord] === 0;
  }

  /** Drops the entries that have expired. */
  expire(slot: number): void {
    if (this.expiry?.inBackground !== true || this.isEmpty(slot)) return;
    for (const row of this.rowsOf(slot)) if (this.expiry.isExpired(this.accessMs(row))) this.drop(slot, row);
  }

  get stateBytes(): number {
    return this.entryTable.stateBytes;
  }

  get stores(): readonly RowStore[] {
    return [this.entryTable];
  }

  /** Copies the map at `sourceSlot` of a restored state of the same spec to the key `slot`, whose row was copied as it is. */
  importFrom(source: MapState, sourceSlot: number, slot: number): void {
    const { i32 } = this.table.memory;
    const word = this.table.wordOf(slot);
    i32[word + this.firstWord] = 0;
    i32[word + this.lastWord] = 0;
    for (const sourceRow of source.rowsOf(sourceSlot)) {
      const row = this.probe.upsert(this.entryTable, [slot, ...source.keyOf(sourceRow)]);
      this.entryTable.copyPayload(source.entryTable, sourceRow, row);
      this.link(slot, row);
    }
  }

  close(): void {
    this.entryTable.close();
    this.probe.close();
  }

  private keyOf(row: number): ColumnValue[] {
    return this.keyCells.map((cell, at) =>
      this.entryTable.isPresent(row, cell) ? readCell(this.entryTable, row, cell, this.spec.keyTypes[at]) : null,
    );
  }

  private readRow(slot: number, row: number): StateValue | null {
    const { expiry } = this;
    if (expiry === null) return this.values.read(row);
    if (expiry.isExpired(this.accessMs(row))) {
      const expired = expiry.returnsExpired ? this.values.read(row) : null;
      this.drop(slot, row);
      return expired;
    }
    if (expiry.renewsOnRead) this.touch(row);
    return this.values.read(row);
  }

  private accessMs(row: number): number {
    return this.entryTable.memory.f64[(this.entryTable.wordOf(row) + this.timeWord) >>> 1];
  }

  private touch(row: number): void {
    if (this.expiry !== null) this.entryTable.memory.f64[(this.entryTable.wordOf(row) + this.timeWord) >>> 1] = this.expiry.nowMs;
  }

  private drop(slot: number, row: number): void {
    this.unlink(slot, row);
    this.entryTable.remove(row);
  }

  private link(slot: number, row: number): void {
    const { i32 } = this.table.memory;
    const word = this.table.wordOf(slot);
    const entry = this.entryTable.wordOf(row);
    const last = i32[word + this.lastWord];
    i32[entry + this.nextWord] = 0;
    i32[entry + this.previousWord] = last;
    if (last === 0) i32[word + this.firstWord] = row + 1;
    else i32[this.entryTable.wordOf(last - 1) + this.nextWord] = row + 1;
    i32[word + this.lastWord] = row + 1;
  }

  private unlink(slot: number, row: number): void {
    const { i32 } = this.table.memory;
    const word = this.table.wordOf(slot);
    const entry = this.entryTable.wordOf(row);
    const [next, previous] = [i32[entry + this.nextWord], i32[entry + this.previousWord]];
    if (previous === 0) i32[word + this.firstWord] = next;
    else i32[this.entryTable.wordOf(previous - 1) + this.nextWord] = next;
    if (next === 0) i32[word + this.lastWord] = previous;
    else i32[this.entryTable.wordOf(next - 1) + this.previousWord] = previous;
  }
}

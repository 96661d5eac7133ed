/**
 * Rows that wait for the watermark: per key the time up to which rows have left, and a heap of rows by time. Of rows of one time the
 * order is that of the further columns, then of arrival.
 */
import type { JsonValue } from '../../base/json.ts';
import type { Column } from '../../columnar/batch.ts';
import type { ColumnValue } from '../../columnar/column-value.ts';
import type { Address } from '../../columnar/job-memory.ts';
import { keyForm } from '../../columnar/key-fields.ts';
import { containsKeyGroup } from '../../columnar/key-hash.ts';
import type { Comparator } from '../../expressions/evaluate/compare-values.ts';
import { KeyedTable } from '../../state/keyed-table.ts';
import { RetiredRegions } from '../../state/retired-regions.ts';
import { RowHeap } from '../../state/row-heap.ts';
import { keyGroupOfRow } from '../../state/row-key-group.ts';
import type { Cell, CellSpec } from '../../state/row-layout.ts';
import { createRowLayout } from '../../state/row-layout.ts';
import type { StoreHeader } from '../../state/row-store.ts';
import { NO_ROW, RowStore } from '../../state/row-store.ts';
import { storedCells } from '../../state/stored-columns.ts';
import { readCell, StoredValues } from '../../state/stored-values.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import type { OperatorContext, RestoredSection, SnapshotWriter } from '../operator.ts';
import { LONG_MIN } from '../time/long.ts';
import { checkFingerprint, keyedSections } from '../windowing/state-fingerprint.ts';

/** A further column of the order. */
export interface OrderColumn {
  /** Cell of the column among those of the row. */
  readonly cell: number;
  readonly type: LogicalType;
  readonly compare: Comparator;
  readonly descending: boolean;
}

const LINK: CellSpec = { form: 'i32', nullable: false };
const LONG: CellSpec = { form: 'i64', nullable: false };
/** Key's row, place in the heap, time, number by arrival. */
const OWN_CELLS: readonly CellSpec[] = [LINK, LINK, LONG, { form: 'f64', nullable: false }];
const SECTION = 'sorted';

interface SectionHeader {
  readonly meaning: string;
  readonly keys: StoreHeader;
  readonly rows: StoreHeader;
}

export class SortedRows {
  readonly keys: KeyedTable;
  readonly store: RowStore;
  readonly values: StoredValues;
  readonly heap: RowHeap;
  private readonly retired: RetiredRegions;
  private readonly context: OperatorContext;
  private readonly order: readonly OrderColumn[];
  private readonly keyWord: number;
  private readonly timeWord: number;
  private readonly arrivalWord: number;
  private readonly lastWord: number;
  private arrivals = 0;

  constructor(context: OperatorContext, keyTypes: readonly LogicalType[], order: readonly OrderColumn[]) {
    const { memory } = context;
    this.context = context;
    this.order = order;
    this.retired = new RetiredRegions(memory);
    const keyCells = keyTypes.map((type): CellSpec => ({ form: keyForm(type), nullable: true }));
    const keyLayout = createRowLayout(keyCells, [LONG]);
    this.keys = new KeyedTable(memory, keyLayout);
    this.lastWord = keyLayout.cells[0].word;
    const types = context.inputSchemas[0].fields.map((field) => field.type);
    const layout = createRowLayout([], [...OWN_CELLS, ...storedCells(types)]);
    this.store = new RowStore(memory, layout, this.retired);
    this.values = new StoredValues(this.store, types, OWN_CELLS.length);
    const [key, place, time, arrival] = layout.cells.map((cell) => cell.word);
    [this.keyWord, this.timeWord, this.arrivalWord] = [key, time, arrival];
    this.heap = new RowHeap(memory, this.store, time, place);
  }

  /** What the last step's output pointed to is no longer looked at. */
  beginStep(): void {
    this.retired.release();
  }

  /** Slots (i32, by position) of the keys of a batch; a new key has let no row go yet. */
  findKeys(columns: readonly Column[], selection: Address, count: number, slots: Address): void {
    const before = this.keys.rowCount;
    this.keys.upsert(columns, selection, 0, count, slots);
    const { i64 } = this.context.memory;
    for (let key = before; key < this.keys.rowCount; key++) i64[(this.keys.wordOf(key) + this.lastWord) >>> 1] = LONG_MIN;
  }

  /** A row of the key behind which rows of this time have left is late. */
  isLate(key: number, time: bigint): boolean {
    return time <= this.context.memory.i64[(this.keys.wordOf(key) + this.lastWord) >>> 1];
  }

  /** A place for a row; its columns are written by `values.importRows`. */
  add(key: number, time: bigint): number {
    const row = this.store.allocateRow();
    const { i32, i64, f64 } = this.context.memory;
    const word = this.store.wordOf(row);
    i32[word + this.keyWord] = key;
    i64[(word + this.timeWord) >>> 1] = time;
    f64[(word + this.arrivalWord) >>> 1] = this.arrivals++;
    this.heap.add(row);
    return row;
  }

  /** Takes the rows of the least time out of the heap, in order; null when that is behind the watermark. They stay until `forget`. */
  takeFirst(watermark: bigint): number[] | null {
    const { heap } = this;
    const { i32, i64 } = this.context.memory;
    if (heap.count === 0) return null;
    const time = heap.timeOf(heap.first);
    if (time > watermark) return null;
    const rows: number[] = [];
    while (heap.count > 0 && heap.timeOf(heap.first) === time) {
      const row = heap.first;
      heap.remove(row);
      rows.push(row);
      const key = i32[this.store.wordOf(row) + this.keyWord];
      i64[(this.keys.wordOf(key) + this.lastWord) >>> 1] = time;
    }
    return rows.length === 1 ? rows : this.inOrder(rows);
  }

  forget(rows: readonly number[]): void {
    for (const row of rows) this.store.releaseRow(row);
  }

  get stateBytes(): number {
    return this.keys.stateBytes + this.store.usedBytes + this.heap.bytes;
  }

  snapshot(writer: SnapshotWriter, meaning: string): void {
    const header: SectionHeader = { meaning, keys: this.keys.header(), rows: this.store.header() };
    writer.section(SECTION, 'keyed', header as unknown as JsonValue, [...this.keys.ranges(), ...this.store.ranges()]);
  }

  open(restored: readonly RestoredSection[], meaning: string): void {
    const { context } = this;
    for (const section of keyedSections(context.nodeId, restored, SECTION)) {
      const header = section.header as unknown as SectionHeader;
      checkFingerprint(context.nodeId, header.meaning, meaning);
      const keys = new KeyedTable(context.memory, this.keys.layout);
      const rows = new RowStore(context.memory, this.store.layout);
      rows.load(header.rows, section.bytes, keys.load(header.keys, section.bytes, 0));
      this.importRows(keys, rows);
      keys.close();
      rows.close();
    }
  }

  close(): void {
    this.keys.close();
    this.store.close();
    this.heap.close();
    this.retired.release();
  }

  /** Keys of the own key groups, and their rows in the order in which they came. */
  private importRows(keys: KeyedTable, rows: RowStore): void {
    const { context } = this;
    const slots = new Int32Array(keys.rowCount).fill(NO_ROW);
    for (let key = 0; key < keys.rowCount; key++)
      if (keys.isLive(key) && containsKeyGroup(context.keyGroups, keyGroupOfRow(keys, key, context.maxParallelism)))
        slots[key] = this.keys.importKeyedRow(keys, key);
    for (let row = 0; row < rows.rowCount; row++) {
      const key = rows.isLive(row) ? slots[context.memory.i32[rows.wordOf(row) + this.keyWord]] : NO_ROW;
      if (key === NO_ROW) continue;
      const own = this.store.importRow(rows, row);
      context.memory.i32[this.store.wordOf(own) + this.keyWord] = key;
      this.arrivals = Math.max(this.arrivals, this.arrivalOf(own) + 1);
      this.heap.add(own);
    }
  }

  private inOrder(rows: number[]): number[] {
    const keyed = rows.map((row) => ({ row, arrival: this.arrivalOf(row), values: this.order.map((column) => this.valueOf(row, column)) }));
    keyed.sort((left, right) => {
      for (const [at, column] of this.order.entries()) {
        const order = compareNullsLow(left.values[at], right.values[at], column.compare);
        if (order !== 0) return column.descending ? -order : order;
      }
      return left.arrival - right.arrival;
    });
    return keyed.map(({ row }) => row);
  }

  private valueOf(row: number, { cell, type }: OrderColumn): ColumnValue {
    const at: Cell = this.values.cells[cell];
    return this.store.isPresent(row, at) ? readCell(this.store, row, at, type) : null;
  }

  private arrivalOf(row: number): number {
    return this.context.memory.f64[(this.store.wordOf(row) + this.arrivalWord) >>> 1];
  }
}

/** Flink's default: NULL is lower than any value. */
function compareNullsLow(left: ColumnValue, right: ColumnValue, compare: Comparator): number {
  if (left === null || right === null) return left === right ? 0 : left === null ? -1 : 1;
  return compare(left, right);
}

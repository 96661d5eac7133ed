/**
 * Rows that wait for the watermark: per key the time up to which rows have left, and a heap of rows by time. Of rows of one time the
 * order is that of the further columns, then of arrival. Keys may be forgotten by the clock, some time after their last row has come
 * or left, never while rows of theirs wait.
 */
import type { Column } from '../../columnar/batch.ts';
import type { ColumnValue } from '../../columnar/column-value.ts';
import type { Address } from '../../columnar/job-memory.ts';
import { containsKeyGroup } from '../../columnar/key-hash.ts';
import type { Comparator } from '../../expressions/evaluate/compare-values.ts';
import { KeyedTable } from '../../state/keyed-table.ts';
import { ProbeRow } from '../../state/probe-row.ts';
import { RetiredRegions } from '../../state/retired-regions.ts';
import { RowHeap } from '../../state/row-heap.ts';
import { keyGroupOfRow } from '../../state/row-key-group.ts';
import type { Cell } from '../../state/row-layout.ts';
import { NO_ROW, RowStore } from '../../state/row-store.ts';
import { readCell, StoredValues } from '../../state/stored-values.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import type { OperatorContext, RestoredSection, SnapshotWriter } from '../operator.ts';
import { LONG_MIN } from '../time/long.ts';
import { checkFingerprint, keyedSections } from '../windowing/state-fingerprint.ts';
import type { SortedHeader } from './sorted-layout.ts';
import { SORTED_COLUMNS_AT, SORTED_SECTION, sortedKeyLayout, sortedRowLayout, sortedWords, writeSorted } from './sorted-layout.ts';

/** A further column of the order. */
export interface OrderColumn {
  /** Cell of the column among those of the row. */
  readonly cell: number;
  readonly type: LogicalType;
  readonly compare: Comparator;
  readonly descending: boolean;
}

/** Keys looked at for what can be forgotten, per row of input: all are seen again and again while rows come. */
const KEYS_SWEPT_PER_ROW = 2;
/** A key that was seen at 0 is a new one. */
const FIRST_MS = 1;

export interface SortedRowsConfig {
  readonly keyTypes: readonly LogicalType[];
  readonly order: readonly OrderColumn[];
  /** Null: keys are never forgotten. */
  readonly forgetAfterMs: number | null;
  /** What the stored state must be that of. */
  readonly meaning: string;
}

export class SortedRows {
  readonly keys: KeyedTable;
  readonly store: RowStore;
  readonly values: StoredValues;
  readonly heap: RowHeap;
  private readonly retired: RetiredRegions;
  private readonly context: OperatorContext;
  private readonly config: SortedRowsConfig;
  private readonly words: ReturnType<typeof sortedWords>;
  private arrivals = 0;
  private nowMs = 0;
  private sweptTo = 0;

  constructor(context: OperatorContext, config: SortedRowsConfig) {
    const { memory } = context;
    this.context = context;
    this.config = config;
    this.retired = new RetiredRegions(memory);
    const types = context.inputSchemas[0].fields.map((field) => field.type);
    const [keyLayout, layout] = [sortedKeyLayout(config.keyTypes, config.forgetAfterMs !== null), sortedRowLayout(types)];
    this.words = sortedWords(keyLayout, layout);
    this.keys = new KeyedTable(memory, keyLayout);
    this.store = new RowStore(memory, layout, this.retired);
    this.values = new StoredValues(this.store, types, SORTED_COLUMNS_AT);
    this.heap = new RowHeap(memory, this.store, this.words.time, this.words.place);
  }

  /** What the last step's output pointed to is no longer looked at. */
  beginStep(nowMs: number): void {
    this.nowMs = Math.max(nowMs, FIRST_MS);
    this.retired.release();
  }

  /** Slots (i32, by position) of the keys of a batch; a new key has let no row go yet. */
  findKeys(columns: readonly Column[], selection: Address, count: number, slots: Address): void {
    const forgets = this.config.forgetAfterMs !== null;
    if (forgets) this.sweep(count * KEYS_SWEPT_PER_ROW);
    const before = this.keys.rowCount;
    this.keys.upsert(columns, selection, 0, count, slots);
    const { i32 } = this.context.memory;
    if (forgets) for (let at = 0; at < count; at++) this.see(i32[(slots >>> 2) + at]);
    else for (let key = before; key < this.keys.rowCount; key++) this.setLast(key, LONG_MIN);
  }

  /** A row of the key behind which rows of this time have left is late. */
  isLate(key: number, time: bigint): boolean {
    return time <= this.context.memory.i64[(this.keys.wordOf(key) + this.words.last) >>> 1];
  }

  /** A place for a row; its columns are written by `values.importRows`. */
  add(key: number, time: bigint): number {
    const row = this.store.allocateRow();
    const { i32, i64, f64 } = this.context.memory;
    const word = this.store.wordOf(row);
    i32[word + this.words.key] = key;
    i64[(word + this.words.time) >>> 1] = time;
    f64[(word + this.words.arrival) >>> 1] = this.arrivals++;
    this.wait(key, 1);
    this.heap.add(row);
    return row;
  }

  /** Takes the rows of the least time out of the heap, in order; null when that is behind the watermark. They stay until `forget`. */
  takeFirst(watermark: bigint): number[] | null {
    const { heap } = this;
    const { i32 } = this.context.memory;
    if (heap.count === 0) return null;
    const time = heap.timeOf(heap.first);
    if (time > watermark) return null;
    const rows: number[] = [];
    while (heap.count > 0 && heap.timeOf(heap.first) === time) {
      const row = heap.first;
      heap.remove(row);
      rows.push(row);
      const key = i32[this.store.wordOf(row) + this.words.key];
      this.setLast(key, time);
      this.wait(key, -1);
    }
    return rows.length === 1 ? rows : this.inOrder(rows);
  }

  forget(rows: readonly number[]): void {
    for (const row of rows) this.store.releaseRow(row);
  }

  get stateBytes(): number {
    return this.keys.stateBytes + this.store.usedBytes + this.heap.bytes;
  }

  snapshot(writer: SnapshotWriter): void {
    writeSorted(writer, this.keys, this.store, this.config);
  }

  open(restored: readonly RestoredSection[]): void {
    const { context } = this;
    this.nowMs = Math.max(context.clock.now(), FIRST_MS);
    for (const section of keyedSections(context.nodeId, restored, SORTED_SECTION)) {
      const header = section.header as unknown as SortedHeader;
      checkFingerprint(context.nodeId, header.meaning, this.config.meaning);
      const kept = sortedKeyLayout(this.config.keyTypes, false);
      const layout = header.keys.layout === kept.fingerprint ? kept : sortedKeyLayout(this.config.keyTypes, true);
      const keys = new KeyedTable(context.memory, layout);
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

  private setLast(key: number, time: bigint): void {
    this.context.memory.i64[(this.keys.wordOf(key) + this.words.last) >>> 1] = time;
  }

  /** A row of the key has come: a key that is new, or was to be forgotten, has let no row go. */
  private see(key: number): void {
    const seenAt = (this.keys.wordOf(key) + this.words.seen) >>> 1;
    const { f64 } = this.context.memory;
    if (f64[seenAt] === 0 || this.isForgotten(key)) this.setLast(key, LONG_MIN);
    f64[seenAt] = this.nowMs;
  }

  /** So many more (or fewer) rows of the key wait. */
  private wait(key: number, rows: number): void {
    if (this.config.forgetAfterMs === null) return;
    const { i32, f64 } = this.context.memory;
    const word = this.keys.wordOf(key);
    i32[word + this.words.waiting] += rows;
    f64[(word + this.words.seen) >>> 1] = this.nowMs;
  }

  private isForgotten(key: number): boolean {
    const { forgetAfterMs } = this.config;
    const { i32, f64 } = this.context.memory;
    const word = this.keys.wordOf(key);
    if (forgetAfterMs === null || i32[word + this.words.waiting] > 0) return false;
    return f64[(word + this.words.seen) >>> 1] + forgetAfterMs <= this.nowMs;
  }

  private sweep(keys: number): void {
    for (let left = Math.min(keys, this.keys.rowCount); left > 0; left--) {
      if (this.sweptTo >= this.keys.rowCount) this.sweptTo = 0;
      const key = this.sweptTo++;
      if (this.keys.isLive(key) && this.isForgotten(key)) this.keys.remove(key);
    }
  }

  /** Keys of the own key groups, and their rows in the order in which they came. */
  private importRows(keys: KeyedTable, rows: RowStore): void {
    const { context, words } = this;
    const slots = new Int32Array(keys.rowCount).fill(NO_ROW);
    const probe = new ProbeRow(context.memory, this.config.keyTypes);
    for (let key = 0; key < keys.rowCount; key++)
      if (keys.isLive(key) && containsKeyGroup(context.keyGroups, keyGroupOfRow(keys, key, context.maxParallelism)))
        slots[key] = this.importKey(keys, key, probe);
    probe.close();
    for (let row = 0; row < rows.rowCount; row++) {
      const key = rows.isLive(row) ? slots[context.memory.i32[rows.wordOf(row) + words.key]] : NO_ROW;
      if (key === NO_ROW) continue;
      const own = this.store.importRow(rows, row);
      context.memory.i32[this.store.wordOf(own) + words.key] = key;
      this.arrivals = Math.max(this.arrivals, this.arrivalOf(own) + 1);
      this.wait(key, 1);
      this.heap.add(own);
    }
  }

  /** Keys that were kept for ever are as if seen now; those that are kept for ever from now on need no time. */
  private importKey(keys: KeyedTable, key: number, probe: ProbeRow): number {
    const { context, config, words } = this;
    if (keys.layout.fingerprint === this.keys.layout.fingerprint) {
      const own = this.keys.importKeyedRow(keys, key);
      if (config.forgetAfterMs !== null) context.memory.i32[this.keys.wordOf(own) + words.waiting] = 0;
      return own;
    }
    const values = keys.layout.keyCells.map((cell, at) =>
      keys.isPresent(key, cell) ? readCell(keys, key, cell, config.keyTypes[at]) : null,
    );
    const own = probe.upsert(this.keys, values);
    this.setLast(own, context.memory.i64[(keys.wordOf(key) + words.last) >>> 1]);
    if (config.forgetAfterMs !== null) context.memory.f64[(this.keys.wordOf(own) + words.seen) >>> 1] = this.nowMs;
    return own;
  }

  private inOrder(rows: number[]): number[] {
    const keyed = rows.map((row) => ({
      row,
      arrival: this.arrivalOf(row),
      values: this.config.order.map((column) => this.valueOf(row, column)),
    }));
    keyed.sort((left, right) => {
      for (const [at, column] of this.config.order.entries()) {
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
    return this.context.memory.f64[(this.store.wordOf(row) + this.words.arrival) >>> 1];
  }
}

/** Flink's default: NULL is lower than any value. */
function compareNullsLow(left: ColumnValue, right: ColumnValue, compare: Comparator): number {
  if (left === null || right === null) return left === right ? 0 : left === null ? -1 : 1;
  return compare(left, right);
}

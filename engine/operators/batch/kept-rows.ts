/**
 * The rows of one input of a batch, all of them, to be read once in their order: an external merge sort. What memory may not hold
 * goes to disk as a run in order; at the end the runs and what is still in memory are merged.
 */
import { Arena } from '../../columnar/arena.ts';
import type { Batch, Column } from '../../columnar/batch.ts';
import { createBatch, createColumn } from '../../columnar/batch.ts';
import type { Address } from '../../columnar/job-memory.ts';
import type { ColumnPath } from '../../columnar/key-fields.ts';
import { columnAt, keyForm, typeAt } from '../../columnar/key-fields.ts';
import { type KeyGroupKernel, keyGroupKernel } from '../../columnar/key-kernels.ts';
import { allocateNullableLanes, clearBatch } from '../../columnar/lanes.ts';
import type { ExportKernel } from '../../state/row-export.ts';
import { exportKernel } from '../../state/row-export.ts';
import type { Cell, CellSpec } from '../../state/row-layout.ts';
import { createRowLayout } from '../../state/row-layout.ts';
import { NO_ROW, RowStore } from '../../state/row-store.ts';
import { cellOfColumn, columnLeaves, storedCells } from '../../state/stored-columns.ts';
import { StoredValues } from '../../state/stored-values.ts';
import { BIGINT } from '../../types/make-type.ts';
import type { Schema } from '../../types/schema.ts';
import type { OperatorContext, OperatorSpill } from '../operator.ts';
import { MemoryCursor, type RowCursor, type RowRun, RunCursor, writeRun } from './row-cursor.ts';
import { compareKeys, compareRows, compareTimes, type OrderedRow, type RowOrder } from './row-order.ts';

/** A store doubles when it grows, and is there twice while it is copied. */
const GROWTH = 3;
/** Hash and row number are sorted as one exact double. */
const HASHES = 2 ** 26;
const ROWS_MAX = 2 ** 27;
const LONG: CellSpec = { form: 'i64', nullable: false };

/** Columns that rows are ordered by; without `time` by key alone, then as they came. */
export interface KeptOrder {
  readonly keys: readonly ColumnPath[];
  readonly time: ColumnPath | null;
}

/** Bound of a piece: no row of or behind another input's next one, none behind `rowsMax`, none that `goesOn` is false for. */
export interface Piece {
  readonly rowsMax: number;
  readonly before: RowCursor | null;
  /** Of equal rows the other input's goes first. */
  readonly yields: boolean;
  goesOn(row: OrderedRow): boolean;
}

export class KeptRows {
  /** All that came, in memory and on disk. */
  rows = 0;
  bytes = 0;
  private readonly context: Pick<OperatorContext, 'memory' | 'arena'>;
  private readonly kept: KeptOrder | null;
  private readonly spill: OperatorSpill;
  private readonly store: RowStore;
  private readonly values: StoredValues;
  private readonly order: RowOrder;
  private readonly timestamp: Cell;
  private readonly hashes: KeyGroupKernel | null;
  private readonly exportRows: ExportKernel;
  private readonly out: Batch;
  private readonly outTimestamps: Column = createColumn(BIGINT);
  private readonly outArena: Arena;
  private readonly leaves: Column[] = [];
  private readonly keyColumns: Column[] = [];
  private readonly runs: RowRun[] = [];
  private cursors: RowCursor[] = [];
  private readonly last: RowStore;
  private readonly taken: { store: RowStore; row: number };
  private hasTimestamps = false;
  /** Runs belong to their cursors. */
  private finished = false;

  /** `kept` null: rows are read as they came. */
  constructor(context: Pick<OperatorContext, 'memory' | 'arena'>, schema: Schema, kept: KeptOrder | null, spill: OperatorSpill) {
    const types = schema.fields.map((field) => field.type);
    const layout = createRowLayout([], [LONG, LONG, ...storedCells(types)]);
    const [time, timestamp, ...columns] = layout.cells;
    this.context = context;
    this.kept = kept;
    this.spill = spill;
    this.store = new RowStore(context.memory, layout);
    this.values = new StoredValues(this.store, types, 2);
    this.order = { time, key: (kept?.keys ?? []).map((path) => columns[cellOfColumn(types, path)]) };
    this.timestamp = timestamp;
    this.hashes = kept === null ? null : keyGroupKernel(kept.keys.map((path) => keyForm(typeAt(schema.fields, path))));
    this.exportRows = exportKernel(layout, [timestamp, ...columns]);
    this.out = createBatch(context.memory, schema);
    this.outArena = new Arena(context.memory);
    this.last = new RowStore(context.memory, layout);
    this.taken = { store: this.store, row: NO_ROW };
  }

  get stateBytes(): number {
    return this.store.usedBytes;
  }

  /** Some of it is on disk. */
  get spilled(): boolean {
    return this.runs.length > 0;
  }

  add(batch: Batch): void {
    const { store, context } = this;
    const count = batch.selectedCount;
    if (count === 0) return;
    const before = store.usedBytes;
    const targets = context.arena.allocate(count * 4);
    const first = store.appendRows(count);
    const { i32 } = context.memory;
    for (let at = 0; at < count; at++) i32[(targets >>> 2) + at] = first + at;
    this.values.importRows(batch.columns, batch.selection, 0, count, targets);
    this.noteOrder(batch, count, first);
    this.rows += count;
    this.bytes += store.usedBytes - before;
    if (store.usedBytes > this.spill.memoryBytes / GROWTH || store.rowCount > ROWS_MAX / 2) this.writeOut();
  }

  /** All rows are there: they can be read. */
  finish(): void {
    const like = this.store;
    this.finished = true;
    this.cursors = [
      ...this.runs.map((run) => new RunCursor(this.order, run, like)),
      ...(like.rowCount > 0 ? [new MemoryCursor(this.order, like, this.inOrder())] : []),
    ];
  }

  /** The row that comes next; null at the end. What the last piece pointed to is no longer looked at. */
  next(): RowCursor | null {
    for (const cursor of this.cursors) if (cursor.unsettled) cursor.settle();
    this.cursors = this.cursors.filter((cursor) => {
      if (cursor.row === NO_ROW) cursor.close();
      return cursor.row !== NO_ROW;
    });
    return this.least(null);
  }

  /** The next rows as a batch that stays until `next` is called; there is one at least. */
  take(piece: Piece): Batch {
    const { out, outArena } = this;
    outArena.reset();
    clearBatch(out);
    const { rowsMax } = piece;
    for (const column of out.columns) allocateNullableLanes(outArena, column, rowsMax);
    this.outTimestamps.data = outArena.allocate(rowsMax * 8);
    const list = outArena.allocate(rowsMax * 4);
    for (let ended = false; !ended && out.rowCount < rowsMax; ) {
      const cursor = this.least(null);
      if (cursor === null || this.cursors.some(({ unsettled }) => unsettled)) break;
      const from = out.rowCount;
      ended = !this.takeFrom(cursor, this.least(cursor), piece, list);
      this.exportRows(cursor.store, out.memory, list, from, out.rowCount, this.outLeaves(), from);
      if (out.rowCount === from) break;
    }
    out.selectedCount = out.rowCount;
    out.timestamps = this.hasTimestamps ? this.outTimestamps.data : 0;
    return out;
  }

  /** The last row of the last piece, which stays until the next copy. */
  copyOfLast(): OrderedRow {
    const { last, order, taken } = this;
    last.clear();
    return { order, store: last, row: last.importRow(taken.store, taken.row) };
  }

  close(): void {
    this.last.close();
    for (const cursor of this.cursors) cursor.close();
    if (!this.finished) for (const { file } of this.runs) file.drop();
    this.store.close();
    this.outArena.close();
  }

  /** Rows of one cursor up to another's next one; false when the piece has ended. */
  private takeFrom(cursor: RowCursor, other: RowCursor | null, { rowsMax, before, yields, goesOn }: Piece, list: number): boolean {
    const { out } = this;
    const { i32 } = out.memory;
    while (out.rowCount < rowsMax && cursor.row !== NO_ROW) {
      if (other !== null && this.comesBefore(other, cursor)) return true;
      if (before !== null && compareRows(before, cursor) < Number(yields)) return false;
      if (!goesOn(cursor)) return false;
      i32[(list >>> 2) + out.rowCount++] = cursor.row;
      this.taken.store = cursor.store;
      this.taken.row = cursor.row;
      cursor.advance();
    }
    return true;
  }

  private least(besides: RowCursor | null): RowCursor | null {
    let least: RowCursor | null = null;
    for (const cursor of this.cursors) {
      if (cursor === besides || cursor.row === NO_ROW) continue;
      if (least === null || this.comesBefore(cursor, least)) least = cursor;
    }
    return least;
  }

  /** Of equal rows the one in the earlier run came first. */
  private comesBefore(left: RowCursor, right: RowCursor): boolean {
    const difference = this.kept === null ? 0 : compareRows(left, right);
    return difference < 0 || (difference === 0 && this.cursors.indexOf(left) < this.cursors.indexOf(right));
  }

  private outLeaves(): readonly Column[] {
    return [this.outTimestamps, ...columnLeaves(this.out.columns, this.leaves)];
  }

  /** Writes hash and times of `count` new rows, which are numbered from `first` on. */
  private noteOrder(batch: Batch, count: number, first: number): void {
    const { store, kept } = this;
    const { memory, arena } = this.context;
    const { i32, u8 } = memory;
    const hashes = arena.allocate(count * 4);
    const keys = kept?.keys ?? [];
    for (let at = 0; at < keys.length; at++) this.keyColumns[at] = columnAt(batch, keys[at]);
    this.hashes?.(memory, this.keyColumns, batch.selection, count, HASHES, hashes);
    this.hasTimestamps ||= batch.timestamps !== 0;
    const time = kept?.time == null ? { data: batch.timestamps, validity: 0 } : columnAt(batch, kept.time);
    const [timeWord, timestampWord] = [this.order.time.word, this.timestamp.word];
    for (let at = 0; at < count; at++) {
      const row = batch.selection === 0 ? at : i32[(batch.selection >>> 2) + at];
      const word = store.wordOf(first + at);
      if (kept !== null) i32[word] = i32[(hashes >>> 2) + at];
      copyLong(i32, batch.timestamps, row, word + timestampWord);
      const missing = time.validity !== 0 && u8[time.validity + row] === 0;
      copyLong(i32, missing ? 0 : time.data, row, word + timeWord);
    }
  }

  private writeOut(): void {
    const block = new RowStore(this.store.memory, this.store.layout);
    this.runs.push(writeRun(this.spill.folder, this.store, this.inOrder(), block));
    block.close();
    this.store.close();
  }

  /** Numbers of the rows in memory. */
  private inOrder(): Int32Array {
    const { store } = this;
    if (this.kept === null) return Int32Array.from({ length: store.rowCount }, (_, row) => row);
    const { i32 } = store.memory;
    const sorted = new Float64Array(store.rowCount);
    for (let row = 0; row < sorted.length; row++) sorted[row] = i32[store.wordOf(row)] * ROWS_MAX + row;
    sorted.sort();
    const rows = Int32Array.from(sorted, (value) => value % ROWS_MAX);
    this.orderWithinHashes(rows);
    return rows;
  }

  /** Rows of one hash are nearly always of one key, and mostly in the order of time. */
  private orderWithinHashes(rows: Int32Array): void {
    const { store, order } = this;
    const { i32 } = store.memory;
    const [left, right] = [
      { order, store, row: 0 },
      { order, store, row: 0 },
    ];
    for (let from = 0; from < rows.length; ) {
      const hash = i32[store.wordOf(rows[from])];
      let inOrder = true;
      let to = from + 1;
      for (; to < rows.length && i32[store.wordOf(rows[to])] === hash; to++) {
        if (!inOrder) continue;
        left.row = rows[to - 1];
        right.row = rows[to];
        inOrder = compareKeys(left, right) === 0 && compareTimes(left, right) <= 0;
      }
      if (!inOrder) rows.subarray(from, to).sort((a, b) => compareRows({ order, store, row: a }, { order, store, row: b }) || a - b);
      from = to;
    }
  }
}

/** Entry `row` of a lane of i64, or Long.MIN where there is none: no timestamp, and before every time. */
function copyLong(i32: Int32Array, lane: Address, row: number, word: number): void {
  i32[word] = lane === 0 ? 0 : i32[(lane >>> 2) + row * 2];
  i32[word + 1] = lane === 0 ? -(2 ** 31) : i32[(lane >>> 2) + row * 2 + 1];
}

/** Windows that keep all their records, in order of arrival, for functions that want to see each of them and for evictors. */
import type { Batch, Column } from '../../columnar/batch.ts';
import { createColumn, NO_TIMESTAMP } from '../../columnar/batch.ts';
import type { ColumnValue } from '../../columnar/column-value.ts';
import type { Address, JobMemory } from '../../columnar/job-memory.ts';
import type { ColumnPath } from '../../columnar/key-fields.ts';
import { columnAt, keyForm } from '../../columnar/key-fields.ts';
import { readValue } from '../../columnar/row-reader.ts';
import type { RetiredRegions } from '../../state/retired-regions.ts';
import type { ExportKernel } from '../../state/row-export.ts';
import { exportKernel } from '../../state/row-export.ts';
import type { Cell, RowLayout } from '../../state/row-layout.ts';
import { createRowLayout } from '../../state/row-layout.ts';
import type { StoreHeader } from '../../state/row-store.ts';
import { RowStore } from '../../state/row-store.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { storeColumn } from './store-column.ts';
import type { ContentsPlan, ContentsReader, WindowContents } from './window-contents.ts';

const LANE_BYTES = 32;
const NO_RECORD = 0;
const ADDED_MIN = 4096;
const LINK = { form: 'i32', nullable: false } as const;

/** A column of the input that windows keep. */
export interface KeptColumn {
  readonly path: ColumnPath;
  readonly type: LogicalType;
}

/** Cells of a record before its columns: time, next record. */
export const RECORD_COLUMNS_AT = 2;

/** Cells of a window: first and last record (i32, row + 1), number of records. Records also have their time. */
export function bufferedContents(kept: readonly KeptColumn[], rowtime: ColumnPath | null, retired: RetiredRegions): ContentsPlan {
  return {
    cells: [LINK, LINK, LINK],
    kept: { columns: kept.map(({ type }) => type) },
    create: (memory, windows, layout, firstCell) => new BufferedContents(memory, windows, layout, firstCell, kept, rowtime, retired),
  };
}

export class BufferedContents implements WindowContents {
  readonly kept: readonly KeptColumn[];
  readonly records: RowStore;
  private readonly memory: JobMemory;
  private readonly windows: RowStore;
  private readonly rowtime: ColumnPath | null;
  private readonly firstWord: number;
  private readonly lastWord: number;
  private readonly countWord: number;
  private readonly nextWord: number;
  private readonly timeWord: number;
  private readonly cells: readonly Cell[];
  private readonly exportRecords: ExportKernel;
  /** One row to read records back through. */
  private readonly columns: Column[];
  private readonly lanes: Address;
  /** i32 numbers of the records that are being added. */
  private added: Address = 0;
  private addedMax = 0;

  constructor(
    memory: JobMemory,
    windows: RowStore,
    layout: RowLayout,
    firstCell: number,
    kept: readonly KeptColumn[],
    rowtime: ColumnPath | null,
    retired: RetiredRegions,
  ) {
    const fields = kept.map(({ type }) => ({ form: keyForm(type), nullable: true }));
    const recordLayout = createRowLayout([], [{ form: 'i64', nullable: false }, LINK, ...fields]);
    this.memory = memory;
    this.windows = windows;
    this.kept = kept;
    this.rowtime = rowtime;
    [this.firstWord, this.lastWord, this.countWord] = layout.cells.slice(firstCell, firstCell + 3).map((cell) => cell.word);
    this.records = new RowStore(memory, recordLayout, retired);
    [this.timeWord, this.nextWord] = recordLayout.cells.map((cell) => cell.word);
    this.cells = recordLayout.cells.slice(RECORD_COLUMNS_AT);
    this.exportRecords = exportKernel(recordLayout, this.cells);
    this.lanes = memory.allocateRegion(Math.max(kept.length, 1) * LANE_BYTES);
    this.columns = kept.map(({ type }, at) => {
      const lane = this.lanes + at * LANE_BYTES;
      return { ...createColumn(type), data: lane, nanos: lane + 16, validity: lane + 24 };
    });
  }

  beginBatch(): void {
    // Columns are looked up when rows are added.
  }

  addRows(windowRows: Address, batch: Batch, rows: Address, count: number): void {
    const { records, memory } = this;
    this.reserveAdded(count);
    const added = this.added >>> 2;
    for (let at = 0; at < count; at++) {
      const record = records.allocateRow();
      memory.i32[added + at] = record;
    }
    for (let at = 0; at < this.cells.length; at++) {
      storeColumn(records, this.added, this.cells[at], columnAt(batch, this.kept[at].path), rows, count);
    }
    this.storeTimes(batch, rows, count);
    for (let at = 0; at < count; at++) this.append(memory.i32[(windowRows >>> 2) + at], memory.i32[added + at]);
  }

  /** A record behind the others of a window, without values; answers its row. */
  addRecord(windowRow: number, time: bigint): number {
    const record = this.records.allocateRow();
    this.memory.i64[(this.records.wordOf(record) + this.timeWord) >>> 1] = time;
    this.append(windowRow, record);
    return record;
  }

  isEmpty(windowRow: number): boolean {
    return this.firstOf(windowRow) === NO_RECORD;
  }

  countOf(windowRow: number): number {
    return this.memory.i32[this.windows.wordOf(windowRow) + this.countWord];
  }

  /** First record of a window, the number of its row + 1; 0 without records. */
  firstOf(windowRow: number): number {
    return this.memory.i32[this.windows.wordOf(windowRow) + this.firstWord];
  }

  /** The record behind a record. */
  after(record: number): number {
    return this.nextOf(this.records, record);
  }

  lastOf(windowRow: number): number {
    return this.memory.i32[this.windows.wordOf(windowRow) + this.lastWord];
  }

  /** NO_TIMESTAMP when the record came without one. */
  timeOf(record: number): bigint {
    return this.memory.i64[(this.records.wordOf(record - 1) + this.timeWord) >>> 1];
  }

  /** The kept column `index` of a record as the first entry of a column; null for NULL. */
  columnOf(record: number, index: number): Column | null {
    const cell = this.cells[index];
    if (!this.records.isPresent(record - 1, cell)) return null;
    this.exportRecords(this.records, this.memory, 0, record - 1, record, this.columns, 0);
    return this.columns[index];
  }

  /** Takes out the records for which `leaves` is true. */
  remove(windowRow: number, leaves: (record: number) => boolean): void {
    let kept = NO_RECORD;
    for (let record = this.firstOf(windowRow); record !== NO_RECORD; ) {
      const next = this.after(record);
      if (leaves(record)) this.unlink(windowRow, kept, record, next);
      else kept = record;
      record = next;
    }
  }

  /** Writes up to `count` records from `record` on (one list of rows, i32) to columns from their row `target`; answers the record behind them. */
  exportRun(record: number, count: number, list: Address, columns: readonly Column[], target: number): { next: number; written: number } {
    let next = record;
    let written = 0;
    for (; written < count && next !== NO_RECORD; written++) {
      this.memory.i32[(list >>> 2) + written] = next - 1;
      next = this.after(next);
    }
    this.exportRecords(this.records, this.memory, list, 0, written, columns, target);
    return { next, written };
  }

  /** The records of a window in order of arrival, one value per kept column. */
  read(windowRow: number): ColumnValue[][] {
    const rows: ColumnValue[][] = [];
    for (let record = this.firstOf(windowRow); record !== NO_RECORD; record = this.after(record)) {
      this.exportRecords(this.records, this.memory, 0, record - 1, record, this.columns, 0);
      rows.push(this.columns.map((column) => readValue(this.memory, column, 0)));
    }
    return rows;
  }

  merge(target: number, source: number): void {
    const { i32 } = this.memory;
    const [to, from] = [this.windows.wordOf(target), this.windows.wordOf(source)];
    if (i32[from + this.firstWord] === NO_RECORD) return;
    if (i32[to + this.firstWord] === NO_RECORD) i32[to + this.firstWord] = i32[from + this.firstWord];
    else i32[this.records.wordOf(i32[to + this.lastWord] - 1) + this.nextWord] = i32[from + this.firstWord];
    i32[to + this.lastWord] = i32[from + this.lastWord];
    i32[to + this.countWord] += i32[from + this.countWord];
    this.forget(from);
  }

  clear(windowRow: number): void {
    for (let record = this.firstOf(windowRow); record !== NO_RECORD; ) {
      const next = this.after(record);
      this.records.releaseRow(record - 1);
      record = next;
    }
    this.forget(this.windows.wordOf(windowRow));
  }

  get stateBytes(): number {
    return this.records.usedBytes;
  }

  stores(): readonly RowStore[] {
    return [this.records];
  }

  reader(memory: JobMemory, windows: RowStore): ContentsReader {
    const stored = new RowStore(memory, this.records.layout);
    return {
      load: (headers: readonly StoreHeader[], bytes: Uint8Array, offset: number) => stored.load(headers[0], bytes, offset),
      copy: (sourceRow, targetRow) => {
        this.forget(this.windows.wordOf(targetRow));
        let record = memory.i32[windows.wordOf(sourceRow) + this.firstWord];
        for (; record !== NO_RECORD; record = this.nextOf(stored, record))
          this.append(targetRow, this.records.importRow(stored, record - 1));
      },
      close: () => stored.close(),
    };
  }

  close(): void {
    this.records.close();
    this.memory.freeRegion(this.lanes, Math.max(this.kept.length, 1) * LANE_BYTES);
    if (this.addedMax > 0) this.memory.freeRegion(this.added, this.addedMax * 4);
  }

  private append(windowRow: number, record: number): void {
    const { i32 } = this.memory;
    const word = this.windows.wordOf(windowRow);
    i32[this.records.wordOf(record) + this.nextWord] = NO_RECORD;
    if (i32[word + this.firstWord] === NO_RECORD) i32[word + this.firstWord] = record + 1;
    else i32[this.records.wordOf(i32[word + this.lastWord] - 1) + this.nextWord] = record + 1;
    i32[word + this.lastWord] = record + 1;
    i32[word + this.countWord]++;
  }

  private unlink(windowRow: number, before: number, record: number, next: number): void {
    const { i32 } = this.memory;
    const word = this.windows.wordOf(windowRow);
    if (before === NO_RECORD) i32[word + this.firstWord] = next;
    else i32[this.records.wordOf(before - 1) + this.nextWord] = next;
    if (next === NO_RECORD) i32[word + this.lastWord] = before;
    i32[word + this.countWord]--;
    this.records.releaseRow(record - 1);
  }

  private forget(windowWord: number): void {
    this.memory.i32[windowWord + this.firstWord] = NO_RECORD;
    this.memory.i32[windowWord + this.lastWord] = NO_RECORD;
    this.memory.i32[windowWord + this.countWord] = 0;
  }

  private nextOf(store: RowStore, record: number): number {
    return this.memory.i32[store.wordOf(record - 1) + this.nextWord];
  }

  private storeTimes(batch: Batch, rows: Address, count: number): void {
    const lane = this.rowtime === null ? batch.timestamps : columnAt(batch, this.rowtime).data;
    const { i32, i64 } = this.memory;
    const from = lane >>> 3;
    for (let at = 0; at < count; at++) {
      const record = i32[(this.added >>> 2) + at];
      i64[(this.records.wordOf(record) + this.timeWord) >>> 1] = lane === 0 ? NO_TIMESTAMP : i64[from + i32[(rows >>> 2) + at]];
    }
  }

  private reserveAdded(count: number): void {
    if (count <= this.addedMax) return;
    if (this.addedMax > 0) this.memory.freeRegion(this.added, this.addedMax * 4);
    this.addedMax = Math.max(count, ADDED_MIN);
    this.added = this.memory.allocateRegion(this.addedMax * 4);
  }
}

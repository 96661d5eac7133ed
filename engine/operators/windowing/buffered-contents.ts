/** Windows that keep all their records, in order of arrival, for functions that want to see each of them. */
import type { Batch, Column } from '../../columnar/batch.ts';
import { createColumn } from '../../columnar/batch.ts';
import type { ColumnValue } from '../../columnar/column-value.ts';
import type { Address, JobMemory } from '../../columnar/job-memory.ts';
import { keyForm } from '../../columnar/key-fields.ts';
import { readValue } from '../../columnar/row-reader.ts';
import type { RetiredRegions } from '../../state/retired-regions.ts';
import type { ExportKernel } from '../../state/row-export.ts';
import { exportKernel } from '../../state/row-export.ts';
import type { Cell, RowLayout } from '../../state/row-layout.ts';
import { createRowLayout, isHeapForm } from '../../state/row-layout.ts';
import type { StoreHeader } from '../../state/row-store.ts';
import { RowStore } from '../../state/row-store.ts';
import type { Schema } from '../../types/schema.ts';
import type { ContentsPlan, ContentsReader, WindowContents } from './window-contents.ts';

const LANE_BYTES = 32;

/** Cells: first and last record (i32, row + 1). Every column of the input is kept. */
export function bufferedContents(input: Schema, retired: RetiredRegions): ContentsPlan {
  const link = { form: 'i32', nullable: false } as const;
  return {
    cells: [link, link],
    create: (memory, windows, layout, firstCell) => new BufferedContents(memory, windows, layout, firstCell, input, retired),
  };
}

export class BufferedContents implements WindowContents {
  private readonly memory: JobMemory;
  private readonly windows: RowStore;
  private readonly firstWord: number;
  private readonly lastWord: number;
  private readonly records: RowStore;
  private readonly nextWord: number;
  private readonly cells: readonly Cell[];
  private readonly exportRecord: ExportKernel;
  /** One row to read records back through. */
  private readonly columns: Column[];
  private readonly lanes: Address;

  constructor(memory: JobMemory, windows: RowStore, layout: RowLayout, firstCell: number, input: Schema, retired: RetiredRegions) {
    const recordLayout = createRowLayout(
      [],
      [{ form: 'i32', nullable: false }, ...input.fields.map((field) => ({ form: keyForm(field.type), nullable: true }))],
    );
    this.memory = memory;
    this.windows = windows;
    this.firstWord = layout.cells[firstCell].word;
    this.lastWord = layout.cells[firstCell + 1].word;
    this.records = new RowStore(memory, recordLayout, retired);
    this.nextWord = recordLayout.cells[0].word;
    this.cells = recordLayout.cells.slice(1);
    this.exportRecord = exportKernel(recordLayout, this.cells);
    this.lanes = memory.allocateRegion(input.fields.length * LANE_BYTES);
    this.columns = input.fields.map((field, at) => {
      const lane = this.lanes + at * LANE_BYTES;
      return { ...createColumn(field.type), data: lane, nanos: lane + 16, validity: lane + 24 };
    });
  }

  beginBatch(): void {}

  add(windowRow: number, batch: Batch, row: number): void {
    const record = this.records.allocateRow();
    for (let at = 0; at < this.cells.length; at++) this.storeValue(record, this.cells[at], batch.columns[at], row);
    this.append(windowRow, record);
  }

  isEmpty(windowRow: number): boolean {
    return this.memory.i32[this.windows.wordOf(windowRow) + this.firstWord] === 0;
  }

  /** The records of a window in order of arrival, one value per input column. */
  read(windowRow: number): ColumnValue[][] {
    const rows: ColumnValue[][] = [];
    for (
      let record = this.memory.i32[this.windows.wordOf(windowRow) + this.firstWord];
      record !== 0;
      record = this.nextOf(this.records, record)
    ) {
      this.exportRecord(this.records, this.memory, 0, record - 1, record, this.columns, 0);
      rows.push(this.columns.map((column) => readValue(this.memory, column, 0)));
    }
    return rows;
  }

  merge(target: number, source: number): void {
    const { i32 } = this.memory;
    const [to, from] = [this.windows.wordOf(target), this.windows.wordOf(source)];
    if (i32[from + this.firstWord] === 0) return;
    if (i32[to + this.firstWord] === 0) i32[to + this.firstWord] = i32[from + this.firstWord];
    else i32[this.records.wordOf(i32[to + this.lastWord] - 1) + this.nextWord] = i32[from + this.firstWord];
    i32[to + this.lastWord] = i32[from + this.lastWord];
    i32[from + this.firstWord] = 0;
    i32[from + this.lastWord] = 0;
  }

  clear(windowRow: number): void {
    const word = this.windows.wordOf(windowRow);
    for (let record = this.memory.i32[word + this.firstWord]; record !== 0; ) {
      const next = this.nextOf(this.records, record);
      this.records.releaseRow(record - 1);
      record = next;
    }
    this.memory.i32[word + this.firstWord] = 0;
    this.memory.i32[word + this.lastWord] = 0;
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
        const target = this.windows.wordOf(targetRow);
        this.memory.i32[target + this.firstWord] = 0;
        this.memory.i32[target + this.lastWord] = 0;
        for (let record = memory.i32[windows.wordOf(sourceRow) + this.firstWord]; record !== 0; record = this.nextOf(stored, record)) {
          this.append(targetRow, this.records.importRow(stored, record - 1));
        }
      },
      close: () => stored.close(),
    };
  }

  close(): void {
    this.records.close();
    this.memory.freeRegion(this.lanes, this.columns.length * LANE_BYTES);
  }

  private append(windowRow: number, record: number): void {
    const { i32 } = this.memory;
    const word = this.windows.wordOf(windowRow);
    i32[this.records.wordOf(record) + this.nextWord] = 0;
    if (i32[word + this.firstWord] === 0) i32[word + this.firstWord] = record + 1;
    else i32[this.records.wordOf(i32[word + this.lastWord] - 1) + this.nextWord] = record + 1;
    i32[word + this.lastWord] = record + 1;
  }

  private nextOf(store: RowStore, record: number): number {
    return this.memory.i32[store.wordOf(record - 1) + this.nextWord];
  }

  private storeValue(record: number, cell: Cell, column: Column, row: number): void {
    if (column.validity !== 0 && this.memory.u8[column.validity + row] === 0) return;
    const { records } = this;
    if (isHeapForm(cell.form)) {
      const view = (column.data >>> 2) + row * 2;
      const length = this.memory.u32[view + 1];
      const offset = records.storeBytes(this.memory.u32[view], length);
      this.memory.u32[records.wordOf(record) + cell.word] = offset;
      this.memory.u32[records.wordOf(record) + cell.word + 1] = length;
    } else {
      this.storeFixed(records.wordOf(record) + cell.word, cell, column, row);
    }
    this.memory.i32[records.wordOf(record) + cell.flagsWord] |= cell.flagsMask;
  }

  private storeFixed(word: number, cell: Cell, column: Column, row: number): void {
    const { i32, u8 } = this.memory;
    const lane = column.data >>> 2;
    switch (cell.form) {
      case 'boolean':
        i32[word] = u8[column.data + row];
        return;
      case 'i32':
      case 'f32':
        i32[word] = i32[lane + row];
        return;
      case 'i128':
        i32.copyWithin(word, lane + row * 4, lane + row * 4 + 4);
        return;
      default:
        i32[word] = i32[lane + row * 2];
        i32[word + 1] = i32[lane + row * 2 + 1];
        if (cell.form === 'i64i32') i32[word + 2] = i32[(column.nanos >>> 2) + row];
    }
  }
}

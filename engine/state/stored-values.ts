/** Values of a list of types kept in cells of stored rows: read and written as JavaScript values, or filled from the columns of a batch. */
import { assert } from '../base/assert.ts';
import type { Column } from '../columnar/batch.ts';
import type { ColumnValue } from '../columnar/column-value.ts';
import { floorMillis, NANOS_PER_MILLI } from '../columnar/column-value.ts';
import type { Address } from '../columnar/job-memory.ts';
import type { LogicalType } from '../types/logical-type.ts';
import { RowImport } from './row-import.ts';
import type { Cell } from './row-layout.ts';
import { isHeapForm } from './row-layout.ts';
import type { RowStore } from './row-store.ts';
import { columnLeaves, storedCells } from './stored-columns.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export class StoredValues {
  readonly types: readonly LogicalType[];
  /** In the order of `columnLeaves`. */
  readonly cells: readonly Cell[];
  private readonly store: RowStore;
  private readonly rowImport: RowImport;
  private readonly leaves: Column[] = [];

  /** `firstCell`: position among the layout's payload cells, where `storedCells(types)` were put. */
  constructor(store: RowStore, types: readonly LogicalType[], firstCell: number) {
    this.store = store;
    this.types = types;
    this.cells = store.layout.cells.slice(firstCell, firstCell + storedCells(types).length);
    this.rowImport = new RowImport(store.layout, this.cells);
  }

  /** The values of a stored row, one per type. */
  read(row: number): ColumnValue[] {
    const position = { cell: 0 };
    return this.types.map((type) => this.readValue(row, type, position));
  }

  /** Replaces the values of a stored row. */
  write(row: number, values: readonly ColumnValue[]): void {
    this.clear(row);
    const position = { cell: 0 };
    this.types.forEach((type, at) => {
      this.writeValue(row, type, position, values[at] ?? null);
    });
  }

  /** Makes all values of a stored row null. */
  clear(row: number): void {
    const { i32 } = this.store.memory;
    const word = this.store.wordOf(row);
    for (const cell of this.cells) {
      this.store.heapGarbage += this.store.heapBytesOf(word, cell);
      i32[word + cell.flagsWord] &= ~cell.flagsMask;
    }
  }

  /**
   * Copies the batch rows `from`…`to - 1` of the list `rows` to the stored rows named at the same positions of `targets`
   * (NO_ROW = leave out), whose values are null so far.
   */
  importRows(columns: readonly Column[], rows: Address, from: number, to: number, targets: Address): void {
    this.rowImport.copy(this.store, columnLeaves(columns, this.leaves), rows, from, to, targets);
  }

  private readValue(row: number, type: LogicalType, position: { cell: number }): ColumnValue {
    const cell = this.cells[position.cell++];
    const present = this.store.isPresent(row, cell);
    if (type.kind === 'ROW') {
      const fields = type.fields.map((field) => this.readValue(row, field.type, position));
      return present ? fields : null;
    }
    return present ? readCell(this.store, row, cell, type) : null;
  }

  private writeValue(row: number, type: LogicalType, position: { cell: number }, value: ColumnValue): void {
    const cell = this.cells[position.cell++];
    if (value !== null) {
      const word = this.store.wordOf(row);
      this.store.memory.i32[word + cell.flagsWord] |= cell.flagsMask;
      if (type.kind !== 'ROW') writeCell(this.store, row, cell, type, value);
    }
    if (type.kind !== 'ROW') return;
    assert(value === null || Array.isArray(value), 'the value of a ROW is a list of values');
    type.fields.forEach((field, at) => {
      this.writeValue(row, field.type, position, value === null ? null : ((value as readonly ColumnValue[])[at] ?? null));
    });
  }
}

export function readCell(store: RowStore, row: number, cell: Cell, type: LogicalType): ColumnValue {
  const { i32, i64, f32, f64, u32, u8 } = store.memory;
  const word = store.wordOf(row) + cell.word;
  switch (cell.form) {
    case 'boolean':
      return i32[word] !== 0;
    case 'i32':
      return i32[word];
    case 'f32':
      return f32[word];
    case 'f64':
      return f64[word >>> 1];
    case 'i64':
      return isTimestamp(type) ? i64[word >>> 1] * NANOS_PER_MILLI : i64[word >>> 1];
    case 'i64i32':
      return i64[word >>> 1] * NANOS_PER_MILLI + BigInt(i32[word + 2]);
    case 'i128':
      return (i64[(word >>> 1) + 1] << 64n) | BigInt.asUintN(64, i64[word >>> 1]);
    default: {
      const start = store.heap + u32[word];
      const bytes = Uint8Array.prototype.slice.call(u8, start, start + u32[word + 1]);
      return cell.form === 'text' ? decoder.decode(bytes) : bytes;
    }
  }
}

function writeCell(store: RowStore, row: number, cell: Cell, type: LogicalType, value: ColumnValue): void {
  if (isHeapForm(cell.form)) {
    writeBytes(store, row, cell, value instanceof Uint8Array ? value : encoder.encode(String(value)));
    return;
  }
  const { i32, i64, f32, f64 } = store.memory;
  const word = store.wordOf(row) + cell.word;
  switch (cell.form) {
    case 'boolean':
      i32[word] = value === true ? 1 : 0;
      return;
    case 'i32':
      i32[word] = Number(value);
      return;
    case 'f32':
      f32[word] = Number(value);
      return;
    case 'f64':
      f64[word >>> 1] = Number(value);
      return;
    case 'i128':
      i64[word >>> 1] = BigInt.asIntN(64, asBigint(value));
      i64[(word >>> 1) + 1] = BigInt.asIntN(64, asBigint(value) >> 64n);
      return;
    default: {
      const millis = isTimestamp(type) ? floorMillis(asBigint(value)) : asBigint(value);
      i64[word >>> 1] = millis;
      if (cell.form === 'i64i32') i32[word + 2] = Number(asBigint(value) - millis * NANOS_PER_MILLI);
    }
  }
}

function writeBytes(store: RowStore, row: number, cell: Cell, bytes: Uint8Array): void {
  store.reserveHeap(bytes.length);
  const { u8, u32 } = store.memory;
  u8.set(bytes, store.heap + store.heapUsed);
  const word = store.wordOf(row) + cell.word;
  u32[word] = store.heapUsed;
  u32[word + 1] = bytes.length;
  store.heapUsed += bytes.length;
}

function isTimestamp(type: LogicalType): boolean {
  return type.kind === 'TIMESTAMP' || type.kind === 'TIMESTAMP_LTZ';
}

function asBigint(value: ColumnValue): bigint {
  return typeof value === 'bigint' ? value : BigInt(Number(value));
}

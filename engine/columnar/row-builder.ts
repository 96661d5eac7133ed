/** Puts JavaScript rows into a columnar batch: for tests, collections and everything that is not hot. */

import { assert } from '../base/assert.ts';
import type { LogicalType } from '../types/logical-type.ts';
import type { Schema } from '../types/schema.ts';
import type { Arena } from './arena.ts';
import { type Batch, type Column, createBatch, NO_TIMESTAMP } from './batch.ts';
import { type ColumnValue, floorMillis, NANOS_PER_MILLI } from './column-value.ts';
import { allocateLanes, allocateValidity } from './lanes.ts';

export interface RowsOptions {
  /** Values of RowKind, parallel to the rows; absent = all inserts. */
  readonly rowKinds?: readonly number[];
  /** Record timestamps in milliseconds, null = none. */
  readonly timestamps?: readonly (bigint | null)[];
  /** Watermarks behind rows, ascending. */
  readonly marks?: readonly { readonly row: number; readonly watermark: bigint }[];
  /** Selected physical rows, ascending; absent = all. */
  readonly selection?: readonly number[];
}

const encoder = new TextEncoder();

/**
 * A batch of `rows` (one value per field, in order) in the arena's memory. BIGINT also takes a safe integer number;
 * a timestamp is nanoseconds as bigint.
 */
export function buildBatch(arena: Arena, schema: Schema, rows: readonly (readonly ColumnValue[])[], options: RowsOptions = {}): Batch {
  const batch = createBatch(arena.memory, schema);
  batch.rowCount = rows.length;
  batch.selectedCount = rows.length;
  batch.columns.forEach((column, index) => {
    allocateLanes(arena, column, rows.length);
    fillColumn(
      arena,
      column,
      rows.map((row) => row[index] ?? null),
    );
  });
  fillLanesOfRows(arena, batch, options);
  return batch;
}

function fillLanesOfRows(arena: Arena, batch: Batch, options: RowsOptions): void {
  const { rowKinds, timestamps, marks, selection } = options;
  if (rowKinds !== undefined) {
    batch.rowKinds = arena.allocate(Math.max(rowKinds.length, 1));
    arena.memory.u8.set(rowKinds, batch.rowKinds);
  }
  if (timestamps !== undefined) {
    batch.timestamps = arena.allocate(8 * Math.max(timestamps.length, 1));
    timestamps.forEach((timestamp, row) => {
      arena.memory.i64[(batch.timestamps >>> 3) + row] = timestamp ?? NO_TIMESTAMP;
    });
  }
  if (marks !== undefined) {
    batch.markCount = marks.length;
    batch.markRows = arena.allocate(4 * Math.max(marks.length, 1));
    batch.markWatermarks = arena.allocate(8 * Math.max(marks.length, 1));
    marks.forEach((mark, index) => {
      arena.memory.i32[(batch.markRows >>> 2) + index] = mark.row;
      arena.memory.i64[(batch.markWatermarks >>> 3) + index] = mark.watermark;
    });
  }
  if (selection !== undefined) {
    batch.selection = arena.allocate(4 * Math.max(selection.length, 1));
    batch.selectedCount = selection.length;
    arena.memory.i32.set(selection, batch.selection >>> 2);
  }
}

function fillColumn(arena: Arena, column: Column, values: readonly ColumnValue[]): void {
  if (values.some((value) => value === null)) {
    allocateValidity(arena, column, values.length);
    values.forEach((value, row) => {
      if (value === null) arena.memory.u8[column.validity + row] = 0;
    });
  }
  if (column.type.kind === 'ROW') {
    column.children.forEach((child, index) => {
      fillColumn(
        arena,
        child,
        values.map((value) => (value === null ? null : (asRow(value)[index] ?? null))),
      );
    });
    return;
  }
  let ascii = true;
  values.forEach((value, row) => {
    if (value !== null) ascii = writeValue(arena, column, row, value) && ascii;
  });
  column.ascii = ascii && (column.type.kind === 'CHAR' || column.type.kind === 'VARCHAR');
}

/** Writes one value; false when it is text with a character outside ASCII. */
function writeValue(arena: Arena, column: Column, row: number, value: ColumnValue): boolean {
  const { memory } = arena;
  const { type, data } = column;
  if (column.boxed !== null) {
    column.boxed[row] = value;
    return true;
  }
  switch (type.kind) {
    case 'BOOLEAN':
      memory.u8[data + row] = value === true ? 1 : 0;
      return true;
    case 'FLOAT':
      memory.f32[(data >>> 2) + row] = Number(value);
      return true;
    case 'DOUBLE':
      memory.f64[(data >>> 3) + row] = Number(value);
      return true;
    case 'CHAR':
    case 'VARCHAR':
    case 'BINARY':
    case 'VARBINARY':
      return writeBytes(arena, column, row, value);
    case 'TIMESTAMP':
    case 'TIMESTAMP_LTZ':
      writeTimestamp(arena, column, row, asBigint(value));
      return true;
    default:
      writeInteger(arena, type, data, row, value);
      return true;
  }
}

function writeInteger(arena: Arena, type: LogicalType, data: number, row: number, value: ColumnValue): void {
  const { memory } = arena;
  if (type.kind === 'BIGINT' || type.kind === 'INTERVAL_DAY_TIME') {
    memory.i64[(data >>> 3) + row] = asBigint(value);
  } else if (type.kind === 'DECIMAL' && type.precision > 18) {
    const unscaled = asBigint(value);
    memory.i64[(data >>> 3) + 2 * row] = BigInt.asIntN(64, unscaled);
    memory.i64[(data >>> 3) + 2 * row + 1] = BigInt.asIntN(64, unscaled >> 64n);
  } else if (type.kind === 'DECIMAL') {
    memory.i64[(data >>> 3) + row] = asBigint(value);
  } else {
    memory.i32[(data >>> 2) + row] = Number(value);
  }
}

function writeTimestamp(arena: Arena, column: Column, row: number, nanos: bigint): void {
  const millis = floorMillis(nanos);
  arena.memory.i64[(column.data >>> 3) + row] = millis;
  if (column.nanos !== 0) arena.memory.i32[(column.nanos >>> 2) + row] = Number(nanos - millis * NANOS_PER_MILLI);
}

function writeBytes(arena: Arena, column: Column, row: number, value: ColumnValue): boolean {
  const bytes = value instanceof Uint8Array ? value : encoder.encode(String(value));
  const address = arena.allocate(Math.max(bytes.length, 1));
  arena.memory.u8.set(bytes, address);
  arena.memory.u32[(column.data >>> 2) + 2 * row] = address;
  arena.memory.u32[(column.data >>> 2) + 2 * row + 1] = bytes.length;
  return bytes.every((byte) => byte < 0x80);
}

function asBigint(value: ColumnValue): bigint {
  return typeof value === 'bigint' ? value : BigInt(Number(value));
}

function asRow(value: ColumnValue): readonly ColumnValue[] {
  assert(Array.isArray(value), 'the value of a ROW column is an array of values');
  return value;
}

/**
 * Copies rows of a batch into another region, usually of another worker's memory, and makes a batch out of what lies
 * there: how rows pass a ring. The copy is compact (only the rows asked for, strings included) and self-contained.
 *
 * Layout at an 8-aligned address, every part padded to 8 bytes:
 *   header   i32 ×6: total bytes, rows, batch flags, mark count, 0, 0
 *   row kinds u8, timestamps i64                               (when flagged)
 *   marks    i32 rows, i64 watermarks
 *   columns in schema order, depth first: i32 ×2 (lane flags, heap bytes), validity, data, nanos, heap
 * Views of strings hold final addresses, so the reader touches nothing but descriptors.
 */
import { assert } from '../base/assert.ts';
import { type Batch, type Column, entryBytes } from './batch.ts';
import { copyBytes, copyCharacters } from './byte-copy.ts';
import type { Address, JobMemory } from './job-memory.ts';
import { isAbsent, isByteView } from './lanes.ts';

const HEADER_BYTES = 24;
const COLUMN_HEADER_BYTES = 8;
const HAS_ROW_KINDS = 1;
const HAS_TIMESTAMPS = 2;
const LANE_PRESENT = 1;
const LANE_VALIDITY = 2;
const LANE_NANOS = 4;
const LANE_ASCII = 8;
/** String copies move whole words and may touch this many bytes behind the end. */
const COPY_SLACK_BYTES = 8;

/** Which rows to copy: `count` physical row numbers (i32, ascending) at `address` of the batch's memory; address 0 = rows 0 … count-1. */
export interface RowList {
  readonly address: Address;
  readonly count: number;
}

/** The batch's selected rows as a list. */
export function selectionOf(batch: Batch): RowList {
  return { address: batch.selection, count: batch.selectedCount };
}

/** Bytes `copyBatch` needs at most for these rows. */
export function transferBytes(batch: Batch, rows: RowList): number {
  let bytes = HEADER_BYTES + COPY_SLACK_BYTES;
  if (batch.rowKinds !== 0) bytes += padded(rows.count);
  if (batch.timestamps !== 0) bytes += 8 * rows.count;
  bytes += padded(4 * batch.markCount) + 8 * batch.markCount;
  for (const column of batch.columns) bytes += columnBytes(batch.memory, column, rows);
  return bytes;
}

function columnBytes(memory: JobMemory, column: Column, rows: RowList): number {
  let bytes = COLUMN_HEADER_BYTES + (column.validity === 0 ? 0 : padded(rows.count));
  if (column.type.kind === 'ROW') {
    for (const child of column.children) bytes += columnBytes(memory, child, rows);
    return bytes;
  }
  if (isAbsent(column)) return bytes;
  assert(column.boxed === null, 'boxed columns are exchanged as text, not through batch transfer');
  bytes += padded(entryBytes(column.type) * rows.count) + (column.nanos === 0 ? 0 : padded(4 * rows.count));
  return isByteView(column.type) ? bytes + padded(heapBytes(memory, column, rows)) : bytes;
}

function heapBytes(memory: JobMemory, column: Column, rows: RowList): number {
  const { u8, i32, u32 } = memory;
  const lengths = (column.data >>> 2) + 1;
  const list = rows.address >>> 2;
  let bytes = 0;
  for (let index = 0; index < rows.count; index++) {
    const row = list === 0 ? index : i32[list + index];
    if (column.validity === 0 || u8[column.validity + row] !== 0) bytes += u32[lengths + 2 * row];
  }
  return bytes;
}

/**
 * Copies the rows to `address` of `target`, which must have `transferBytes` of room; returns the bytes used (a
 * multiple of 8). Marks are copied only when `marks` is true and every row is copied, with their row numbers re-indexed.
 */
export function copyBatch(batch: Batch, rows: RowList, target: JobMemory, address: Address, marks = false): number {
  const header = address >>> 2;
  let at = address + HEADER_BYTES;
  let flags = 0;
  if (batch.rowKinds !== 0) {
    flags |= HAS_ROW_KINDS;
    copyOctets(batch.memory, batch.rowKinds, rows, target, at);
    at += padded(rows.count);
  }
  if (batch.timestamps !== 0) {
    flags |= HAS_TIMESTAMPS;
    copyWords(batch.memory, batch.timestamps, 2, rows, target, at);
    at += 8 * rows.count;
  }
  const markCount = marks ? batch.markCount : 0;
  if (markCount > 0) at = copyMarks(batch, rows, target, at);
  for (const column of batch.columns) at = copyColumn(batch.memory, column, rows, target, at);
  target.i32[header] = at - address;
  target.i32[header + 1] = rows.count;
  target.i32[header + 2] = flags;
  target.i32[header + 3] = markCount;
  return at - address;
}

function copyMarks(batch: Batch, rows: RowList, target: JobMemory, at: Address): Address {
  const { i32, i64 } = batch.memory;
  const watermarks = at + padded(4 * batch.markCount);
  let copied = 0;
  for (let mark = 0; mark < batch.markCount; mark++) {
    const row = i32[(batch.markRows >>> 2) + mark];
    if (rows.address === 0) copied = row + 1;
    else while (copied < rows.count && i32[(rows.address >>> 2) + copied] <= row) copied++;
    target.i32[(at >>> 2) + mark] = copied - 1;
    target.i64[(watermarks >>> 3) + mark] = i64[(batch.markWatermarks >>> 3) + mark];
  }
  return watermarks + 8 * batch.markCount;
}

function copyColumn(memory: JobMemory, column: Column, rows: RowList, target: JobMemory, address: Address): Address {
  let at = address + COLUMN_HEADER_BYTES;
  let flags = column.ascii ? LANE_ASCII : 0;
  let heap = 0;
  if (column.validity !== 0) {
    flags |= LANE_VALIDITY;
    copyOctets(memory, column.validity, rows, target, at);
    at += padded(rows.count);
  }
  if (column.type.kind === 'ROW') {
    for (const child of column.children) at = copyColumn(memory, child, rows, target, at);
  } else if (!isAbsent(column)) {
    flags |= LANE_PRESENT;
    const bytes = entryBytes(column.type);
    const data = at;
    at += padded(bytes * rows.count);
    if (isByteView(column.type)) {
      heap = copyHeap(memory, column, rows, target, data, at);
      at += padded(heap);
    } else if (bytes === 1) copyOctets(memory, column.data, rows, target, data);
    else copyWords(memory, column.data, bytes / 4, rows, target, data);
    if (column.nanos !== 0) {
      flags |= LANE_NANOS;
      copyWords(memory, column.nanos, 1, rows, target, at);
      at += padded(4 * rows.count);
    }
  }
  target.i32[address >>> 2] = flags;
  target.i32[(address >>> 2) + 1] = heap;
  return at;
}

/** Copies the bytes behind the views one after the other to `heap` and writes views of them to `data`; returns the bytes copied. */
function copyHeap(memory: JobMemory, column: Column, rows: RowList, target: JobMemory, data: Address, heap: Address): number {
  const copy = column.type.kind === 'CHAR' || column.type.kind === 'VARCHAR' ? copyCharacters : copyBytes;
  return copy(memory, column.data, column.validity, rows.address, rows.count, target, data, heap) - heap;
}

/** Entries of one byte. */
export function copyOctets(memory: JobMemory, from: Address, rows: RowList, target: JobMemory, to: Address): void {
  const source = memory.u8;
  if (rows.address === 0) {
    target.u8.set(source.subarray(from, from + rows.count), to);
    return;
  }
  const { i32 } = memory;
  const destination = target.u8;
  const list = rows.address >>> 2;
  for (let index = 0; index < rows.count; index++) destination[to + index] = source[from + i32[list + index]];
}

/** Entries of one, two or four 32-bit words. */
export function copyWords(memory: JobMemory, from: Address, words: number, rows: RowList, target: JobMemory, to: Address): void {
  const source = memory.i32;
  const first = from >>> 2;
  const count = rows.count;
  if (rows.address === 0) {
    target.i32.set(source.subarray(first, first + words * count), to >>> 2);
    return;
  }
  const destination = target.i32;
  const list = rows.address >>> 2;
  let out = to >>> 2;
  if (words === 1) {
    for (let index = 0; index < count; index++) destination[out + index] = source[first + source[list + index]];
  } else if (words === 2) {
    for (let index = 0; index < count; index++, out += 2) {
      const entry = first + 2 * source[list + index];
      destination[out] = source[entry];
      destination[out + 1] = source[entry + 1];
    }
  } else {
    for (let index = 0; index < count; index++) {
      const entry = first + words * source[list + index];
      for (let word = 0; word < words; word++) destination[out++] = source[entry + word];
    }
  }
}

/** Points `batch` (a descriptor of the same schema) at what `copyBatch` left at `address` of `memory`; returns the bytes it spans. */
export function attachBatch(memory: JobMemory, address: Address, batch: Batch): number {
  const { i32 } = memory;
  const header = address >>> 2;
  const rowCount = i32[header + 1];
  const flags = i32[header + 2];
  let at = address + HEADER_BYTES;
  batch.memory = memory;
  batch.rowCount = rowCount;
  batch.selection = 0;
  batch.selectedCount = rowCount;
  batch.rowKinds = 0;
  batch.timestamps = 0;
  if ((flags & HAS_ROW_KINDS) !== 0) {
    batch.rowKinds = at;
    at += padded(rowCount);
  }
  if ((flags & HAS_TIMESTAMPS) !== 0) {
    batch.timestamps = at;
    at += 8 * rowCount;
  }
  batch.markCount = i32[header + 3];
  batch.markRows = at;
  batch.markWatermarks = at + padded(4 * batch.markCount);
  at = batch.markWatermarks + 8 * batch.markCount;
  for (const column of batch.columns) at = attachColumn(memory, column, rowCount, at);
  return i32[header];
}

function attachColumn(memory: JobMemory, column: Column, rowCount: number, address: Address): Address {
  const flags = memory.i32[address >>> 2];
  const heap = memory.i32[(address >>> 2) + 1];
  let at = address + COLUMN_HEADER_BYTES;
  column.data = 0;
  column.nanos = 0;
  column.validity = 0;
  column.boxed = null;
  column.ascii = (flags & LANE_ASCII) !== 0;
  if ((flags & LANE_VALIDITY) !== 0) {
    column.validity = at;
    at += padded(rowCount);
  }
  for (const child of column.children) at = attachColumn(memory, child, rowCount, at);
  if ((flags & LANE_PRESENT) === 0) return at;
  column.data = at;
  at += padded(entryBytes(column.type) * rowCount) + padded(heap);
  if ((flags & LANE_NANOS) !== 0) {
    column.nanos = at;
    at += padded(4 * rowCount);
  }
  return at;
}

function padded(bytes: number): number {
  return (bytes + 7) & ~7;
}

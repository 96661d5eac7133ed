/** Allocates the lanes of columns and finds columns by path. */
import type { LogicalType } from '../types/logical-type.ts';
import type { Arena } from './arena.ts';
import { type Batch, type Column, entryBytes, hasNanosLane } from './batch.ts';

/** True for CHAR, VARCHAR, BINARY and VARBINARY: the entry is a view of bytes that lie elsewhere. */
export function isByteView(type: LogicalType): boolean {
  return type.kind === 'CHAR' || type.kind === 'VARCHAR' || type.kind === 'BINARY' || type.kind === 'VARBINARY';
}

/** True for the types whose values are JavaScript values in `boxed`. */
export function isBoxed(type: LogicalType): boolean {
  return type.kind === 'ARRAY' || type.kind === 'MAP' || type.kind === 'MULTISET' || type.kind === 'NULL';
}

/** A source leaves out columns nobody reads: such a column has no lane at all. */
export function isAbsent(column: Column): boolean {
  if (column.type.kind === 'ROW') return column.children.every(isAbsent) && column.validity === 0;
  return column.data === 0 && column.boxed === null;
}

/** Gives `column` fresh data lanes for `rows` rows (children included); validity stays absent. */
export function allocateLanes(arena: Arena, column: Column, rows: number): void {
  const { type } = column;
  column.validity = 0;
  column.ascii = false;
  if (type.kind === 'ROW') {
    for (const child of column.children) allocateLanes(arena, child, rows);
    return;
  }
  if (isBoxed(type)) {
    column.boxed = new Array(rows).fill(null);
    return;
  }
  column.data = arena.allocate(Math.max(entryBytes(type) * rows, 1));
  column.nanos = hasNanosLane(type) ? arena.allocate(Math.max(4 * rows, 1)) : 0;
}

/** Gives `column` a validity lane in which every row is present. */
export function allocateValidity(arena: Arena, column: Column, rows: number): void {
  column.validity = arena.allocate(Math.max(rows, 1));
  arena.memory.u8.fill(1, column.validity, column.validity + rows);
}

/** Gives `column` and all fields inside it lanes for `rows` rows in which anything may be null; what is null is for the caller to say. */
export function allocateNullableLanes(arena: Arena, column: Column, rows: number): void {
  allocateLanes(arena, column, rows);
  addValidity(arena, column, rows);
}

function addValidity(arena: Arena, column: Column, rows: number): void {
  allocateValidity(arena, column, rows);
  for (const child of column.children) addValidity(arena, child, rows);
}

/** Takes selection, row kinds, timestamps and marks off a batch descriptor that is used again. */
export function clearBatch(batch: Batch): void {
  batch.rowCount = 0;
  batch.selection = 0;
  batch.selectedCount = 0;
  batch.rowKinds = 0;
  batch.timestamps = 0;
  batch.markCount = 0;
  batch.markRows = 0;
  batch.markWatermarks = 0;
}

/** Takes JavaScript rows out of a columnar batch: for tests, tails, print and preview. */
import type { Batch, Column } from './batch.ts';
import { type ColumnValue, NANOS_PER_MILLI } from './column-value.ts';
import type { JobMemory } from './job-memory.ts';
import { isAbsent } from './lanes.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Physical numbers of the selected rows, ascending. */
export function selectedRows(batch: Batch): number[] {
  const rows: number[] = [];
  for (let index = 0; index < batch.selectedCount; index++) {
    rows.push(batch.selection === 0 ? index : batch.memory.i32[(batch.selection >>> 2) + index]);
  }
  return rows;
}

/** The selected rows, one value per field. */
export function readRows(batch: Batch): ColumnValue[][] {
  return selectedRows(batch).map((row) => readRow(batch, row));
}

/** One physical row. */
export function readRow(batch: Batch, row: number): ColumnValue[] {
  return batch.columns.map((column) => readValue(batch.memory, column, row));
}

/** Kind of one physical row, a value of RowKind. */
export function readRowKind(batch: Batch, row: number): number {
  return batch.rowKinds === 0 ? 0 : batch.memory.u8[batch.rowKinds + row];
}

/** One cell; null where the column was left out by the source. */
export function readValue(memory: JobMemory, column: Column, row: number): ColumnValue {
  if (column.validity !== 0 && memory.u8[column.validity + row] === 0) return null;
  if (isAbsent(column)) return null;
  const { type, data } = column;
  switch (type.kind) {
    case 'BOOLEAN':
      return memory.u8[data + row] !== 0;
    case 'FLOAT':
      return memory.f32[(data >>> 2) + row];
    case 'DOUBLE':
      return memory.f64[(data >>> 3) + row];
    case 'BIGINT':
    case 'INTERVAL_DAY_TIME':
      return memory.i64[(data >>> 3) + row];
    case 'DECIMAL':
      if (type.precision <= 18) return memory.i64[(data >>> 3) + row];
      return (memory.i64[(data >>> 3) + 2 * row + 1] << 64n) | BigInt.asUintN(64, memory.i64[(data >>> 3) + 2 * row]);
    case 'TIMESTAMP':
    case 'TIMESTAMP_LTZ': {
      const nanos = column.nanos === 0 ? 0n : BigInt(memory.i32[(column.nanos >>> 2) + row]);
      return memory.i64[(data >>> 3) + row] * NANOS_PER_MILLI + nanos;
    }
    case 'CHAR':
    case 'VARCHAR':
      return decoder.decode(viewBytes(memory, column, row));
    case 'BINARY':
    case 'VARBINARY':
      return viewBytes(memory, column, row);
    case 'ROW':
      return column.children.map((child) => readValue(memory, child, row));
    case 'ARRAY':
    case 'MAP':
    case 'MULTISET':
    case 'NULL':
      return (column.boxed?.[row] ?? null) as ColumnValue;
    default:
      return memory.i32[(data >>> 2) + row];
  }
}

/** A copy of the bytes behind a view; a copy, because the memory may be shared and is used again after the step. */
function viewBytes(memory: JobMemory, column: Column, row: number): Uint8Array {
  const at = (column.data >>> 2) + 2 * row;
  const address = memory.u32[at];
  return Uint8Array.prototype.slice.call(memory.u8, address, address + memory.u32[at + 1]);
}

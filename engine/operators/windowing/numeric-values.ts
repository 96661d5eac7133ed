/** Reads the numbers of a column as doubles, for what compares values with a threshold. */
import { assert } from '../../base/assert.ts';
import type { Batch, Column } from '../../columnar/batch.ts';
import type { JobMemory } from '../../columnar/job-memory.ts';
import type { ColumnPath } from '../../columnar/key-fields.ts';
import { columnAt } from '../../columnar/key-fields.ts';
import type { LogicalType } from '../../types/logical-type.ts';

const TWO_32 = 4294967296;

/** The value of a row, null for NULL. */
export type NumberOfRow = (batch: Batch, row: number) => number | null;
/** The value at an entry of a lane. */
export type NumberOfEntry = (memory: JobMemory, column: Column, row: number) => number;

export function numberOfRow(path: ColumnPath, type: LogicalType): NumberOfRow {
  const read = numberOfEntry(type);
  return (batch, row) => {
    const column = columnAt(batch, path);
    if (column.validity !== 0 && batch.memory.u8[column.validity + row] === 0) return null;
    return read(batch.memory, column, row);
  };
}

/** True for the types that `numberOfEntry` reads: numbers, dates and times (milliseconds; days of a DATE). */
export function hasNumber(type: LogicalType): boolean {
  return laneOf(type) !== null;
}

export function numberOfEntry(type: LogicalType): NumberOfEntry {
  const lane = laneOf(type);
  assert(lane !== null, `${type.kind} has no number`);
  switch (lane) {
    case 'i32':
      return (memory, column, row) => memory.i32[(column.data >>> 2) + row];
    case 'f32':
      return (memory, column, row) => memory.f32[(column.data >>> 2) + row];
    case 'f64':
      return (memory, column, row) => memory.f64[(column.data >>> 3) + row];
    case 'i64': {
      const divisor = type.kind === 'DECIMAL' ? 10 ** type.scale : 1;
      return (memory, column, row) => {
        const at = (column.data >>> 2) + row * 2;
        return (memory.i32[at + 1] * TWO_32 + memory.u32[at]) / divisor;
      };
    }
    case 'i128': {
      const divisor = type.kind === 'DECIMAL' ? 10 ** type.scale : 1;
      return (memory, column, row) => {
        const at = (column.data >>> 3) + row * 2;
        return Number((memory.i64[at + 1] << 64n) | BigInt.asUintN(64, memory.i64[at])) / divisor;
      };
    }
  }
}

function laneOf(type: LogicalType): 'i32' | 'i64' | 'i128' | 'f32' | 'f64' | null {
  switch (type.kind) {
    case 'TINYINT':
    case 'SMALLINT':
    case 'INTEGER':
    case 'DATE':
    case 'TIME':
      return 'i32';
    case 'BIGINT':
    case 'INTERVAL_DAY_TIME':
    case 'TIMESTAMP':
    case 'TIMESTAMP_LTZ':
      return 'i64';
    case 'DECIMAL':
      return type.precision > 18 ? 'i128' : 'i64';
    case 'FLOAT':
      return 'f32';
    case 'DOUBLE':
      return 'f64';
    default:
      return null;
  }
}

/** How the value of a key looks in memory: the few physical forms that hashing and keyed state are generated for. */
import { assert } from '../base/assert.ts';
import type { LogicalType } from '../types/logical-type.ts';
import type { Batch, Column } from './batch.ts';

/**
 * | form | bytes | SQL types |
 * | --- | --- | --- |
 * | boolean | u8 | BOOLEAN |
 * | i32 | i32 | TINYINT SMALLINT INTEGER DATE TIME INTERVAL_YEAR_MONTH |
 * | i64 | i64 | BIGINT INTERVAL_DAY_TIME DECIMAL(p <= 18) TIMESTAMP(p <= 3) |
 * | i64i32 | i64 and i32 | TIMESTAMP(p > 3): milliseconds, nanoseconds of the millisecond |
 * | i128 | two i64, low first | DECIMAL(p > 18) |
 * | f32 f64 | f32, f64 | FLOAT, DOUBLE |
 * | text binary | address and length | CHAR VARCHAR, BINARY VARBINARY |
 */
export type PhysicalForm = 'boolean' | 'i32' | 'i64' | 'i64i32' | 'i128' | 'f32' | 'f64' | 'text' | 'binary';

/** The physical form of a type; null for types that cannot be keys (ROW, ARRAY, MAP, MULTISET, NULL). */
export function physicalForm(type: LogicalType): PhysicalForm | null {
  switch (type.kind) {
    case 'BOOLEAN':
      return 'boolean';
    case 'TINYINT':
    case 'SMALLINT':
    case 'INTEGER':
    case 'DATE':
    case 'TIME':
    case 'INTERVAL_YEAR_MONTH':
      return 'i32';
    case 'BIGINT':
    case 'INTERVAL_DAY_TIME':
      return 'i64';
    case 'DECIMAL':
      return type.precision > 18 ? 'i128' : 'i64';
    case 'TIMESTAMP':
    case 'TIMESTAMP_LTZ':
      return type.precision > 3 ? 'i64i32' : 'i64';
    case 'FLOAT':
      return 'f32';
    case 'DOUBLE':
      return 'f64';
    case 'CHAR':
    case 'VARCHAR':
      return 'text';
    case 'BINARY':
    case 'VARBINARY':
      return 'binary';
    default:
      return null;
  }
}

/** Like `physicalForm`, for columns that were checked to be possible keys. */
export function keyForm(type: LogicalType): PhysicalForm {
  const form = physicalForm(type);
  assert(form !== null, `${type.kind} cannot be a key`);
  return form;
}

/** Indexes from the top-level column down into the fields of ROWs. */
export type ColumnPath = readonly number[];

/** The column a path leads to. */
export function columnAt(batch: Batch, path: ColumnPath): Column {
  let column = batch.columns[path[0]];
  for (let depth = 1; depth < path.length; depth++) column = column.children[path[depth]];
  return column;
}

/** The type a path leads to. */
export function typeAt(fields: readonly { readonly type: LogicalType }[], path: ColumnPath): LogicalType {
  let type = fields[path[0]].type;
  for (let depth = 1; depth < path.length; depth++) {
    assert(type.kind === 'ROW', `a path goes into ${type.kind}`);
    type = type.fields[path[depth]].type;
  }
  return type;
}

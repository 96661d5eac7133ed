/** Columnar batches in job memory: the only form in which rows travel through the engine. */
import type { LogicalType } from '../types/logical-type.ts';
import type { Schema } from '../types/schema.ts';
import type { Address, JobMemory } from './job-memory.ts';

/** Long.MIN in the timestamp lane: this record has no timestamp. */
export const NO_TIMESTAMP = -(2n ** 63n);

/**
 * One column of a batch. Layout of `data` by type (all little-endian, one entry per physical row):
 *
 * | type | entry |
 * | --- | --- |
 * | BOOLEAN | u8, 0 or 1 |
 * | TINYINT SMALLINT INTEGER, DATE (days), TIME (ms of day), INTERVAL_YEAR_MONTH (months) | i32 |
 * | BIGINT, INTERVAL_DAY_TIME (ms), DECIMAL with precision <= 18 (unscaled) | i64 |
 * | DECIMAL with precision > 18 | two i64: low word (unsigned), high word |
 * | FLOAT / DOUBLE | f32 / f64 |
 * | TIMESTAMP, TIMESTAMP_LTZ | i64 epoch milliseconds; with precision > 3 also `nanos`: i32 nanoseconds of that millisecond, 0…999999 |
 * | CHAR VARCHAR BINARY VARBINARY | two u32: address of the bytes, byte length (UTF-8 for characters) |
 * | ROW | no data: `children` hold one column per field; a child is null where the row is null |
 * | ARRAY MAP MULTISET | `boxed`: one JavaScript value per row, rare, behind this same interface |
 *
 * Entries of null rows are undefined bytes and must never be interpreted (string views of null rows included).
 */
export interface Column {
  type: LogicalType;
  data: Address;
  /** Second lane, see the table; 0 where the type has none. */
  nanos: Address;
  /** One u8 per physical row, 1 = present, 0 = null; address 0 = no row is null. */
  validity: Address;
  /** Characters only: true means every byte is known to be below 0x80. False means unknown. */
  ascii: boolean;
  children: Column[];
  boxed: unknown[] | null;
}

/**
 * A run of rows of one schema. The object is a reusable descriptor; its memory belongs to the arena (or ring slot) it
 * was made in and is valid until the step of the task that produced it ends. What must outlive the step is copied.
 */
export interface Batch {
  memory: JobMemory;
  schema: Schema;
  /** Parallel to `schema.fields`. */
  columns: Column[];
  /** Physical rows. */
  rowCount: number;
  /** i32 row numbers, ascending; address 0 = all physical rows are selected. */
  selection: Address;
  /** Selected rows; equals `rowCount` when `selection` is 0. */
  selectedCount: number;
  /** One u8 per physical row (values of RowKind); address 0 = all are inserts. */
  rowKinds: Address;
  /** i64 record timestamps per physical row, NO_TIMESTAMP where absent; address 0 = no record has one. */
  timestamps: Address;
  /**
   * Ascending marks: after physical row `markRows[j]` (i32, selected or not) the watermark is `markWatermarks[j]`
   * (i64). They let a watermark advance after every row without cutting the batch.
   */
  markCount: number;
  markRows: Address;
  markWatermarks: Address;
}

/** An empty column descriptor; lanes are filled in by whoever allocates them. */
export function createColumn(type: LogicalType): Column {
  const children = type.kind === 'ROW' ? type.fields.map((field) => createColumn(field.type)) : [];
  return { type, data: 0, nanos: 0, validity: 0, ascii: false, children, boxed: null };
}

/** An empty batch descriptor of `schema`, without lanes. */
export function createBatch(memory: JobMemory, schema: Schema): Batch {
  return {
    memory,
    schema,
    columns: schema.fields.map((field) => createColumn(field.type)),
    rowCount: 0,
    selection: 0,
    selectedCount: 0,
    rowKinds: 0,
    timestamps: 0,
    markCount: 0,
    markRows: 0,
    markWatermarks: 0,
  };
}

/** Bytes one row takes in `data`; 0 for ROW and boxed types. */
export function entryBytes(type: LogicalType): number {
  switch (type.kind) {
    case 'BOOLEAN':
      return 1;
    case 'TINYINT':
    case 'SMALLINT':
    case 'INTEGER':
    case 'DATE':
    case 'TIME':
    case 'INTERVAL_YEAR_MONTH':
    case 'FLOAT':
      return 4;
    case 'DECIMAL':
      return type.precision > 18 ? 16 : 8;
    case 'ROW':
    case 'ARRAY':
    case 'MAP':
    case 'MULTISET':
    case 'NULL':
      return 0;
    default:
      return 8;
  }
}

/** True when the type has a second lane of nanoseconds. */
export function hasNanosLane(type: LogicalType): boolean {
  return (type.kind === 'TIMESTAMP' || type.kind === 'TIMESTAMP_LTZ') && type.precision > 3;
}

/** Flink SQL's logical types: what a column of a pipeline may be. Values are immutable and shared freely. */

/** Kinds named as Flink's `LogicalTypeRoot` spells them in SQL. */
export type TypeKind = LogicalType['kind'];

interface Nullability {
  /** False means the type is declared `NOT NULL`. */
  readonly nullable: boolean;
}

export type BooleanType = { readonly kind: 'BOOLEAN' } & Nullability;
export type IntegerType = { readonly kind: 'TINYINT' | 'SMALLINT' | 'INTEGER' | 'BIGINT' } & Nullability;
export type FloatingType = { readonly kind: 'FLOAT' | 'DOUBLE' } & Nullability;
/** precision 1…38, scale 0…precision. */
export type DecimalType = { readonly kind: 'DECIMAL'; readonly precision: number; readonly scale: number } & Nullability;
/** `length` in code points; STRING is VARCHAR(2147483647). A CHAR literal may have length 0. */
export type CharacterType = { readonly kind: 'CHAR' | 'VARCHAR'; readonly length: number } & Nullability;
/** `length` in bytes; BYTES is VARBINARY(2147483647). */
export type BinaryType = { readonly kind: 'BINARY' | 'VARBINARY'; readonly length: number } & Nullability;
export type DateType = { readonly kind: 'DATE' } & Nullability;
/** precision = digits of a second, 0…9 (TIME values are kept in milliseconds, as Flink does). */
export type TimeType = { readonly kind: 'TIME'; readonly precision: number } & Nullability;
export type TimestampType = { readonly kind: 'TIMESTAMP' | 'TIMESTAMP_LTZ'; readonly precision: number } & Nullability;
/** YEAR_MONTH values are months, DAY_TIME values are milliseconds; `unit` spells the declared resolution, e.g. `DAY(2) TO SECOND(3)`. */
export type IntervalType = {
  readonly kind: 'INTERVAL_YEAR_MONTH' | 'INTERVAL_DAY_TIME';
  readonly unit: string;
} & Nullability;
export type ArrayType = { readonly kind: 'ARRAY'; readonly element: LogicalType } & Nullability;
export type MapType = { readonly kind: 'MAP'; readonly key: LogicalType; readonly value: LogicalType } & Nullability;
export type MultisetType = { readonly kind: 'MULTISET'; readonly element: LogicalType } & Nullability;
export type RowType = { readonly kind: 'ROW'; readonly fields: readonly Field[] } & Nullability;
/** The type of a bare NULL literal. */
export type NullType = { readonly kind: 'NULL' } & Nullability;

export type LogicalType =
  | BooleanType
  | IntegerType
  | FloatingType
  | DecimalType
  | CharacterType
  | BinaryType
  | DateType
  | TimeType
  | TimestampType
  | IntervalType
  | ArrayType
  | MapType
  | MultisetType
  | RowType
  | NullType;

/** A named, typed field of a row or schema. Names are compared exactly (case-sensitive), as Flink does. */
export interface Field {
  readonly name: string;
  readonly type: LogicalType;
}

/** Length that makes VARCHAR a STRING and VARBINARY a BYTES. */
export const LENGTH_MAX = 2147483647;

/** Builders and predicates for logical types, so that nobody spells type objects by hand. */

import type { Field, LogicalType } from './logical-type.ts';
import { LENGTH_MAX } from './logical-type.ts';

export const BOOLEAN: LogicalType = { kind: 'BOOLEAN', nullable: true };
export const TINYINT: LogicalType = { kind: 'TINYINT', nullable: true };
export const SMALLINT: LogicalType = { kind: 'SMALLINT', nullable: true };
export const INT: LogicalType = { kind: 'INTEGER', nullable: true };
export const BIGINT: LogicalType = { kind: 'BIGINT', nullable: true };
export const FLOAT: LogicalType = { kind: 'FLOAT', nullable: true };
export const DOUBLE: LogicalType = { kind: 'DOUBLE', nullable: true };
export const STRING: LogicalType = { kind: 'VARCHAR', length: LENGTH_MAX, nullable: true };
export const BYTES: LogicalType = { kind: 'VARBINARY', length: LENGTH_MAX, nullable: true };
export const DATE: LogicalType = { kind: 'DATE', nullable: true };
export const NULL_TYPE: LogicalType = { kind: 'NULL', nullable: true };

export function decimalType(precision: number, scale: number, nullable = true): LogicalType {
  return { kind: 'DECIMAL', precision, scale, nullable };
}

export function charType(length: number, nullable = true): LogicalType {
  return { kind: 'CHAR', length, nullable };
}

export function varcharType(length: number, nullable = true): LogicalType {
  return { kind: 'VARCHAR', length, nullable };
}

export function binaryType(length: number, nullable = true): LogicalType {
  return { kind: 'BINARY', length, nullable };
}

export function varbinaryType(length: number, nullable = true): LogicalType {
  return { kind: 'VARBINARY', length, nullable };
}

export function timeType(precision: number, nullable = true): LogicalType {
  return { kind: 'TIME', precision, nullable };
}

export function timestampType(precision: number, nullable = true): LogicalType {
  return { kind: 'TIMESTAMP', precision, nullable };
}

export function timestampLtzType(precision: number, nullable = true): LogicalType {
  return { kind: 'TIMESTAMP_LTZ', precision, nullable };
}

export function yearMonthInterval(unit: string, nullable = true): LogicalType {
  return { kind: 'INTERVAL_YEAR_MONTH', unit, nullable };
}

export function dayTimeInterval(unit: string, nullable = true): LogicalType {
  return { kind: 'INTERVAL_DAY_TIME', unit, nullable };
}

export function rowType(fields: readonly Field[], nullable = true): LogicalType {
  return { kind: 'ROW', fields, nullable };
}

/** The same type with the given nullability; the object itself when nothing changes. */
export function withNullable<T extends LogicalType>(type: T, nullable: boolean): T {
  return type.nullable === nullable ? type : { ...type, nullable };
}

export function notNull<T extends LogicalType>(type: T): T {
  return withNullable(type, false);
}

export function isInteger(type: LogicalType): boolean {
  return type.kind === 'TINYINT' || type.kind === 'SMALLINT' || type.kind === 'INTEGER' || type.kind === 'BIGINT';
}

/** Integers and DECIMAL. */
export function isExactNumeric(type: LogicalType): boolean {
  return isInteger(type) || type.kind === 'DECIMAL';
}

export function isApproximateNumeric(type: LogicalType): boolean {
  return type.kind === 'FLOAT' || type.kind === 'DOUBLE';
}

export function isNumeric(type: LogicalType): boolean {
  return isExactNumeric(type) || isApproximateNumeric(type);
}

export function isCharacter(type: LogicalType): boolean {
  return type.kind === 'CHAR' || type.kind === 'VARCHAR';
}

export function isBinary(type: LogicalType): boolean {
  return type.kind === 'BINARY' || type.kind === 'VARBINARY';
}

export function isTimestamp(type: LogicalType): boolean {
  return type.kind === 'TIMESTAMP' || type.kind === 'TIMESTAMP_LTZ';
}

/** DATE, TIME, TIMESTAMP and TIMESTAMP_LTZ. */
export function isDatetime(type: LogicalType): boolean {
  return type.kind === 'DATE' || type.kind === 'TIME' || isTimestamp(type);
}

export function isInterval(type: LogicalType): boolean {
  return type.kind === 'INTERVAL_YEAR_MONTH' || type.kind === 'INTERVAL_DAY_TIME';
}

/** ARRAY, MAP, MULTISET and ROW. */
export function isConstructed(type: LogicalType): boolean {
  return type.kind === 'ARRAY' || type.kind === 'MAP' || type.kind === 'MULTISET' || type.kind === 'ROW';
}

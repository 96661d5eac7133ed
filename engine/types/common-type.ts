/** Types that several types have in common: Calcite's least restrictive type (CASE, IN) and Flink's own (COALESCE, IF, …). */

import type { DecimalType, LogicalType } from './logical-type.ts';
import {
  charType,
  DOUBLE,
  decimalType,
  isApproximateNumeric,
  isBinary,
  isCharacter,
  isDatetime,
  isExactNumeric,
  isInteger,
  isInterval,
  isNumeric,
  varbinaryType,
  varcharType,
  withNullable,
} from './make-type.ts';

export const DECIMAL_PRECISION_MAX = 38;
const INTEGER_DIGITS: Readonly<Record<string, number>> = { TINYINT: 3, SMALLINT: 5, INTEGER: 10, BIGINT: 19 };
const INTEGER_ORDER = ['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT'];

/** The DECIMAL that holds every value of an exact numeric type; null for other types. */
export function asDecimal(type: LogicalType): DecimalType | null {
  if (type.kind === 'DECIMAL') return type;
  const precision = INTEGER_DIGITS[type.kind];
  return precision === undefined ? null : { kind: 'DECIMAL', precision, scale: 0, nullable: type.nullable };
}

/**
 * Least restrictive type of all, nullable when one of them is; null when there is none. With `flinkOrder` DECIMAL before
 * FLOAT stays FLOAT and FLOAT before DOUBLE becomes DOUBLE (Flink's functions), without it Calcite's rules for CASE hold.
 */
export function leastRestrictive(types: readonly LogicalType[], flinkOrder = false): LogicalType | null {
  let result: LogicalType | null = null;
  let nullable = false;
  for (const type of types) {
    nullable ||= type.nullable;
    if (type.kind === 'NULL') {
      nullable = true;
      continue;
    }
    if (result === null) result = type;
    else result = commonOfTwo(result, type, flinkOrder);
    if (result === null) return null;
  }
  return result === null ? null : withNullable(result, nullable);
}

function commonOfTwo(left: LogicalType, right: LogicalType, flinkOrder: boolean): LogicalType | null {
  if (isNumeric(left) && isNumeric(right)) return commonNumeric(left, right, flinkOrder);
  if (isCharacter(left) && isCharacter(right)) return commonCharacter(left, right);
  if (isBinary(left) && isBinary(right)) return commonBinary(left, right);
  if (left.kind === 'TIMESTAMP' || left.kind === 'TIMESTAMP_LTZ') {
    if (right.kind === left.kind) return right.precision > left.precision ? right : left;
    if (right.kind === 'TIMESTAMP' || right.kind === 'TIMESTAMP_LTZ') {
      return { kind: 'TIMESTAMP_LTZ', precision: Math.max(left.precision, right.precision), nullable: true };
    }
  }
  if (left.kind === 'TIME' && right.kind === 'TIME') return right.precision > left.precision ? right : left;
  if (left.kind === right.kind && (left.kind === 'BOOLEAN' || left.kind === 'DATE' || isInterval(left))) return left;
  if (flinkOrder) return null;
  // Calcite lets numbers and intervals meet dates; the cast that this asks for is refused unless the branch is dead.
  if ((isExactNumeric(left) || isInterval(left)) && isDatetime(right)) return right;
  if (isDatetime(left) && (isInteger(right) || isInterval(right))) return left;
  return null;
}

function commonNumeric(left: LogicalType, right: LogicalType, flinkOrder: boolean): LogicalType {
  if (isExactNumeric(left) && isExactNumeric(right)) return commonExact(left, right);
  if (isApproximateNumeric(left) && isApproximateNumeric(right)) {
    if (flinkOrder && (left.kind === 'DOUBLE' || right.kind === 'DOUBLE')) return DOUBLE;
    return left;
  }
  if (isApproximateNumeric(left)) return right.kind === 'DECIMAL' ? DOUBLE : left;
  return left.kind === 'DECIMAL' && !flinkOrder ? DOUBLE : right;
}

function commonExact(left: LogicalType, right: LogicalType): LogicalType {
  if (isInteger(left) && isInteger(right)) return INTEGER_ORDER.indexOf(right.kind) > INTEGER_ORDER.indexOf(left.kind) ? right : left;
  const a = asDecimal(left);
  const b = asDecimal(right);
  if (a === null || b === null) return left;
  const whole = Math.min(Math.max(a.precision - a.scale, b.precision - b.scale), DECIMAL_PRECISION_MAX);
  const scale = Math.min(Math.max(a.scale, b.scale), DECIMAL_PRECISION_MAX - whole);
  return decimalType(whole + scale, scale);
}

function commonCharacter(left: LogicalType, right: LogicalType): LogicalType | null {
  if (!('length' in left) || !('length' in right)) return null;
  const length = Math.max(left.length, right.length);
  if (left.kind === 'CHAR' && right.kind === 'CHAR' && left.length === right.length) return charType(length);
  return varcharType(length);
}

function commonBinary(left: LogicalType, right: LogicalType): LogicalType | null {
  if (!('length' in left) || !('length' in right)) return null;
  const length = Math.max(left.length, right.length);
  if (left.kind === 'BINARY' && right.kind === 'BINARY' && left.length === right.length) return left;
  return varbinaryType(length);
}

/** Precision over 38 costs digits after the point, but at most down to 6. */
export function adjustedDecimal(precision: number, scale: number): LogicalType {
  if (precision <= DECIMAL_PRECISION_MAX) return decimalType(precision, scale);
  const whole = precision - scale;
  return decimalType(DECIMAL_PRECISION_MAX, Math.max(DECIMAL_PRECISION_MAX - whole, Math.min(scale, 6)));
}

/** Type of a DECIMAL operation, nullability left to the caller. */
export function decimalResult(operator: '+' | '-' | '*' | '/' | '%', left: DecimalType, right: DecimalType): LogicalType {
  const scale = Math.max(left.scale, right.scale);
  switch (operator) {
    case '*':
      return adjustedDecimal(left.precision + right.precision + 1, left.scale + right.scale);
    case '/': {
      const quotientScale = Math.max(6, left.scale + right.precision + 1);
      return adjustedDecimal(left.precision - left.scale + right.scale + quotientScale, quotientScale);
    }
    case '%':
      return adjustedDecimal(Math.min(left.precision - left.scale, right.precision - right.scale) + scale, scale);
    default:
      return adjustedDecimal(Math.max(left.precision - left.scale, right.precision - right.scale) + scale + 1, scale);
  }
}

/** Values of state and keys as custom code sees them, and back: refused where the type cannot hold what the code hands over. */
import type { ColumnValue } from '../../columnar/column-value.ts';
import { floorMillis, NANOS_PER_MILLI } from '../../columnar/column-value.ts';
import { parseExact, printDecimal, toDecimal } from '../../expressions/decimal.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { withNullable } from '../../types/make-type.ts';
import { printType } from '../../types/print-type.ts';

const SHOWN_MAX = 40;
const LONG_BITS = 64;

/** What a message says of a value. */
export function showValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > SHOWN_MAX ? `${value.slice(0, SHOWN_MAX)}…` : value);
  if (typeof value === 'bigint') return `${value}n`.slice(0, SHOWN_MAX);
  return typeof value === 'object' && value !== null ? 'an object' : String(value).slice(0, SHOWN_MAX);
}

/** The unscaled number; null when the column cannot hold it exactly. */
export function parseDecimal(value: unknown, precision: number, scale: number): bigint | null {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return null;
  const exact = parseExact(String(value));
  return exact === null ? null : toDecimal(exact, precision, scale);
}

export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** A stored value as code sees it. */
export function toCode(type: LogicalType, value: ColumnValue): unknown {
  if (type.kind === 'ROW' && Array.isArray(value)) {
    // Without a prototype: nothing of the engine's own world hangs on it.
    const row = Object.create(null) as { [name: string]: unknown };
    type.fields.forEach((field, at) => {
      row[field.name] = toCode(field.type, (value as readonly ColumnValue[])[at]);
    });
    return row;
  }
  if (typeof value !== 'bigint') return value;
  if (type.kind === 'DECIMAL') return printDecimal(value, type.scale);
  const isTime = type.kind === 'TIMESTAMP' || type.kind === 'TIMESTAMP_LTZ';
  return isTime && type.precision <= 3 ? Number(floorMillis(value)) : value;
}

/** What code hands over, as it is stored. `what` names the state in the message. */
export function fromCode(type: LogicalType, value: unknown, what: string): ColumnValue {
  if (type.kind === 'ROW' && typeof value === 'object' && value !== null) {
    return type.fields.map((field) => {
      const own = (value as { readonly [name: string]: unknown })[field.name];
      if ((own === null || own === undefined) && field.type.nullable) return null;
      return fromCode(field.type, own, `"${field.name}" of ${what}`);
    });
  }
  const stored = storedValue(type, value);
  if (stored === null) throw new TypeError(`${what} is ${printType(withNullable(type, true))} and cannot hold ${showValue(value)}`);
  return stored;
}

const WHOLE_BITS: { readonly [Kind in string]?: number } = { TINYINT: 8, SMALLINT: 16, INTEGER: 32, DATE: 32, TIME: 32 };

/** Null: it does not fit. */
function storedValue(type: LogicalType, value: unknown): ColumnValue {
  switch (type.kind) {
    case 'BOOLEAN':
      return typeof value === 'boolean' ? value : null;
    case 'BIGINT': {
      const long = typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;
      return typeof long === 'bigint' && BigInt.asIntN(LONG_BITS, long) === long ? long : null;
    }
    case 'FLOAT':
    case 'DOUBLE':
      return typeof value === 'number' ? value : null;
    case 'DECIMAL':
      return parseDecimal(value, type.precision, type.scale);
    case 'CHAR':
    case 'VARCHAR':
      return typeof value === 'string' && (value.length <= type.length || countCharacters(value) <= type.length) ? value : null;
    case 'TIMESTAMP':
    case 'TIMESTAMP_LTZ':
      if (type.precision > 3) return typeof value === 'bigint' ? value : null;
      return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) * NANOS_PER_MILLI : null;
    default: {
      if (!(type.kind in WHOLE_BITS)) return null;
      const limit = 2 ** ((WHOLE_BITS[type.kind] ?? 0) - 1);
      return typeof value === 'number' && Number.isInteger(value) && value >= -limit && value < limit ? value : null;
    }
  }
}

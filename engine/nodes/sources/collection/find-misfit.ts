/** Whether a value written in a row can be read as the type of its column; says no only where the reader of JSON lines would in a run. */
import type { JsonValue } from '../../../base/json.ts';
import { isObject } from '../../../base/json.ts';
import type { LogicalType } from '../../../types/logical-type.ts';

export interface Misfit {
  /** The column, or the member of a ROW inside it. */
  readonly column: string;
  readonly value: JsonValue;
  readonly type: LogicalType;
  /** Something of that type as it is written. */
  readonly example: string;
}

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE][+-]?\d+)?$/;
const INTEGER_BITS: Readonly<Record<string, bigint>> = { TINYINT: 7n, SMALLINT: 15n, INTEGER: 31n, BIGINT: 63n };
const DATE = '\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])';
const TIME = '([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?';
const TEMPORAL: Readonly<Record<string, RegExp>> = {
  DATE: new RegExp(`^${DATE}$`),
  TIME: new RegExp(`^${TIME}$`),
  TIMESTAMP: new RegExp(`^${DATE} ${TIME}$`),
  TIMESTAMP_LTZ: new RegExp(`^${DATE} ${TIME}([Zz]|[+-]\\d\\d:\\d\\d)$`),
};
const EXAMPLES: Readonly<Record<string, string>> = {
  BOOLEAN: 'true',
  TINYINT: '42',
  SMALLINT: '42',
  INTEGER: '42',
  BIGINT: '42',
  DECIMAL: '1.5',
  FLOAT: '1.5',
  DOUBLE: '1.5',
  DATE: '2026-11-18',
  TIME: '09:30:00',
  TIMESTAMP: '2026-11-18 09:30:00',
  TIMESTAMP_LTZ: '2026-11-18 09:30:00Z',
  ROW: '{"name": 1}',
  ARRAY: '[1, 2]',
  MAP: '{"key": 1}',
};

export function findMisfit(value: JsonValue | undefined, type: LogicalType, column: string): Misfit | null {
  if (value === undefined || value === null) return null;
  if (type.kind === 'ROW' && isObject(value)) {
    for (const field of type.fields) {
      const inner = findMisfit(value[field.name], field.type, `${column}.${field.name}`);
      if (inner !== null) return inner;
    }
    return null;
  }
  const example = EXAMPLES[type.kind];
  return example === undefined || fits(value, type) ? null : { column, value, type, example };
}

function fits(value: JsonValue, type: LogicalType): boolean {
  if (type.kind === 'ARRAY') return Array.isArray(value);
  if (type.kind === 'ROW' || type.kind === 'MAP') return isObject(value);
  if (typeof value === 'object') return false;
  const text = String(value).trim();
  if (type.kind === 'BOOLEAN') return typeof value !== 'number' && /^(true|false)$/i.test(text);
  if (typeof value === 'boolean') return false;
  const temporal = TEMPORAL[type.kind];
  if (temporal !== undefined) return typeof value === 'string' && temporal.test(text);
  if (type.kind === 'FLOAT' || type.kind === 'DOUBLE') return /^([+-]?Infinity|NaN)$/.test(text) || isNumber(text);
  return isNumber(text) && hasRoom(text, type);
}

function isNumber(text: string): boolean {
  return NUMBER.test(text) && /\d/.test(text);
}

/** Numbers with an exponent are left to the reader. */
function hasRoom(text: string, type: LogicalType): boolean {
  const [, sign, whole = '', fraction = ''] = NUMBER.exec(text) ?? [];
  if (/e/i.test(text)) return true;
  if (type.kind === 'DECIMAL') return whole.replace(/^0+/, '').length <= type.precision - type.scale;
  const limit = 2n ** (INTEGER_BITS[type.kind] ?? 63n);
  const magnitude = BigInt(whole === '' ? '0' : whole);
  return /^0*$/.test(fraction) && (sign === '-' ? magnitude <= limit : magnitude < limit);
}

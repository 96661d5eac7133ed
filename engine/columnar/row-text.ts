/** Rows as JSON text, one object a line, for tails of edges, print and preview; written as the NDJSON sink writes them with SQL timestamps. */
import type { LogicalType } from '../types/logical-type.ts';
import { ROW_KIND_SYMBOLS } from '../types/row-kind.ts';
import type { Batch } from './batch.ts';
import { type ColumnValue, floorMillis, NANOS_PER_MILLI } from './column-value.ts';
import { printDouble, printFloat } from './floating-text.ts';
import { printDecimalScientific } from './number-text.ts';
import { readRow, readRowKind, selectedRows } from './row-reader.ts';
import { printDate, printTime, printTimestamp } from './temporal-text.ts';

/** Range of `Date`-like arithmetic on doubles; timestamps beyond it are printed as their milliseconds. */
const PRINTABLE_MILLIS = 8_640_000_000_000_000n;

/** JSON texts of the first `rowsMax` selected rows. */
export function printRows(batch: Batch, rowsMax: number): string[] {
  return selectedRows(batch)
    .slice(0, rowsMax)
    .map((row) => printRow(batch, row));
}

/** One physical row as a JSON object; a changelog row that is not an insert carries its kind first, as `"op":"-D"`. */
export function printRow(batch: Batch, row: number): string {
  const values = readRow(batch, row);
  const members = batch.schema.fields.map((field, index) => `${JSON.stringify(field.name)}:${printValue(field.type, values[index])}`);
  const kind = readRowKind(batch, row);
  if (kind !== 0) members.unshift(`"op":"${ROW_KIND_SYMBOLS[kind]}"`);
  return `{${members.join(',')}}`;
}

/** One value as JSON; BIGINT and DECIMAL keep all their digits. */
export function printValue(type: LogicalType, value: ColumnValue): string {
  if (value === null) return 'null';
  switch (type.kind) {
    case 'FLOAT':
      return quoteSpecial(printFloat(Number(value)));
    case 'DOUBLE':
      return quoteSpecial(printDouble(Number(value)));
    case 'DECIMAL':
      return printDecimalScientific(BigInt(value as bigint), type.scale);
    case 'DATE':
      return `"${printDate(Number(value))}"`;
    case 'TIME':
      return `"${printTime(Number(value))}"`;
    case 'TIMESTAMP':
      return `"${printNanos(value as bigint)}"`;
    case 'TIMESTAMP_LTZ':
      return `"${printNanos(value as bigint)}Z"`;
    case 'BINARY':
    case 'VARBINARY':
      return `"${encodeBase64(value as Uint8Array)}"`;
    case 'ROW': {
      const values = value as readonly ColumnValue[];
      return `{${type.fields.map((field, index) => `${JSON.stringify(field.name)}:${printValue(field.type, values[index])}`).join(',')}}`;
    }
    default:
      return printPlain(value);
  }
}

function printPlain(value: ColumnValue): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object') return JSON.stringify(value);
  return JSON.stringify(value, (_key, inner) => (typeof inner === 'bigint' ? Number(inner) : inner));
}

function printNanos(nanos: bigint): string {
  const millis = floorMillis(nanos);
  if (millis > PRINTABLE_MILLIS || millis < -PRINTABLE_MILLIS) return millis.toString();
  return printTimestamp(Number(millis), Number(nanos - millis * NANOS_PER_MILLI), ' ');
}

function quoteSpecial(text: string): string {
  return text.endsWith('N') || text.endsWith('y') ? `"${text}"` : text;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** RFC 4648 base64 with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const word = (bytes[at] << 16) | ((left > 1 ? bytes[at + 1] : 0) << 8) | (left > 2 ? bytes[at + 2] : 0);
    text +=
      BASE64[word >> 18] + BASE64[(word >> 12) & 63] + (left > 1 ? BASE64[(word >> 6) & 63] : '=') + (left > 2 ? BASE64[word & 63] : '=');
  }
  return text;
}

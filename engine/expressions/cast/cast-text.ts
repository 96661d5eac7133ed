/** Casts to CHAR, VARCHAR and STRING, and the lengths of text and bytes. */

import { printDouble, printFloat } from '../../columnar/floating-text.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { LENGTH_MAX } from '../../types/logical-type.ts';
import { printDate, printMillis, printMonths, printTime, printTimestamp } from '../datetime/print-datetime.ts';
import { requireZone } from '../datetime/zone.ts';
import { printDecimal } from '../decimal.ts';
import { decodeUtf8 } from '../utf8.ts';
import type { Value } from '../value.ts';
import { NANOS_PER_MILLI, timestampMillis } from '../value.ts';

export function castToText(from: LogicalType, to: LogicalType, timeZone: string): (value: Value) => Value {
  const print = printerOf(from, timeZone);
  const length = 'length' in to ? to.length : LENGTH_MAX;
  if (to.kind === 'CHAR') return (value) => fitText(print(value), length, true);
  if (length === LENGTH_MAX) return print;
  return (value) => fitText(print(value), length, false);
}

/** How a value of `type` reads as STRING. */
export function printerOf(type: LogicalType, timeZone: string): (value: Value) => string {
  switch (type.kind) {
    case 'BOOLEAN':
      return (value) => (value === true ? 'TRUE' : 'FALSE');
    case 'DECIMAL':
      return (value) => printDecimal(value as bigint, type.scale);
    case 'FLOAT':
      return (value) => printFloat(value as number);
    case 'DOUBLE':
      return (value) => printDouble(value as number);
    case 'BINARY':
    case 'VARBINARY':
      return (value) => decodeUtf8(value as Uint8Array);
    case 'DATE':
      return (value) => printDate(value as number);
    case 'TIME':
      return (value) => printTime(value as number, type.precision);
    case 'TIMESTAMP':
      return (value) => printTimestamp(value as bigint, type.precision);
    case 'TIMESTAMP_LTZ': {
      const zone = requireZone(timeZone);
      return (value) => {
        const nanos = value as bigint;
        const offset = zone.offsetAt(Number(timestampMillis(nanos)));
        return printTimestamp(nanos + BigInt(offset) * NANOS_PER_MILLI, type.precision);
      };
    }
    case 'INTERVAL_YEAR_MONTH':
      return (value) => printMonths(value as number);
    case 'INTERVAL_DAY_TIME':
      return (value) => printMillis(value as bigint);
    default:
      return (value) => String(value);
  }
}

/** Cuts to `length` code points; `pad` fills CHAR with blanks. */
export function fitText(text: string, length: number, pad: boolean): string {
  if (text.length < length && !/[\ud800-\udbff]/.test(text)) return pad ? text.padEnd(length, ' ') : text;
  let points = 0;
  let at = 0;
  while (at < text.length && points < length) {
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
    points++;
  }
  if (at < text.length) return text.slice(0, at);
  return pad && points < length ? text + ' '.repeat(length - points) : text;
}

/** Cuts to `length` bytes; `fixed` fills BINARY with zeros. */
export function fitBinary(bytes: Uint8Array, length: number, fixed: boolean): Uint8Array {
  if (bytes.length > length) return bytes.slice(0, length);
  if (!fixed || bytes.length === length) return bytes;
  const padded = new Uint8Array(length);
  padded.set(bytes);
  return padded;
}

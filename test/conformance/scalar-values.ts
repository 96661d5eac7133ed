/** Reads and writes values in the JSON encoding of the scalar vectors. */
import { civilFromDays, daysFromCivil, MILLIS_PER_DAY } from '../../engine/base/calendar.ts';
import { parseExact, printDecimal, rescale } from '../../engine/expressions/decimal.ts';
import { encodeUtf8 } from '../../engine/expressions/utf8.ts';
import type { Value } from '../../engine/expressions/value.ts';
import { timestampMillis, timestampNanosOfMilli } from '../../engine/expressions/value.ts';
import type { LogicalType } from '../../engine/types/logical-type.ts';

/** The boxed value of an encoded one; undefined when the type is not built. */
export function readValue(encoded: unknown, type: LogicalType): Value | undefined {
  if (encoded === null || encoded === undefined) return null;
  switch (type.kind) {
    case 'BOOLEAN':
    case 'CHAR':
    case 'VARCHAR':
      return encoded as Value;
    case 'TINYINT':
    case 'SMALLINT':
    case 'INTEGER':
    case 'INTERVAL_YEAR_MONTH':
      return Number(encoded);
    case 'BIGINT':
    case 'INTERVAL_DAY_TIME':
      return BigInt(encoded as string);
    case 'FLOAT':
      return Math.fround(Number(encoded));
    case 'DOUBLE':
      return Number(encoded);
    case 'DECIMAL': {
      const exact = parseExact(String(encoded));
      return exact === null ? undefined : rescale(exact.unscaled, exact.scale, type.scale);
    }
    case 'BINARY':
    case 'VARBINARY':
      return new Uint8Array(Buffer.from(encoded as string, 'base64'));
    case 'DATE':
      return readDate(encoded as string);
    case 'TIME':
      return Number(readClock(encoded as string) / 1_000_000n);
    case 'TIMESTAMP':
    case 'TIMESTAMP_LTZ': {
      const [date, time] = (encoded as string).replace(/Z$/, '').split('T');
      return BigInt(readDate(date)) * 86_400_000_000_000n + readClock(time);
    }
    case 'ROW':
      return type.fields.map((field, index) => readValue((encoded as unknown[])[index], field.type) ?? null);
    default:
      return undefined;
  }
}

function readDate(text: string): number {
  const match = /^([+-]?)(\d+)-(\d+)-(\d+)$/.exec(text);
  if (match === null) throw new Error(`not a date: ${text}`);
  return daysFromCivil(match[1] === '-' ? -Number(match[2]) : Number(match[2]), Number(match[3]), Number(match[4]));
}

function readClock(text: string): bigint {
  const match = /^(\d+):(\d+):(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) throw new Error(`not a time: ${text}`);
  const seconds = (Number(match[1]) * 60 + Number(match[2])) * 60 + Number(match[3]);
  return BigInt(seconds) * 1_000_000_000n + BigInt((match[4] ?? '').padEnd(9, '0'));
}

/** The encoding of a value, as text that can be compared. */
export function writeValue(value: Value, type: LogicalType): string {
  return JSON.stringify(encode(value, type));
}

function encode(value: Value, type: LogicalType): unknown {
  if (value === null) return null;
  switch (type.kind) {
    case 'FLOAT':
    case 'DOUBLE':
      return encodeNumber(value as number, type.kind);
    case 'DECIMAL':
      return printDecimal(value as bigint, type.scale);
    case 'BINARY':
    case 'VARBINARY':
      return Buffer.from(value as Uint8Array).toString('base64');
    case 'DATE':
      return encodeDate(value as number);
    case 'TIME':
      return encodeClock(value as number, 0, type.precision);
    case 'TIMESTAMP':
    case 'TIMESTAMP_LTZ':
      return encodeTimestamp(value as bigint, type.precision) + (type.kind === 'TIMESTAMP_LTZ' ? 'Z' : '');
    case 'ROW':
      return type.fields.map((field, index) => encode((value as readonly Value[])[index], field.type));
    case 'CHAR':
    case 'VARCHAR':
      // Bytes that are no characters are shown as U+FFFD, as everywhere outside.
      return new TextDecoder('utf-8', { ignoreBOM: true }).decode(encodeUtf8(value as string));
    default:
      return typeof value === 'bigint' ? value.toString() : value;
  }
}

function encodeNumber(value: number, kind: 'FLOAT' | 'DOUBLE'): unknown {
  if (Object.is(value, -0)) return '-0.0';
  if (!Number.isFinite(value)) return String(value);
  return kind === 'FLOAT' ? shortestFloat(value) : value;
}

function shortestFloat(value: number): number {
  for (let digits = 1; digits < 10; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}

function encodeDate(days: number): string {
  const { year, month, day } = civilFromDays(days);
  const sign = year > 9999 ? '+' : year < 0 ? '-' : '';
  return `${sign}${String(Math.abs(year)).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** At least `precision` fraction digits, more where the value has more. */
function encodeClock(millisOfDay: number, nanosOfMilli: number, precision: number): string {
  const seconds = Math.floor(millisOfDay / 1000);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
  const fraction = String(millisOfDay - seconds * 1000).padStart(3, '0') + String(nanosOfMilli).padStart(6, '0');
  let digits = 9;
  while (digits > precision && fraction[digits - 1] === '0') digits--;
  return digits === 0 ? clock : `${clock}.${fraction.slice(0, digits)}`;
}

function encodeTimestamp(nanos: bigint, precision: number): string {
  const millis = timestampMillis(nanos);
  const perDay = BigInt(MILLIS_PER_DAY);
  const millisOfDay = ((millis % perDay) + perDay) % perDay;
  const days = Number((millis - millisOfDay) / perDay);
  return `${encodeDate(days)}T${encodeClock(Number(millisOfDay), timestampNanosOfMilli(nanos), precision)}`;
}

const ULPS_MAX = 4;

/** True when two encodings agree; `loose` allows DOUBLEs a few units in the last place. */
export function sameEncoding(expected: unknown, actual: string, loose: boolean): boolean {
  const wanted = JSON.stringify(expected);
  if (wanted === actual) return true;
  const a = Number(expected);
  const b = Number(JSON.parse(actual));
  if (!loose || typeof expected === 'boolean' || expected === null || !Number.isFinite(a) || !Number.isFinite(b)) return false;
  return Math.abs(a - b) <= Math.abs(a) * 2 ** -52 * ULPS_MAX;
}

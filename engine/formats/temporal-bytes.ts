/** Reads dates and times from ASCII bytes, as Flink's JSON and CSV formats accept them. */
import { daysFromCivil, daysInMonth, MILLIS_PER_DAY } from '../base/calendar.ts';

/** Spelling of TIMESTAMP in text: `2024-02-28 23:59:00.123` or `2024-02-28T23:59:00.123`. */
export type TimestampFormat = 'sql' | 'iso-8601';

/** Result of a parse that failed: the text is not of this form. */
export const NOT_TEMPORAL = Number.NaN;

const DASH = 45;
const COLON = 58;
const DOT = 46;

/** Nanoseconds of the millisecond of the last timestamp read; a second result without an object per value. */
export const lastRead = { nanosOfMilli: 0 };

function twoDigits(bytes: Uint8Array, at: number): number {
  const high = bytes[at] - 48;
  const low = bytes[at + 1] - 48;
  return high >>> 0 < 10 && low >>> 0 < 10 ? high * 10 + low : Number.NaN;
}

/** Days since 1970-01-01 of the 10 bytes `YYYY-MM-DD` at `at`. */
export function readDate(bytes: Uint8Array, at: number, end: number): number {
  if (end - at !== 10 || bytes[at + 4] !== DASH || bytes[at + 7] !== DASH) return NOT_TEMPORAL;
  const year = twoDigits(bytes, at) * 100 + twoDigits(bytes, at + 2);
  const month = twoDigits(bytes, at + 5);
  const day = twoDigits(bytes, at + 8);
  if (!(year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month))) return NOT_TEMPORAL;
  return daysFromCivil(year, month, day);
}

/** Milliseconds of the day of `HH:mm:ss[.f…]` (`HH:mm` too when `secondsOptional`); the finer digits go to `lastRead`. */
export function readTime(bytes: Uint8Array, at: number, end: number, secondsOptional: boolean): number {
  lastRead.nanosOfMilli = 0;
  const hours = twoDigits(bytes, at);
  const minutes = twoDigits(bytes, at + 3);
  if (end - at < 5 || bytes[at + 2] !== COLON || !(hours < 24) || !(minutes < 60)) return NOT_TEMPORAL;
  const minuteMillis = (hours * 60 + minutes) * 60_000;
  if (end - at === 5) return secondsOptional ? minuteMillis : NOT_TEMPORAL;
  const seconds = twoDigits(bytes, at + 6);
  if (end - at < 8 || bytes[at + 5] !== COLON || !(seconds < 60)) return NOT_TEMPORAL;
  if (end - at === 8) return minuteMillis + seconds * 1000;
  if (bytes[at + 8] !== DOT || end - at < 10 || end - at > 18) return NOT_TEMPORAL;
  let nanos = 0;
  for (let index = at + 9; index < at + 18; index++) {
    const digit = index < end ? bytes[index] - 48 : 0;
    if (digit >>> 0 > 9) return NOT_TEMPORAL;
    nanos = nanos * 10 + digit;
  }
  const millis = Math.floor(nanos / 1_000_000);
  lastRead.nanosOfMilli = nanos - millis * 1_000_000;
  return minuteMillis + seconds * 1000 + millis;
}

/**
 * Epoch milliseconds of a TIMESTAMP, or of a TIMESTAMP_LTZ when `zoned`: then it ends in `Z` (an offset such as `+01:00`
 * is taken too). Exactly the separator of `format` is accepted, as Flink does.
 */
export function readTimestamp(bytes: Uint8Array, at: number, end: number, format: TimestampFormat, zoned: boolean): number {
  if (end - at < 16 || bytes[at + 10] !== (format === 'sql' ? 32 : 84)) return NOT_TEMPORAL;
  let timeEnd = end;
  let offsetMillis = 0;
  if (zoned) {
    const last = bytes[end - 1];
    if (last === 90 || last === 122) timeEnd = end - 1;
    else {
      offsetMillis = readOffset(bytes, end - 6);
      timeEnd = end - 6;
    }
  }
  const days = readDate(bytes, at, at + 10);
  const millis = readTime(bytes, at + 11, timeEnd, format === 'iso-8601');
  return days * MILLIS_PER_DAY + millis - offsetMillis;
}

/** Milliseconds of `+HH:mm` or `-HH:mm`. */
function readOffset(bytes: Uint8Array, at: number): number {
  const sign = bytes[at] === 43 ? 1 : bytes[at] === DASH ? -1 : Number.NaN;
  const hours = twoDigits(bytes, at + 1);
  const minutes = twoDigits(bytes, at + 4);
  if (bytes[at + 3] !== COLON || !(hours <= 18) || !(minutes < 60)) return NOT_TEMPORAL;
  return sign * (hours * 60 + minutes) * 60_000;
}

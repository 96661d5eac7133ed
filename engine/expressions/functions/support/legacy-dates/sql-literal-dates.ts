/** java.sql.Timestamp.valueOf and java.sql.Date.valueOf: what TO_TIMESTAMP falls back to when its pattern does not fit. */
import { civilFromDays, daysFromCivil } from '../../../../base/calendar.ts';
import { daysFromHybrid, hybridFromDays } from './hybrid-calendar.ts';

const NANOS_PER_SECOND = 1_000_000_000n;
const SECONDS_PER_DAY = 86_400n;
const DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const TIMESTAMP = /^(\d{4})-(\d{1,2})-(\d{1,2}) ([+-]?\d+):([+-]?\d+):([+-]?\d+)(?:\.(\d{1,9}))?$/;
const INT_MAX = 2_147_483_647;

/** The day as written: counted in the old calendar, then read again as if in the new one; years BC lose their sign. */
function localDay(year: number, month: number, day: number, extraDays: number): number | null {
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  const date = hybridFromDays(daysFromHybrid(year, month, day) + extraDays);
  const days = daysFromCivil(date.year > 0 ? date.year : 1 - date.year, date.month, date.day);
  return civilFromDays(days).day === date.day ? days : null;
}

function parseSqlDate(text: string): bigint | null {
  const found = DATE.exec(text);
  if (found === null) return null;
  const days = localDay(Number(found[1]), Number(found[2]), Number(found[3]), 0);
  return days === null ? null : BigInt(days) * SECONDS_PER_DAY * NANOS_PER_SECOND;
}

function parseSqlTimestamp(text: string): bigint | null {
  const found = TIMESTAMP.exec(text);
  if (found === null) return null;
  const [hour, minute, second] = [Number(found[4]), Number(found[5]), Number(found[6])];
  if (Math.abs(hour) > INT_MAX || Math.abs(minute) > INT_MAX || Math.abs(second) > INT_MAX) return null;
  const seconds = hour * 3600 + minute * 60 + second;
  const wholeDays = Math.floor(seconds / 86_400);
  const days = localDay(Number(found[1]), Number(found[2]), Number(found[3]), wholeDays);
  if (days === null) return null;
  const secondOfDay = BigInt(seconds - wholeDays * 86_400);
  const nanos = BigInt((found[7] ?? '0').padEnd(9, '0'));
  return (BigInt(days) * SECONDS_PER_DAY + secondOfDay) * NANOS_PER_SECOND + nanos;
}

/** Nanoseconds since 1970 of a date, or of date and time when there is a blank; `null` when neither reads. */
export function parseSqlLiteral(text: string): bigint | null {
  const trimmed = text.replace(/^[\0- ]+|[\0- ]+$/g, '');
  return trimmed.includes(' ') ? parseSqlTimestamp(trimmed) : parseSqlDate(trimmed);
}

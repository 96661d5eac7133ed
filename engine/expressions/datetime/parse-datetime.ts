/** Reads dates and times as Flink's casts and literals do; each has its own idea of what is well formed. */
import { daysFromCivil, daysInMonth, MILLIS_PER_DAY } from '../../base/calendar.ts';

const DAY_NANOS = 86_400_000_000_000n;

/** What CAST(text AS DATE) reads: `2024`, `2024-2`, `2024-02-29`, anything after a blank ignored; null where it fails. */
export function parseDate(text: string): number | null {
  const trimmed = text.trim();
  const blank = trimmed.indexOf(' ');
  const match = /^(\d+)(?:-(\d+)(?:-(\d+))?)?$/.exec(blank < 0 ? trimmed : trimmed.slice(0, blank));
  if (match === null) return null;
  const year = Number(match[1]);
  const month = Number(match[2] ?? 1);
  const day = Number(match[3] ?? 1);
  if (year > 9999 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return daysFromCivil(year, month, day);
}

/** What CAST(text AS TIME) reads: `12`, `12:34`, `1:2:3.456`; milliseconds of the day, null where it fails. */
export function parseTime(text: string): number | null {
  const match = /^(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:\.(\d*))?)?)?$/.exec(text.trim());
  if (match === null) return null;
  const hour = Number(match[1]);
  const minute = Number(match[2] ?? 0);
  const second = Number(match[3] ?? 0);
  if (hour > 23 || minute > 59 || second > 59) return null;
  const millis = Number((match[4] ?? '').slice(0, 3).padEnd(3, '0'));
  return ((hour * 60 + minute) * 60 + second) * 1000 + millis;
}

const TIMESTAMP_TEXT = /^(\d{4})-(\d{1,2})-(\d{1,2})(?: (\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.(\d{1,9}))?)?$/;

/**
 * What CAST(text AS TIMESTAMP) and TO_TIMESTAMP(text) read: nanoseconds; a day its month does not have becomes the
 * month's last, `24:00:00` the next day. Null where it fails.
 */
export function parseTimestamp(text: string): bigint | null {
  const match = TIMESTAMP_TEXT.exec(text);
  if (match === null) return null;
  const year = Number(match[1]);
  const month = Number(match[2]);
  const day = Number(match[3]);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31) return null;
  const days = daysFromCivil(year, month, Math.min(day, daysInMonth(year, month)));
  const ofDay = timeOfDay(match[4], match[5], match[6], match[7]);
  return ofDay === null ? null : BigInt(days) * DAY_NANOS + ofDay;
}

function timeOfDay(
  hourText: string | undefined,
  minuteText: string | undefined,
  secondText: string | undefined,
  fraction: string | undefined,
): bigint | null {
  const hour = Number(hourText ?? 0);
  const minute = Number(minuteText ?? 0);
  const second = Number(secondText ?? 0);
  const nanos = BigInt((fraction ?? '').padEnd(9, '0') || '0');
  const wholeDay = hour === 24 && minute === 0 && second === 0 && nanos === 0n;
  if ((hour > 23 && !wholeDay) || minute > 59 || second > 59) return null;
  return BigInt(((hour * 60 + minute) * 60 + second) * 1000) * 1_000_000n + nanos;
}

/** A literal's text after DATE; null when it is not `yyyy-MM-dd`. */
export function parseDateLiteral(text: string): number | null {
  const match = /^(\d{1,4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (match === null) return null;
  return literalDay(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** Literals are read with the calendar of 1582: the ten days that were left out then do not exist. */
function literalDay(year: number, month: number, day: number): number | null {
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  if (year === 1582 && month === 10 && day > 4 && day < 15) return null;
  return daysFromCivil(year, month, day);
}

/** A literal's text after TIME, milliseconds of the day; null when it is not `HH:mm:ss[.fff]`. */
export function parseTimeLiteral(text: string): number | null {
  const match = /^(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.(\d+))?$/.exec(text);
  if (match === null) return null;
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (hour > 23 || minute > 59 || second > 59) return null;
  return ((hour * 60 + minute) * 60 + second) * 1000 + Number((match[4] ?? '').slice(0, 3).padEnd(3, '0'));
}

/** A literal's text after TIMESTAMP with the number of fraction digits it carries; null when malformed. */
export function parseTimestampLiteral(text: string): { readonly nanos: bigint; readonly precision: number } | null {
  const match = /^(\d{1,4}-\d{1,2}-\d{1,2})(?: (\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.(\d+))?)?$/.exec(text);
  if (match === null) return null;
  const days = parseDateLiteral(match[1]);
  if (days === null) return null;
  const [hour, minute, second] = [Number(match[2] ?? 0), Number(match[3] ?? 0), Number(match[4] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return null;
  const fraction = match[5] ?? '';
  const millis = days * MILLIS_PER_DAY + ((hour * 60 + minute) * 60 + second) * 1000;
  return { nanos: BigInt(millis) * 1_000_000n + BigInt(fraction.slice(0, 9).padEnd(9, '0')), precision: Math.min(fraction.length, 9) };
}

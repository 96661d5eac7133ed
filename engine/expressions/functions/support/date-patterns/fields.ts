/** The date and time fields that pattern letters stand for, read from a local date and time. */
import { civilFromDays, daysFromCivil, isLeapYear } from '../../../../base/calendar.ts';

export const NANOS_PER_DAY = 86_400_000_000_000;

export interface LocalDateTime {
  /** Days since 1970-01-01. */
  readonly days: number;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** 0 … 86 399 999 999 999; exact in a double. */
  readonly nanosOfDay: number;
}

export function localDateTime(nanos: bigint): LocalDateTime {
  const perDay = BigInt(NANOS_PER_DAY);
  const nanosOfDay = ((nanos % perDay) + perDay) % perDay;
  const days = Number((nanos - nanosOfDay) / perDay);
  return { days, ...civilFromDays(days), nanosOfDay: Number(nanosOfDay) };
}

export function dayOfYear(year: number, days: number): number {
  return days - daysFromCivil(year, 1, 1) + 1;
}

/** 1 = Monday … 7 = Sunday. */
export function isoDayOfWeek(days: number): number {
  return ((((days + 3) % 7) + 7) % 7) + 1;
}

/** 1 = Sunday … 7 = Saturday, as weeks are counted in the United States. */
export function localDayOfWeek(days: number): number {
  return (isoDayOfWeek(days) % 7) + 1;
}

/** Weeks start on Sunday and the first may be one day long: the rule of the locale en_US. */
function weekNumber(ordinal: number, dayOfWeek: number): number {
  const startOfFirst = (((dayOfWeek - ordinal) % 7) + 7) % 7;
  return Math.floor((ordinal - 1 + startOfFirst) / 7) + 1;
}

export function weekOfMonth(date: LocalDateTime): number {
  return weekNumber(date.day, localDayOfWeek(date.days));
}

/** Week and week-based year: the last days of December belong to week 1 when January begins in their week. */
export function weekOfWeekYear(date: LocalDateTime): { readonly week: number; readonly weekYear: number } {
  const ordinal = dayOfYear(date.year, date.days);
  const dayOfWeek = localDayOfWeek(date.days);
  const length = isLeapYear(date.year) ? 366 : 365;
  const toSaturday = 7 - dayOfWeek;
  if (ordinal + toSaturday > length) return { week: 1, weekYear: date.year + 1 };
  return { week: weekNumber(ordinal, dayOfWeek), weekYear: date.year };
}

export type FieldName =
  | 'era'
  | 'year'
  | 'yearOfEra'
  | 'quarter'
  | 'month'
  | 'dayOfMonth'
  | 'dayOfYear'
  | 'dayOfWeek'
  | 'localDayOfWeek'
  | 'alignedDayOfWeekInMonth'
  | 'weekOfMonth'
  | 'week'
  | 'weekYear'
  | 'modifiedJulianDay'
  | 'amPm'
  | 'hourOfDay'
  | 'clockHourOfDay'
  | 'hourOfAmPm'
  | 'clockHourOfAmPm'
  | 'minute'
  | 'second'
  | 'nanoOfSecond'
  | 'milliOfDay'
  | 'nanoOfDay';

function timeField(field: FieldName, nanos: number): number {
  const hour = Math.floor(nanos / 3_600_000_000_000);
  switch (field) {
    case 'amPm':
      return hour < 12 ? 0 : 1;
    case 'hourOfDay':
      return hour;
    case 'clockHourOfDay':
      return hour === 0 ? 24 : hour;
    case 'hourOfAmPm':
      return hour % 12;
    case 'clockHourOfAmPm':
      return hour % 12 === 0 ? 12 : hour % 12;
    case 'minute':
      return Math.floor(nanos / 60_000_000_000) % 60;
    case 'second':
      return Math.floor(nanos / 1_000_000_000) % 60;
    case 'nanoOfSecond':
      return nanos % 1_000_000_000;
    case 'milliOfDay':
      return Math.floor(nanos / 1_000_000);
    default:
      return nanos;
  }
}

export function fieldOf(field: FieldName, date: LocalDateTime): number {
  switch (field) {
    case 'era':
      return date.year > 0 ? 1 : 0;
    case 'year':
      return date.year;
    case 'yearOfEra':
      return date.year > 0 ? date.year : 1 - date.year;
    case 'quarter':
      return Math.floor((date.month - 1) / 3) + 1;
    case 'month':
      return date.month;
    case 'dayOfMonth':
      return date.day;
    case 'dayOfYear':
      return dayOfYear(date.year, date.days);
    case 'dayOfWeek':
      return isoDayOfWeek(date.days);
    case 'localDayOfWeek':
      return localDayOfWeek(date.days);
    case 'alignedDayOfWeekInMonth':
      return ((date.day - 1) % 7) + 1;
    case 'weekOfMonth':
      return weekOfMonth(date);
    case 'week':
      return weekOfWeekYear(date).week;
    case 'weekYear':
      return weekOfWeekYear(date).weekYear;
    case 'modifiedJulianDay':
      return date.days + 40_587;
    default:
      return timeField(field, date.nanosOfDay);
  }
}

export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
/** From Monday. */
export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

export type TextStyle = 'full' | 'short' | 'narrow';

export function shorten(name: string, style: TextStyle): string {
  if (style === 'full') return name;
  return style === 'short' ? name.slice(0, 3) : name[0];
}

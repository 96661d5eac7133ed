/** Makes a local date and time of parsed fields by java.time's SMART rules, then fills what is missing as Flink does. */
import { civilFromDays, daysFromCivil, daysInMonth, isLeapYear } from '../../../../base/calendar.ts';
import type { FieldName } from './fields.ts';
import { isoDayOfWeek, localDayOfWeek } from './fields.ts';

export type ParsedFields = Map<FieldName, number>;

export interface ResolvedDate {
  readonly days: number;
  readonly nanosOfDay: number;
}

/** A field outside its range, or two that contradict each other. */
class UnresolvableError extends Error {}

const RANGES: Readonly<Partial<Record<FieldName, readonly [number, number]>>> = {
  year: [-999_999_999, 999_999_999],
  yearOfEra: [1, 999_999_999],
  month: [1, 12],
  quarter: [1, 4],
  dayOfMonth: [1, 31],
  dayOfYear: [1, 366],
  alignedDayOfWeekInMonth: [1, 7],
  hourOfDay: [0, 23],
  clockHourOfDay: [1, 24],
  hourOfAmPm: [0, 11],
  clockHourOfAmPm: [1, 12],
  minute: [0, 59],
  second: [0, 59],
  nanoOfSecond: [0, 999_999_999],
  milliOfDay: [0, 86_399_999],
  nanoOfDay: [0, 86_399_999_999_999],
};

function checked(field: FieldName, value: number): number {
  const range = RANGES[field];
  if (range !== undefined && (value < range[0] || value > range[1])) throw new UnresolvableError();
  return value;
}

function take(fields: ParsedFields, field: FieldName): number | undefined {
  const value = fields.get(field);
  fields.delete(field);
  return value;
}

function put(fields: ParsedFields, field: FieldName, value: number): void {
  const old = fields.get(field);
  if (old !== undefined && old !== value) throw new UnresolvableError();
  fields.set(field, value);
}

function resolveYear(fields: ParsedFields): void {
  const yearOfEra = take(fields, 'yearOfEra');
  if (yearOfEra === undefined) return;
  checked('yearOfEra', yearOfEra);
  const era = take(fields, 'era');
  const year = fields.get('year');
  if (era === undefined) put(fields, 'year', year === undefined || year > 0 ? yearOfEra : 1 - yearOfEra);
  else put(fields, 'year', era === 1 ? yearOfEra : 1 - yearOfEra);
}

/** A week-based date: week year, week and day of week in the rules of en_US. */
function resolveWeekDate(fields: ParsedFields): number | undefined {
  const weekYear = fields.get('weekYear');
  const week = fields.get('week');
  const isoDay = fields.get('dayOfWeek');
  const dayOfWeek = fields.get('localDayOfWeek') ?? (isoDay === undefined ? undefined : (isoDay % 7) + 1);
  if (weekYear === undefined || week === undefined || dayOfWeek === undefined) return undefined;
  const newYear = daysFromCivil(weekYear, 1, 1);
  return newYear - (localDayOfWeek(newYear) - 1) + (week - 1) * 7 + dayOfWeek - 1;
}

function resolveDay(fields: ParsedFields): number | undefined {
  if (fields.has('modifiedJulianDay')) return (take(fields, 'modifiedJulianDay') ?? 0) - 40_587;
  resolveYear(fields);
  const year = fields.get('year');
  const month = fields.get('month');
  const day = fields.get('dayOfMonth');
  const ordinal = fields.get('dayOfYear');
  if (year === undefined) return resolveWeekDate(fields);
  checked('year', year);
  if (month !== undefined && day !== undefined) {
    checked('month', month);
    return daysFromCivil(year, month, Math.min(checked('dayOfMonth', day), daysInMonth(year, month)));
  }
  if (ordinal === undefined) return resolveWeekDate(fields);
  if (checked('dayOfYear', ordinal) > (isLeapYear(year) ? 366 : 365)) throw new UnresolvableError();
  return daysFromCivil(year, 1, ordinal);
}

function splitWholeDay(fields: ParsedFields): void {
  const milli = take(fields, 'milliOfDay');
  const nano = take(fields, 'nanoOfDay');
  const nanos =
    nano === undefined ? (milli === undefined ? undefined : checked('milliOfDay', milli) * 1_000_000) : checked('nanoOfDay', nano);
  if (nanos === undefined) return;
  put(fields, 'hourOfDay', Math.floor(nanos / 3_600_000_000_000));
  put(fields, 'minute', Math.floor(nanos / 60_000_000_000) % 60);
  put(fields, 'second', Math.floor(nanos / 1_000_000_000) % 60);
  put(fields, 'nanoOfSecond', nanos % 1_000_000_000);
}

function resolveHour(fields: ParsedFields): void {
  const clockOfDay = take(fields, 'clockHourOfDay');
  if (clockOfDay !== undefined) {
    if (clockOfDay !== 0) checked('clockHourOfDay', clockOfDay);
    put(fields, 'hourOfDay', clockOfDay === 24 ? 0 : clockOfDay);
  }
  const clockOfHalf = take(fields, 'clockHourOfAmPm');
  if (clockOfHalf !== undefined) {
    if (clockOfHalf !== 0) checked('clockHourOfAmPm', clockOfHalf);
    put(fields, 'hourOfAmPm', clockOfHalf === 12 ? 0 : clockOfHalf);
  }
  const half = fields.get('amPm');
  const hourOfHalf = fields.get('hourOfAmPm');
  if (half !== undefined && hourOfHalf === undefined && !fields.has('hourOfDay')) resolveHalfDay(fields, half);
  if (half === undefined || hourOfHalf === undefined) return;
  fields.delete('amPm');
  fields.delete('hourOfAmPm');
  put(fields, 'hourOfDay', half * 12 + checked('hourOfAmPm', hourOfHalf));
}

/** AM or PM without an hour is the middle of that half of the day. */
function resolveHalfDay(fields: ParsedFields, half: number): void {
  fields.delete('amPm');
  put(fields, 'hourOfDay', half * 12 + 6);
}

interface Time {
  readonly nanosOfDay: number;
  readonly nextDay: boolean;
}

function timeOf(hour: number, minute: number, second: number, nano: number): Time {
  checked('minute', minute);
  checked('nanoOfSecond', nano);
  if (hour === 24 && minute === 0 && second === 0 && nano === 0) return { nanosOfDay: 0, nextDay: true };
  checked('hourOfDay', hour);
  checked('second', second);
  return { nanosOfDay: ((hour * 60 + minute) * 60 + second) * 1_000_000_000 + nano, nextDay: false };
}

/** Parts that are missing count as 0; without an hour the others need only be in their ranges. */
function looseTime(fields: ParsedFields): Time {
  const half = fields.get('hourOfAmPm');
  if (half !== undefined) checked('hourOfAmPm', half);
  return timeOf(fields.get('hourOfDay') ?? 0, fields.get('minute') ?? 0, fields.get('second') ?? 0, fields.get('nanoOfSecond') ?? 0);
}

function checkDay(fields: ParsedFields, days: number): void {
  const civil = civilFromDays(days);
  const expected: Partial<Record<FieldName, number>> = {
    dayOfWeek: isoDayOfWeek(days),
    localDayOfWeek: localDayOfWeek(days),
    month: civil.month,
    dayOfYear: days - daysFromCivil(civil.year, 1, 1) + 1,
    quarter: Math.floor((civil.month - 1) / 3) + 1,
  };
  for (const [field, value] of fields) {
    const wanted = expected[field];
    if (wanted !== undefined && wanted !== value) throw new UnresolvableError();
  }
}

/** Missing parts are 1970, January, the first, midnight. */
export function resolveFields(fields: ParsedFields): ResolvedDate | null {
  try {
    const days = resolveDay(fields);
    resolveHour(fields);
    splitWholeDay(fields);
    const time = looseTime(fields);
    if (days !== undefined) {
      checkDay(fields, days);
      return { days: days + (time.nextDay ? 1 : 0), nanosOfDay: time.nanosOfDay };
    }
    const year = fields.get('year') ?? 1970;
    const month = fields.get('month') ?? 1;
    const day = fields.get('dayOfMonth') ?? 1;
    if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
    return { days: daysFromCivil(year, month, day), nanosOfDay: time.nanosOfDay };
  } catch (error) {
    if (error instanceof UnresolvableError) return null;
    throw error;
  }
}

/** EXTRACT's units of a day number, and of months and milliseconds; divisions round towards zero, as Flink's do. */
import { civilFromDays, daysFromCivil } from '../../../base/calendar.ts';
import { isoDayOfWeek, localDayOfWeek } from './date-patterns/fields.ts';

export type DayUnit =
  | 'MILLENNIUM'
  | 'CENTURY'
  | 'DECADE'
  | 'YEAR'
  | 'ISOYEAR'
  | 'QUARTER'
  | 'MONTH'
  | 'WEEK'
  | 'DAY'
  | 'DOY'
  | 'DOW'
  | 'ISODOW';

/** The Monday of the week that holds January 4. */
function firstMonday(year: number): number {
  const january4 = daysFromCivil(year, 1, 4);
  return january4 - (isoDayOfWeek(january4) - 1);
}

/** Year of the ISO week that holds a day. */
function isoYear(days: number, year: number): number {
  if (days < firstMonday(year)) return year - 1;
  return days >= firstMonday(year + 1) ? year + 1 : year;
}

/** Centuries and millennia count from 1 upwards and from -1 downwards. */
function period(year: number, length: number): number {
  return year > 0 ? Math.trunc((year + length - 1) / length) : -Math.trunc((length - 1 - year + 1) / length);
}

export function dayField(unit: DayUnit, days: number): number {
  const { year, month, day } = civilFromDays(days);
  switch (unit) {
    case 'MILLENNIUM':
      return period(year, 1000);
    case 'CENTURY':
      return period(year, 100);
    case 'DECADE':
      return Math.trunc(year / 10);
    case 'YEAR':
      return year;
    case 'ISOYEAR':
      return isoYear(days, year);
    case 'QUARTER':
      return Math.trunc((month + 2) / 3);
    case 'MONTH':
      return month;
    case 'WEEK':
      return Math.floor((days - firstMonday(isoYear(days, year))) / 7) + 1;
    case 'DAY':
      return day;
    case 'DOY':
      return days - daysFromCivil(year, 1, 1) + 1;
    case 'DOW':
      return localDayOfWeek(days);
    case 'ISODOW':
      return isoDayOfWeek(days);
  }
}

export type MonthUnit = 'MILLENNIUM' | 'CENTURY' | 'DECADE' | 'YEAR' | 'QUARTER' | 'MONTH';

/** A field of an interval of months. */
export function monthField(unit: MonthUnit, months: number): number {
  switch (unit) {
    case 'MILLENNIUM':
      return Math.trunc(months / 12_000);
    case 'CENTURY':
      return Math.trunc(months / 1200);
    case 'DECADE':
      return Math.trunc(months / 120);
    case 'YEAR':
      return Math.trunc(months / 12);
    case 'QUARTER':
      return Math.trunc((months % 12) / 3) + 1;
    case 'MONTH':
      return months % 12;
  }
}

export type ClockUnit = 'HOUR' | 'MINUTE' | 'SECOND' | 'MILLISECOND';

/** Length of a unit in milliseconds, and how many of them make the next larger one. */
const CLOCK: Readonly<Record<ClockUnit, readonly [bigint, bigint]>> = {
  HOUR: [3_600_000n, 24n],
  MINUTE: [60_000n, 60n],
  SECOND: [1000n, 60n],
  MILLISECOND: [1n, 1000n],
};

/** A field of a number of milliseconds; negative before 1970. */
export function clockField(unit: ClockUnit, millis: bigint): bigint {
  const [length, count] = CLOCK[unit];
  return (millis / length) % count;
}

export function isClockUnit(unit: string): unit is ClockUnit {
  return Object.hasOwn(CLOCK, unit);
}

const DAY_UNITS = ['MILLENNIUM', 'CENTURY', 'DECADE', 'YEAR', 'ISOYEAR', 'QUARTER', 'MONTH', 'WEEK', 'DAY', 'DOY', 'DOW', 'ISODOW'];
const MONTH_UNITS = ['MILLENNIUM', 'CENTURY', 'DECADE', 'YEAR', 'QUARTER', 'MONTH'];

export function isDayUnit(unit: string): unit is DayUnit {
  return DAY_UNITS.includes(unit);
}

export function isMonthUnit(unit: string): unit is MonthUnit {
  return MONTH_UNITS.includes(unit);
}

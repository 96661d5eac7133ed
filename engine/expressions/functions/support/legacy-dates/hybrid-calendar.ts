/** java.util.GregorianCalendar's calendar: Julian before 1582-10-15, Gregorian from then on; lenient with fields out of range. */
import { civilFromDays, daysFromCivil } from '../../../../base/calendar.ts';

/** 1582-10-15, the first Gregorian day. */
const CUTOVER_DAYS = -141_427;
/** Days from 0000-03-01 of the Julian calendar to 1970-01-01. */
const JULIAN_EPOCH_DAYS = 719_470;

/** Day number of a Julian date; year 0 is 1 BC. */
export function daysFromJulian(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return Math.floor((1461 * shifted) / 4) + dayOfYear - JULIAN_EPOCH_DAYS;
}

function civilFromJulian(days: number): { year: number; month: number; day: number } {
  const shifted = days + JULIAN_EPOCH_DAYS;
  const year = Math.floor((4 * shifted + 3) / 1461);
  const dayOfYear = shifted - Math.floor((1461 * year) / 4);
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return { year: month <= 2 ? year + 1 : year, month, day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1 };
}

export interface HybridDate {
  /** Proleptic: 0 is 1 BC. */
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export function hybridFromDays(days: number): HybridDate {
  return days < CUTOVER_DAYS ? civilFromJulian(days) : civilFromDays(days);
}

/** Any month and day: what lies outside its range counts on. */
export function daysFromHybrid(year: number, month: number, day: number): number {
  const wholeYear = year + Math.floor((month - 1) / 12);
  const wholeMonth = ((((month - 1) % 12) + 12) % 12) + 1;
  const gregorian = daysFromCivil(wholeYear, wholeMonth, 1) + day - 1;
  return gregorian >= CUTOVER_DAYS ? gregorian : daysFromJulian(wholeYear, wholeMonth, 1) + day - 1;
}

/** Prints dates and times as Flink's CAST to STRING does. */

import { civilFromDays, MILLIS_PER_DAY } from '../../base/calendar.ts';
import { timestampMillis, timestampNanosOfMilli } from '../value.ts';

function digits(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

/** `yyyy-MM-dd`; a year is always four digits, as Flink's formatter cuts it. */
export function printDate(days: number): string {
  const { year, month, day } = civilFromDays(days);
  return `${printYear(year)}-${digits(month, 2)}-${digits(day, 2)}`;
}

function printYear(year: number): string {
  return digits(((year % 10_000) + 10_000) % 10_000, 4);
}

/** `HH:mm:ss`, and digits of the second's fraction only where the type has some and the value too. */
export function printTime(millisOfDay: number, precision: number): string {
  return printClock(millisOfDay, 0, millisOfDay % 1000 === 0 ? 0 : precision);
}

function printClock(millisOfDay: number, nanosOfMilli: number, precision: number): string {
  const seconds = Math.floor(millisOfDay / 1000);
  const clock = `${digits(Math.floor(seconds / 3600), 2)}:${digits(Math.floor(seconds / 60) % 60, 2)}:${digits(seconds % 60, 2)}`;
  if (precision === 0) return clock;
  return `${clock}.${(digits(millisOfDay - seconds * 1000, 3) + digits(nanosOfMilli, 6)).slice(0, precision)}`;
}

/** `yyyy-MM-dd HH:mm:ss.fff` with `precision` digits of fraction. */
export function printTimestamp(nanos: bigint, precision: number): string {
  const millis = Number(timestampMillis(nanos));
  const days = Math.floor(millis / MILLIS_PER_DAY);
  return `${printDate(days)} ${printClock(millis - days * MILLIS_PER_DAY, timestampNanosOfMilli(nanos), precision)}`;
}

/** `+1-02`: years and months. */
export function printMonths(months: number): string {
  const absolute = Math.abs(months);
  return `${months < 0 ? '-' : '+'}${Math.floor(absolute / 12)}-${digits(absolute % 12, 2)}`;
}

/** `+1 02:03:04.567`: days, hours, minutes, seconds. */
export function printMillis(millis: bigint): string {
  const absolute = millis < 0n ? -millis : millis;
  const day = BigInt(MILLIS_PER_DAY);
  return `${millis < 0n ? '-' : '+'}${absolute / day} ${printClock(Number(absolute % day), 0, 3)}`;
}

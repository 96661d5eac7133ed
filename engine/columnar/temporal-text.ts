/** Dates and times as text, as formats, tails and tests spell them. */
import { civilFromDays, MILLIS_PER_DAY } from '../base/calendar.ts';

/** `2024-02-29`; years outside 0…9999 as ISO 8601 spells them. */
export function printDate(days: number): string {
  const { year, month, day } = civilFromDays(days);
  return `${printYear(year)}-${pad(month, 2)}-${pad(day, 2)}`;
}

/** `23:59:00`, with as many fraction digits as the value needs (`23:59:00.5`). */
export function printTime(millisOfDay: number): string {
  return printTimeWithNanos(millisOfDay, 0);
}

/** `2024-02-29<separator>23:59:00.123`, with as many fraction digits as the value needs. `millis` is a safe integer. */
export function printTimestamp(millis: number, nanosOfMilli: number, separator: ' ' | 'T'): string {
  const days = Math.floor(millis / MILLIS_PER_DAY);
  return printDate(days) + separator + printTimeWithNanos(millis - days * MILLIS_PER_DAY, nanosOfMilli);
}

function printTimeWithNanos(millisOfDay: number, nanosOfMilli: number): string {
  const seconds = Math.floor(millisOfDay / 1000);
  const nanos = (millisOfDay - seconds * 1000) * 1_000_000 + nanosOfMilli;
  const clock = `${pad(Math.floor(seconds / 3600), 2)}:${pad(Math.floor(seconds / 60) % 60, 2)}:${pad(seconds % 60, 2)}`;
  return nanos === 0 ? clock : `${clock}.${pad(nanos, 9).replace(/0+$/, '')}`;
}

function printYear(year: number): string {
  if (year >= 0 && year <= 9999) return pad(year, 4);
  return year < 0 ? `-${pad(-year, 4)}` : `+${year}`;
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

/** Dates and times as text: the calendar arithmetic and the spellings shared by formats, tails and tests. */

export const MILLIS_PER_DAY = 86_400_000;

/** Days since 1970-01-01 of a proleptic Gregorian date; `month` 1…12. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

/** Year, month (1…12) and day of `days` since 1970-01-01. */
export function civilFromDays(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthPart = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthPart < 10 ? monthPart + 3 : monthPart - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthPart + 2) / 5) + 1,
  };
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

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

/**
 * FLOOR and CEIL of days to calendar units. Flink reads the day in the old calendar (Julian before 1582-10-15) and counts the
 * result in the new one, so days before that change shift; kept, because answers must agree.
 */
import { daysFromCivil } from '../../../base/calendar.ts';
import { localDayOfWeek } from './date-patterns/fields.ts';
import { hybridFromDays } from './legacy-dates/hybrid-calendar.ts';

export type RoundUnit = 'MILLENNIUM' | 'CENTURY' | 'DECADE' | 'YEAR' | 'QUARTER' | 'MONTH' | 'WEEK' | 'DAY';

const ROUND_UNITS = ['MILLENNIUM', 'CENTURY', 'DECADE', 'YEAR', 'QUARTER', 'MONTH', 'WEEK', 'DAY'];

export function isRoundUnit(unit: string): unit is RoundUnit {
  return ROUND_UNITS.includes(unit);
}

/** First year of a century or millennium: they begin with the year 1. */
function periodStart(year: number, length: number, up: boolean): number {
  return length * Math.trunc((year + (up ? length - 1 : -1)) / length) + 1;
}

function roundWeek(counted: number, days: number, up: boolean): number {
  const sinceSunday = localDayOfWeek(days) - 1;
  return counted - (up && sinceSunday > 0 ? sinceSunday - 7 : sinceSunday);
}

export function roundDays(unit: RoundUnit, days: number, up: boolean): number {
  const { year, month, day } = hybridFromDays(days);
  const afterFirst = up && day > 1;
  switch (unit) {
    case 'MILLENNIUM':
      return daysFromCivil(periodStart(year, 1000, up), 1, 1);
    case 'CENTURY':
      return daysFromCivil(periodStart(year, 100, up), 1, 1);
    case 'DECADE':
      return daysFromCivil(10 * (Math.trunc(year / 10) + (up ? 1 : 0)), 1, 1);
    case 'YEAR':
      return daysFromCivil(up && (month > 1 || day > 1) ? year + 1 : year, 1, 1);
    case 'QUARTER': {
      const start = month - ((month - 1) % 3);
      // Flink tests for the start of the year here, so the first day of the other quarters moves on too.
      const quarter = up && (month > 1 || day > 1) ? start + 3 : start;
      return quarter > 12 ? daysFromCivil(year + 1, quarter - 12, 1) : daysFromCivil(year, quarter, 1);
    }
    case 'MONTH':
      return afterFirst && month === 12 ? daysFromCivil(year + 1, 1, 1) : daysFromCivil(year, afterFirst ? month + 1 : month, 1);
    case 'WEEK':
      return roundWeek(daysFromCivil(year, month, day), days, up);
    case 'DAY':
      return daysFromCivil(year, month, day) + (up ? 1 : 0);
  }
}

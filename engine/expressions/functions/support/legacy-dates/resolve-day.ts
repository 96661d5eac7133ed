/** Which day a set of calendar fields means: java.util.GregorianCalendar's rules for fields that say the same thing twice. */
import { localDayOfWeek } from '../date-patterns/fields.ts';
import { daysFromHybrid } from './hybrid-calendar.ts';

/** Field values by pattern letter, in the order they were set. */
export type CalendarFields = ReadonlyMap<string, number>;

const SUNDAY = 1;

/** Place of the latest of the letters; -1 when none was set. */
function stampOf(fields: CalendarFields, letters: string): number {
  let stamp = -1;
  let place = 0;
  for (const letter of fields.keys()) {
    if (letters.includes(letter)) stamp = place;
    place++;
  }
  return stamp;
}

function together(left: number, right: number): number {
  return left < 0 || right < 0 ? -1 : Math.max(left, right);
}

/** 1 = Sunday … 7 = Saturday, whichever of E and u was set last. */
function weekdayOf(fields: CalendarFields): number | undefined {
  const name = fields.get('E');
  const number = fields.get('u');
  if (stampOf(fields, 'u') > stampOf(fields, 'E')) return number === undefined ? undefined : (number % 7) + 1;
  return name === undefined ? undefined : ((name + 1) % 7) + 1;
}

function onOrBefore(days: number, weekday: number): number {
  return days - ((((localDayOfWeek(days) - weekday) % 7) + 7) % 7);
}

/** The given week of the period that starts at `start`; the first week may be one day long. */
function inWeek(start: number, week: number, weekday: number | undefined): number {
  let first = onOrBefore(start + 6, SUNDAY);
  if (first - start >= 1) first -= 7;
  return onOrBefore(first + 6, weekday ?? SUNDAY) + 7 * (week - 1);
}

/** The count-th weekday of a month, from its end when negative. */
function weekdayInMonth(year: number, month: number, count: number, weekday: number): number {
  const start = daysFromHybrid(year, month, 1);
  if (count >= 0) return onOrBefore(start + 7 * count - 1, weekday);
  const length = daysFromHybrid(year, month + 1, 1) - start;
  return onOrBefore(start + length + 7 * (count + 1) - 1, weekday);
}

type Rule = 'd' | 'W' | 'F' | 'D' | 'w';

/** The complete combination that was set last; without one, what comes nearest. */
function ruleOf(fields: CalendarFields): Rule {
  const weekday = stampOf(fields, 'Eu');
  const complete: readonly (readonly [Rule, number])[] = [
    ['d', stampOf(fields, 'd')],
    ['W', together(stampOf(fields, 'W'), weekday)],
    ['F', together(stampOf(fields, 'F'), weekday)],
    ['D', stampOf(fields, 'D')],
    ['w', together(stampOf(fields, 'w'), weekday)],
  ];
  const partial: readonly (readonly [Rule, number])[] = [
    ['W', stampOf(fields, 'W')],
    ['F', Math.max(stampOf(fields, 'F'), weekday)],
    ['w', stampOf(fields, 'w')],
  ];
  for (const candidates of [complete, partial]) {
    const best = candidates.reduce((left, right) => (right[1] > left[1] ? right : left));
    if (best[1] >= 0) return best[0];
  }
  return 'd';
}

/** Day number of the fields; 1970-01-01 where nothing is said. */
export function resolveDay(fields: CalendarFields): number {
  const weekday = weekdayOf(fields);
  const weekYear = fields.get('Y');
  if (weekYear !== undefined && stampOf(fields, 'Y') > stampOf(fields, 'y')) {
    return inWeek(daysFromHybrid(weekYear, 1, 1), fields.get('w') ?? 1, weekday);
  }
  const yearOfEra = fields.get('y') ?? 1970;
  const year = fields.get('G') === 0 ? 1 - yearOfEra : yearOfEra;
  const month = fields.get(stampOf(fields, 'L') > stampOf(fields, 'M') ? 'L' : 'M') ?? 1;
  switch (ruleOf(fields)) {
    case 'W':
      return inWeek(daysFromHybrid(year, month, 1), fields.get('W') ?? 1, weekday);
    case 'F':
      return weekdayInMonth(year, month, fields.get('F') ?? 1, weekday ?? SUNDAY);
    case 'D':
      return daysFromHybrid(year, 1, fields.get('D') ?? 1);
    case 'w':
      return inWeek(daysFromHybrid(year, 1, 1), fields.get('w') ?? 1, weekday);
    default:
      return daysFromHybrid(year, month, fields.get('d') ?? 1);
  }
}

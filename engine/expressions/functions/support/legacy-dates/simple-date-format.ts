/** java.text.SimpleDateFormat in the locale en_US: prints and leniently parses instants (milliseconds) in a zone. */
import { EvaluationError } from '../../../evaluation-error.ts';
import { isoDayOfWeek, localDayOfWeek, MONTHS, WEEKDAYS } from '../date-patterns/fields.ts';
import { daysFromHybrid, hybridFromDays } from './hybrid-calendar.ts';
import type { LegacyZone } from './legacy-zone.ts';
import { parseSimple } from './parse-simple-date.ts';
import type { SimplePart } from './simple-date-pattern.ts';
import { compileSimplePattern, SimpleDatePatternError } from './simple-date-pattern.ts';

const DAY_MS = 86_400_000;

interface Fields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly days: number;
  readonly dayOfYear: number;
  readonly millisOfDay: number;
  readonly offsetMs: number;
}

function fieldsAt(epochMs: number, zone: LegacyZone): Fields {
  const offsetMs = zone.offsetAt(epochMs);
  const localMs = epochMs + offsetMs;
  const days = Math.floor(localMs / DAY_MS);
  const date = hybridFromDays(days);
  const newYear = daysFromHybrid(date.year, 1, 1);
  return { ...date, days, dayOfYear: days - newYear + 1, millisOfDay: localMs - days * DAY_MS, offsetMs };
}

/** Weeks start on Sunday; the first of a period may be short. */
function weekOf(ordinal: number, days: number): number {
  const firstDay = (((localDayOfWeek(days) - ordinal) % 7) + 7) % 7;
  return Math.floor((ordinal - 1 + firstDay) / 7) + 1;
}

function weekYearOf(fields: Fields): { readonly week: number; readonly year: number } {
  const length = daysFromHybrid(fields.year + 1, 1, 1) - daysFromHybrid(fields.year, 1, 1);
  const saturday = fields.dayOfYear + 7 - localDayOfWeek(fields.days);
  if (saturday > length) return { week: 1, year: fields.year + 1 };
  return { week: weekOf(fields.dayOfYear, fields.days), year: fields.year };
}

function offsetText(offsetMs: number, separator: string): string {
  const minutes = Math.floor(Math.abs(offsetMs) / 60_000);
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${offsetMs < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}${separator}${pad(minutes % 60)}`;
}

function isoOffset(offsetMs: number, count: number): string {
  if (offsetMs === 0) return 'Z';
  if (count === 1) return offsetText(offsetMs, ':').slice(0, 3);
  return offsetText(offsetMs, count === 2 ? '' : ':');
}

function yearText(year: number, count: number): string {
  const ofEra = year > 0 ? year : 1 - year;
  return count === 2 ? String(ofEra % 100).padStart(2, '0') : String(ofEra).padStart(count, '0');
}

function textField(letter: string, count: number, fields: Fields): string | undefined {
  const name = (names: readonly string[], index: number) => (count >= 4 ? names[index] : names[index].slice(0, 3));
  switch (letter) {
    case 'G':
      return fields.year > 0 ? 'AD' : 'BC';
    case 'y':
      return yearText(fields.year, count);
    case 'Y':
      return yearText(weekYearOf(fields).year, count);
    case 'M':
    case 'L':
      return count >= 3 ? name(MONTHS, fields.month - 1) : undefined;
    case 'E':
      return name(WEEKDAYS, isoDayOfWeek(fields.days) - 1);
    case 'a':
      return fields.millisOfDay < DAY_MS / 2 ? 'AM' : 'PM';
    case 'Z':
      return offsetText(fields.offsetMs, '');
    case 'X':
      return isoOffset(fields.offsetMs, count);
    case 'z':
      return fields.offsetMs === 0 ? 'UTC' : `GMT${offsetText(fields.offsetMs, ':')}`;
    default:
      return undefined;
  }
}

function numberField(letter: string, fields: Fields): number {
  const hour = Math.floor(fields.millisOfDay / 3_600_000);
  switch (letter) {
    case 'M':
    case 'L':
      return fields.month;
    case 'd':
      return fields.day;
    case 'D':
      return fields.dayOfYear;
    case 'F':
      return Math.floor((fields.day - 1) / 7) + 1;
    case 'w':
      return weekYearOf(fields).week;
    case 'W':
      return weekOf(fields.day, fields.days);
    case 'u':
      return isoDayOfWeek(fields.days);
    case 'H':
      return hour;
    case 'k':
      return hour === 0 ? 24 : hour;
    case 'K':
      return hour % 12;
    case 'h':
      return hour % 12 === 0 ? 12 : hour % 12;
    case 'm':
      return Math.floor(fields.millisOfDay / 60_000) % 60;
    case 's':
      return Math.floor(fields.millisOfDay / 1000) % 60;
    default:
      return fields.millisOfDay % 1000;
  }
}

export class SimpleDateFormat {
  private readonly parts: readonly SimplePart[];

  constructor(parts: readonly SimplePart[]) {
    this.parts = parts;
  }

  print(epochMs: number, zone: LegacyZone): string {
    const fields = fieldsAt(epochMs, zone);
    let text = '';
    for (const part of this.parts) {
      if ('text' in part) text += part.text;
      else text += textField(part.letter, part.count, fields) ?? String(numberField(part.letter, fields)).padStart(part.count, '0');
    }
    return text;
  }

  /** The instant, or `null`; what follows the pattern in the text is ignored. */
  parse(text: string, zone: LegacyZone): number | null {
    return parseSimple(this.parts, text, zone);
  }
}

export function createSimpleDateFormat(pattern: string): SimpleDateFormat {
  try {
    return new SimpleDateFormat(compileSimplePattern(pattern));
  } catch (error) {
    if (error instanceof SimpleDatePatternError) {
      throw new EvaluationError('MR3003', `the date pattern ${JSON.stringify(pattern)} is refused: ${error.message}`);
    }
    throw error;
  }
}

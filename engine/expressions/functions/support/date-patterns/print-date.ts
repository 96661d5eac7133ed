/** Prints a local date and time by a compiled pattern, as DateTimeFormatter prints a LocalDateTime. */
import { EvaluationError } from '../../../evaluation-error.ts';
import type { NumberPart, PatternPart } from './compile-pattern.ts';
import type { FieldName, LocalDateTime, TextStyle } from './fields.ts';
import { fieldOf, MONTHS, shorten, WEEKDAYS } from './fields.ts';

function fail(message: string): never {
  throw new EvaluationError('MR3003', message);
}

const ERAS: Readonly<Record<TextStyle, readonly string[]>> = {
  full: ['Before Christ', 'Anno Domini'],
  short: ['BC', 'AD'],
  narrow: ['B', 'A'],
};
const QUARTERS_FULL = ['1st quarter', '2nd quarter', '3rd quarter', '4th quarter'];

/** What a text field may print, from its lowest value; `base` is that value. */
export function textsOf(field: FieldName, style: TextStyle): { readonly texts: readonly string[]; readonly base: number } {
  switch (field) {
    case 'era':
      return { texts: ERAS[style], base: 0 };
    case 'amPm':
      return { texts: ['AM', 'PM'], base: 0 };
    case 'month':
      return { texts: MONTHS.map((name) => shorten(name, style)), base: 1 };
    case 'quarter':
      if (style === 'full') return { texts: QUARTERS_FULL, base: 1 };
      return { texts: ['1', '2', '3', '4'].map((digit) => (style === 'short' ? `Q${digit}` : digit)), base: 1 };
    default:
      return { texts: WEEKDAYS.map((name) => shorten(name, style)), base: 1 };
  }
}

function printNumber(part: NumberPart, date: LocalDateTime): string {
  const whole = fieldOf(part.field, date);
  const value = part.reduced ? Math.abs(whole) % 100 : whole;
  const digits = String(Math.abs(value));
  if (digits.length > part.max) fail(`the value ${value} of ${part.field} is wider than ${part.max} digits`);
  if (value < 0 && part.sign === 'not negative') fail(`the value ${value} of ${part.field} may not be negative`);
  let sign = value < 0 ? '-' : '';
  if (value >= 0 && part.sign === 'exceeds pad' && part.min < 19 && value >= 10 ** part.min) sign = '+';
  return sign + digits.padStart(part.min, '0');
}

function printPart(part: PatternPart, date: LocalDateTime): string {
  switch (part.kind) {
    case 'literal':
      return part.text;
    case 'number':
      return printNumber(part, date);
    case 'fraction':
      return String(fieldOf('nanoOfSecond', date)).padStart(9, '0').padEnd(part.max, '0').slice(0, part.max);
    case 'text': {
      const { texts, base } = textsOf(part.field, part.style);
      return texts[fieldOf(part.field, date) - base];
    }
    case 'zone':
      return fail(`the pattern letter ${part.letter} needs a time zone, which a timestamp does not have`);
    case 'pad': {
      const text = printPart(part.part, date);
      if (text.length > part.width) fail(`${JSON.stringify(text)} is wider than the padding of ${part.width}`);
      return text.padStart(part.width, ' ');
    }
    case 'optional':
      return printOptional(part.parts, date);
  }
}

/** An optional section that asks for a time zone prints nothing. */
function printOptional(parts: readonly PatternPart[], date: LocalDateTime): string {
  const needsZone = parts.some((part) => part.kind === 'zone' || (part.kind === 'pad' && part.part.kind === 'zone'));
  return needsZone ? '' : printDate(parts, date);
}

export function printDate(parts: readonly PatternPart[], date: LocalDateTime): string {
  let text = '';
  for (const part of parts) text += printPart(part, date);
  return text;
}

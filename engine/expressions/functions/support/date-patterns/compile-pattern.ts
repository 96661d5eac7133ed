/** Reads a java.time.format.DateTimeFormatter pattern (JDK 17) into the parts that print and parse it. */
import type { FieldName, TextStyle } from './fields.ts';

export type SignStyle = 'normal' | 'not negative' | 'exceeds pad';

export interface NumberPart {
  readonly kind: 'number';
  readonly field: FieldName;
  readonly min: number;
  readonly max: number;
  readonly sign: SignStyle;
  /** Widths of fixed-width numbers that follow without a separator; -1: this one is fixed because something follows. */
  readonly following: number;
  /** Two-digit years count from 2000. */
  readonly reduced: boolean;
}

export interface FractionPart {
  readonly kind: 'fraction';
  readonly min: number;
  readonly max: number;
  readonly point: boolean;
}

export type PatternPart =
  | NumberPart
  | FractionPart
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'text'; readonly field: FieldName; readonly style: TextStyle }
  | { readonly kind: 'zone'; readonly letter: string; readonly count: number }
  | { readonly kind: 'pad'; readonly width: number; readonly part: PatternPart }
  | { readonly kind: 'optional'; readonly parts: readonly PatternPart[] };

/** The pattern is not valid; the message is the sentence of the refusal. */
export class DatePatternError extends Error {}

const FIELDS: Readonly<Record<string, FieldName>> = {
  G: 'era',
  y: 'yearOfEra',
  u: 'year',
  Q: 'quarter',
  q: 'quarter',
  M: 'month',
  L: 'month',
  D: 'dayOfYear',
  d: 'dayOfMonth',
  F: 'alignedDayOfWeekInMonth',
  E: 'dayOfWeek',
  c: 'localDayOfWeek',
  e: 'localDayOfWeek',
  a: 'amPm',
  H: 'hourOfDay',
  k: 'clockHourOfDay',
  K: 'hourOfAmPm',
  h: 'clockHourOfAmPm',
  m: 'minute',
  s: 'second',
  S: 'nanoOfSecond',
  A: 'milliOfDay',
  n: 'nanoOfSecond',
  N: 'nanoOfDay',
  g: 'modifiedJulianDay',
  w: 'week',
  W: 'weekOfMonth',
  Y: 'weekYear',
};

function tooMany(letter: string): never {
  throw new DatePatternError(`too many pattern letters: ${letter}`);
}

function number(field: FieldName, min: number, max: number, sign: SignStyle): NumberPart {
  return { kind: 'number', field, min, max, sign, following: 0, reduced: false };
}

/** A number as wide as it needs to be. */
function freeNumber(field: FieldName): NumberPart {
  return number(field, 1, 19, 'normal');
}

function fixedNumber(field: FieldName, width: number): NumberPart {
  return number(field, width, width, 'not negative');
}

function yearPart(field: FieldName, count: number): PatternPart {
  if (count === 2) return { ...fixedNumber(field, 2), reduced: true };
  return number(field, count, 19, count < 4 ? 'normal' : 'exceeds pad');
}

function textStyle(letter: string, count: number): TextStyle {
  if (count === 3) return 'short';
  if (count === 4) return 'full';
  return count === 5 ? 'narrow' : tooMany(letter);
}

function nameOrNumber(letter: string, count: number): PatternPart {
  const field = FIELDS[letter];
  const weekday = letter === 'e' || letter === 'c' || letter === 'E';
  if (letter === 'c' && count === 2) throw new DatePatternError('invalid pattern "cc"');
  if (letter === 'E' && count <= 2) return { kind: 'text', field: 'dayOfWeek', style: 'short' };
  if (count <= 2) {
    if (weekday) return fixedNumber(field, count);
    return count === 1 ? freeNumber(field) : fixedNumber(field, 2);
  }
  return { kind: 'text', field: weekday ? 'dayOfWeek' : field, style: textStyle(letter, count) };
}

function weekPart(letter: string, count: number): PatternPart {
  const field = FIELDS[letter];
  if (letter === 'W') return count > 1 ? tooMany(letter) : freeNumber(field);
  if (letter === 'w') return count > 2 ? tooMany(letter) : number(field, count, 2, 'not negative');
  return count === 2 ? { ...fixedNumber(field, 2), reduced: true } : number(field, count, 19, count < 4 ? 'normal' : 'exceeds pad');
}

function smallNumber(letter: string, count: number): PatternPart {
  if (count > 2) tooMany(letter);
  return count === 1 ? freeNumber(FIELDS[letter]) : fixedNumber(FIELDS[letter], 2);
}

function fieldPart(letter: string, count: number): PatternPart {
  const field = FIELDS[letter];
  switch (letter) {
    case 'u':
    case 'y':
      return yearPart(field, count);
    case 'Q':
    case 'q':
    case 'M':
    case 'L':
    case 'E':
    case 'e':
    case 'c':
      return nameOrNumber(letter, count);
    case 'a':
      return count === 1 ? { kind: 'text', field, style: 'short' } : tooMany(letter);
    case 'G':
      return { kind: 'text', field, style: count < 3 ? 'short' : textStyle(letter, count) };
    case 'S':
      if (count > 9) throw new DatePatternError(`a fraction of a second has at most 9 digits, not ${count}`);
      return { kind: 'fraction', min: count, max: count, point: false };
    case 'F':
      return count === 1 ? freeNumber(field) : tooMany(letter);
    case 'D':
      if (count > 3) tooMany(letter);
      return count === 1 ? freeNumber(field) : number(field, count, 3, 'not negative');
    case 'g':
      return number(field, count, 19, 'normal');
    case 'A':
    case 'n':
    case 'N':
      return number(field, count, 19, 'not negative');
    case 'w':
    case 'W':
    case 'Y':
      return weekPart(letter, count);
    default:
      return smallNumber(letter, count);
  }
}

function zonePart(letter: string, count: number): PatternPart {
  const fits =
    (letter === 'V' && count === 2) ||
    (letter === 'v' && (count === 1 || count === 4)) ||
    (letter === 'z' && count <= 4) ||
    (letter === 'O' && (count === 1 || count === 4)) ||
    ((letter === 'X' || letter === 'x' || letter === 'Z') && count <= 5);
  if (fits) return { kind: 'zone', letter, count };
  if (letter === 'V' || letter === 'v' || letter === 'O') throw new DatePatternError(`wrong number of pattern letters: ${letter}`);
  return tooMany(letter);
}

interface OpenGroup {
  readonly parts: PatternPart[];
  /** Index of the number that digits right behind it still belong to; -1 when there is none. */
  active: number;
}

function isAdjacent(part: PatternPart): part is NumberPart | FractionPart {
  return part.kind === 'number' || (part.kind === 'fraction' && part.min === part.max && !part.point);
}

/** Numbers without a separator between them: all but the first have their fixed width, the first takes what is left. */
function append(group: OpenGroup, part: PatternPart): void {
  if (!isAdjacent(part)) {
    group.parts.push(part);
    group.active = -1;
    return;
  }
  const active = group.active < 0 ? undefined : group.parts[group.active];
  if (active?.kind !== 'number') {
    group.active = group.parts.push(part) - 1;
    return;
  }
  const fixed = part.min === part.max && (part.kind === 'fraction' || part.sign === 'not negative');
  if (fixed) {
    group.parts[group.active] = { ...active, following: active.following < 0 ? active.following : active.following + part.max };
    group.parts.push(part.kind === 'number' ? { ...part, following: -1 } : part);
  } else {
    group.parts[group.active] = { ...active, following: -1 };
    group.active = group.parts.push(part) - 1;
  }
}

function runLength(pattern: string, start: number): number {
  let end = start + 1;
  while (end < pattern.length && pattern[end] === pattern[start]) end++;
  return end - start;
}

/** Text in quotes from the opening quote; two quotes in a row are one. */
function readQuoted(pattern: string, start: number): { readonly text: string; readonly end: number } {
  let text = '';
  let index = start + 1;
  while (index < pattern.length) {
    if (pattern[index] !== "'") text += pattern[index++];
    else if (pattern[index + 1] === "'") {
      text += "'";
      index += 2;
    } else return { text: text === '' ? "'" : text, end: index + 1 };
  }
  throw new DatePatternError('the pattern ends with an incomplete string literal');
}

function letterPart(letter: string, count: number): PatternPart {
  if (/^[zVvOXxZ]$/.test(letter)) return zonePart(letter, count);
  if (letter === 'B') throw new DatePatternError('the pattern letter B is not supported');
  if (!Object.hasOwn(FIELDS, letter)) throw new DatePatternError(`unknown pattern letter: ${letter}`);
  return fieldPart(letter, count);
}

/** Throws DatePatternError where `DateTimeFormatter.ofPattern` would refuse. */
export function compileDatePattern(pattern: string): readonly PatternPart[] {
  const groups: OpenGroup[] = [{ parts: [], active: -1 }];
  let padding = 0;
  let index = 0;
  const add = (part: PatternPart) => {
    append(groups[groups.length - 1], padding > 0 ? { kind: 'pad', width: padding, part } : part);
    padding = 0;
  };
  const close = () => {
    const closed = groups.pop();
    if (closed !== undefined) add({ kind: 'optional', parts: closed.parts });
  };
  while (index < pattern.length) {
    const character = pattern[index];
    if (/^[A-Za-z]$/.test(character)) {
      const count = runLength(pattern, index);
      index += count;
      if (character === 'p') {
        padding = count;
        if (!/^[A-Za-z]$/.test(pattern[index] ?? '')) throw new DatePatternError('pad letter p must be followed by a pattern letter');
      } else add(letterPart(character, count));
    } else if (character === "'") {
      const quoted = readQuoted(pattern, index);
      add({ kind: 'literal', text: quoted.text });
      index = quoted.end;
    } else {
      if (character === '[') groups.push({ parts: [], active: -1 });
      else if (character === ']') {
        if (groups.length === 1) throw new DatePatternError('the pattern has ] without a [ before it');
        close();
      } else if (/^[{}#]$/.test(character)) throw new DatePatternError(`the pattern includes the reserved character ${character}`);
      else add({ kind: 'literal', text: character });
      index++;
    }
  }
  while (groups.length > 1) close();
  return groups[0].parts;
}

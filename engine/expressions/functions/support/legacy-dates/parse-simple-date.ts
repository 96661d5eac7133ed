/** How SimpleDateFormat reads text: leniently, field after field, and how the fields then become an instant. */
import { MONTHS, WEEKDAYS } from '../date-patterns/fields.ts';
import type { LegacyZone } from './legacy-zone.ts';
import { resolveDay } from './resolve-day.ts';
import type { SimplePart } from './simple-date-pattern.ts';

/** What was read, in order: later fields win where two of them say the same thing. */
type Readings = Map<string, number>;

const DAY_MS = 86_400_000;
/** Two-digit years lie between 80 years ago and 20 years ahead; kept fixed so that answers do not depend on the clock's year. */
const CENTURY_START_YEAR = 1946;

/** A number as DecimalFormat reads integers: a minus sign and digits; 32 bits are kept. */
function readNumber(text: string, at: number, limit: number): { readonly value: number; readonly end: number } | undefined {
  let end = at;
  const negative = text[at] === '-';
  if (negative) end++;
  const start = end;
  while (end < limit && text.charCodeAt(end) >= 48 && text.charCodeAt(end) <= 57) end++;
  if (end === start) return undefined;
  const digits = BigInt(text.slice(start, end));
  const value = Number(BigInt.asIntN(32, negative ? -digits : digits));
  return { value, end };
}

function readName(names: readonly string[], text: string, at: number): { readonly value: number; readonly end: number } | undefined {
  let best: { readonly value: number; readonly end: number } | undefined;
  names.forEach((name, value) => {
    for (const candidate of [name, name.slice(0, 3)]) {
      const matches = text.slice(at, at + candidate.length).toLowerCase() === candidate.toLowerCase();
      if (matches && (best === undefined || at + candidate.length > best.end)) best = { value, end: at + candidate.length };
    }
  });
  return best;
}

const NUMERIC_ZONE: Readonly<Record<string, RegExp>> = {
  X1: /([+-])(\d{2})/y,
  X2: /([+-])(\d{2})(\d{2})/y,
  X3: /([+-])(\d{2}):(\d{2})/y,
  rfc: /([+-])(\d{1,2}):?(\d{2})/y,
};

function readOffset(letter: string, count: number, text: string, at: number): { readonly value: number; readonly end: number } | undefined {
  if (letter === 'X' && text[at] === 'Z') return { value: 0, end: at + 1 };
  const prefix = letter !== 'X' && /^(?:GMT|UTC)/i.test(text.slice(at, at + 3)) ? 3 : 0;
  const pattern = NUMERIC_ZONE[letter === 'X' ? `X${count}` : 'rfc'];
  pattern.lastIndex = at + prefix;
  const found = pattern.exec(text);
  if (found === null) return prefix > 0 ? { value: 0, end: at + prefix } : undefined;
  const hours = Number(found[2]);
  const minutes = Number(found[3] ?? 0);
  if (hours > 23 || minutes > 59) return undefined;
  const offset = (hours * 60 + minutes) * 60_000;
  return { value: found[1] === '-' ? -offset : offset, end: at + prefix + found[0].length };
}

function twoDigitYear(value: number): number {
  const start = CENTURY_START_YEAR % 100;
  return value + CENTURY_START_YEAR - start + (value < start ? 100 : 0);
}

function readField(
  part: { readonly letter: string; readonly count: number },
  text: string,
  start: number,
  obeyCount: boolean,
  readings: Readings,
): number {
  const { letter, count } = part;
  let at = start;
  while (text[at] === ' ' || text[at] === '\t') at++;
  if (at >= text.length) return -1;
  const named = namedField(letter, count, text, 'zZX'.includes(letter) ? at : start);
  if (named !== undefined) {
    if (named.value === undefined) return -1;
    readings.delete(letter);
    readings.set(letter, named.value);
    return named.end;
  }
  if (obeyCount && start + count > text.length) return -1;
  const number = readNumber(text, at, obeyCount ? start + count : text.length);
  if (number === undefined) return -1;
  const shortYear = (letter === 'y' || letter === 'Y') && count <= 2 && number.end - at === 2 && /^\d\d$/.test(text.slice(at, number.end));
  readings.delete(letter);
  readings.set(letter, shortYear ? twoDigitYear(number.value) : number.value);
  return number.end;
}

/** Names and zones; `undefined` for fields that are numbers, an undefined value for text that is no such name. */
function namedField(
  letter: string,
  count: number,
  text: string,
  at: number,
): { readonly value: number | undefined; readonly end: number } | undefined {
  let found: { readonly value: number; readonly end: number } | undefined;
  switch (letter) {
    case 'G':
      found = readName(['BC', 'AD'], text, at);
      break;
    case 'M':
    case 'L':
      if (count <= 2) return undefined;
      found = readName(MONTHS, text, at);
      if (found !== undefined) found = { value: found.value + 1, end: found.end };
      break;
    case 'E':
      found = readName(WEEKDAYS, text, at);
      break;
    case 'a':
      found = readName(['AM', 'PM'], text, at);
      break;
    case 'z':
    case 'Z':
    case 'X':
      found = readOffset(letter, count, text, at);
      break;
    default:
      return undefined;
  }
  return found ?? { value: undefined, end: at };
}

/** Fields right behind a number bind its width; so does every field in a run of letters. */
function obeysCount(next: SimplePart | undefined): boolean {
  if (next === undefined || 'text' in next) return false;
  if (next.letter === 'M' || next.letter === 'L') return next.count <= 2;
  return 'yYdHhmsSDFkKuWw'.includes(next.letter);
}

/** Place of the latest of the letters; -1 when none was read. */
function stampOf(readings: Readings, letters: string): number {
  let stamp = -1;
  let place = 0;
  for (const letter of readings.keys()) {
    if (letters.includes(letter)) stamp = place;
    place++;
  }
  return stamp;
}

/** Hour of the half day counts only together with AM or PM when the hour of the day is there too. */
function hourOf(readings: Readings): number {
  const ofDay = stampOf(readings, 'Hk');
  const ofHalf = stampOf(readings, 'hK');
  const half = readings.get('a');
  const halfWins = ofHalf >= 0 && half !== undefined && Math.max(ofHalf, stampOf(readings, 'a')) > ofDay;
  if (ofDay >= 0 && !halfWins) {
    const clock = stampOf(readings, 'k') === ofDay;
    const hour = readings.get(clock ? 'k' : 'H') ?? 0;
    return clock && hour === 24 ? 0 : hour;
  }
  const clock = ofHalf >= 0 && stampOf(readings, 'h') === ofHalf;
  const hour = readings.get(clock ? 'h' : 'K') ?? 0;
  return (clock && hour === 12 ? 0 : hour) + (half === 1 ? 12 : 0);
}

function instantOf(readings: Readings, zone: LegacyZone): number {
  const seconds = (hourOf(readings) * 60 + (readings.get('m') ?? 0)) * 60 + (readings.get('s') ?? 0);
  const localMs = resolveDay(readings) * DAY_MS + seconds * 1000 + (readings.get('S') ?? 0);
  const offset = readings.get('X') ?? readings.get('Z') ?? readings.get('z');
  return offset === undefined ? zone.instantOf(localMs) : localMs - offset;
}

/** The instant in milliseconds, or `null` when the text does not fit the pattern. */
export function parseSimple(parts: readonly SimplePart[], text: string, zone: LegacyZone): number | null {
  const readings: Readings = new Map();
  let at = 0;
  for (const [index, part] of parts.entries()) {
    if ('text' in part) {
      if (!text.startsWith(part.text, at)) return null;
      at += part.text.length;
    } else {
      at = readField(part, text, at, obeysCount(parts[index + 1]), readings);
      if (at < 0) return null;
    }
  }
  return instantOf(readings, zone);
}

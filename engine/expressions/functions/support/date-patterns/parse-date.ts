/** Parses text by a compiled pattern, as DateTimeFormatter does in its strict parse mode with SMART resolution. */
import { findZone } from '../../../datetime/zone.ts';
import type { FractionPart, NumberPart, PatternPart } from './compile-pattern.ts';
import type { FieldName } from './fields.ts';
import { textsOf } from './print-date.ts';
import type { ParsedFields, ResolvedDate } from './resolve-fields.ts';
import { resolveFields } from './resolve-fields.ts';

/** Position after what was read, or -1. */
type Position = number;

function digitAt(text: string, at: number): number {
  const digit = text.charCodeAt(at) - 48;
  return digit >= 0 && digit <= 9 ? digit : -1;
}

function setField(fields: ParsedFields, field: FieldName, value: number, end: Position): Position {
  const old = fields.get(field);
  if (old !== undefined && old !== value) return -1;
  fields.set(field, value);
  return end;
}

function countDigits(text: string, at: number, most: number): number {
  let count = 0;
  while (count < most && digitAt(text, at + count) >= 0) count++;
  return count;
}

/** Reads a sign where the style allows one; the number of characters, or -1. */
function signWidth(part: NumberPart, text: string, at: number): number {
  const positive = text[at] === '+';
  const negative = text[at] === '-';
  if (!positive && !negative) return 0;
  const allowed = part.sign === 'exceeds pad' || (part.sign === 'normal' && negative);
  return allowed ? 1 : -1;
}

function parseNumber(part: NumberPart, text: string, at: number, fields: ParsedFields): Position {
  if (at >= text.length) return -1;
  const sign = signWidth(part, text, at);
  if (sign < 0) return -1;
  const start = at + sign;
  if (start + part.min > text.length) return -1;
  let width = countDigits(text, start, part.max + Math.max(part.following, 0));
  if (width < part.min) return -1;
  if (part.following > 0) width = countDigits(text, start, Math.max(part.min, width - part.following));
  if (width < part.min) return -1;
  const magnitude = Number(text.slice(start, start + width));
  const negative = text[at] === '-';
  if (negative && magnitude === 0) return -1;
  if (!negative && part.sign === 'exceeds pad' && (sign === 1 ? width <= part.min : width > part.min)) return -1;
  let value = negative ? -magnitude : magnitude;
  if (part.reduced && width === 2 && value >= 0) value += 2000;
  return setField(fields, part.field, value, start + width);
}

function parseFraction(part: FractionPart, text: string, at: number, fields: ParsedFields): Position {
  if (at === text.length) return part.min > 0 ? -1 : at;
  let start = at;
  if (part.point) {
    if (text[at] !== '.') return part.min > 0 ? -1 : at;
    start++;
  }
  const width = countDigits(text, start, part.max);
  if (width < part.min) return -1;
  const nanos = Number(
    text
      .slice(start, start + width)
      .padEnd(9, '0')
      .slice(0, 9),
  );
  return setField(fields, 'nanoOfSecond', nanos, start + width);
}

function parseText(part: PatternPart & { readonly kind: 'text' }, text: string, at: number, fields: ParsedFields): Position {
  const { texts, base } = textsOf(part.field, part.style);
  let best = -1;
  texts.forEach((candidate, index) => {
    if (text.startsWith(candidate, at) && (best < 0 || candidate.length > texts[best].length)) best = index;
  });
  return best < 0 ? -1 : setField(fields, part.field, best + base, at + texts[best].length);
}

const OFFSETS: Readonly<Record<string, RegExp>> = {
  X1: /Z|[+-]\d{2}(?:\d{2})?/y,
  X2: /Z|[+-]\d{4}/y,
  X3: /Z|[+-]\d{2}:\d{2}/y,
  X4: /Z|[+-]\d{4}(?:\d{2})?/y,
  X5: /Z|[+-]\d{2}:\d{2}(?::\d{2})?/y,
  x1: /[+-]\d{2}(?:\d{2})?/y,
  x2: /[+-]\d{4}/y,
  x3: /[+-]\d{2}:\d{2}/y,
  x4: /[+-]\d{4}(?:\d{2})?/y,
  x5: /[+-]\d{2}:\d{2}(?::\d{2})?/y,
  Z1: /[+-]\d{4}/y,
  Z2: /[+-]\d{4}/y,
  Z3: /[+-]\d{4}/y,
  Z4: /GMT(?:[+-]\d{2}:\d{2})?/y,
  Z5: /Z|[+-]\d{2}:\d{2}(?::\d{2})?/y,
  O1: /GMT(?:[+-]\d{1,2}(?::\d{2})?)?/y,
  O4: /GMT(?:[+-]\d{2}:\d{2})?/y,
};
const ZONE_ID = /[A-Za-z][A-Za-z0-9~/._+-]+|[+-]\d{2}(?::?\d{2})?|Z/y;

/** Zones are read and must be right, but the local time stays as written. */
function parseZone(part: PatternPart & { readonly kind: 'zone' }, text: string, at: number): Position {
  const offset = OFFSETS[part.letter + part.count];
  const pattern = offset ?? ZONE_ID;
  pattern.lastIndex = at;
  const found = pattern.exec(text)?.[0];
  if (found === undefined) return -1;
  return offset !== undefined || findZone(found) !== null ? at + found.length : -1;
}

function parsePart(part: PatternPart, text: string, at: number, fields: ParsedFields): Position {
  switch (part.kind) {
    case 'literal':
      return text.startsWith(part.text, at) ? at + part.text.length : -1;
    case 'number':
      return parseNumber(part, text, at, fields);
    case 'fraction':
      return parseFraction(part, text, at, fields);
    case 'text':
      return parseText(part, text, at, fields);
    case 'zone':
      return parseZone(part, text, at);
    case 'pad': {
      if (at + part.width > text.length) return -1;
      let start = at;
      while (start < at + part.width && text[start] === ' ') start++;
      const end = parsePart(part.part, text.slice(0, at + part.width), start, fields);
      return end === at + part.width ? end : -1;
    }
    case 'optional': {
      const trial: ParsedFields = new Map(fields);
      const end = parseParts(part.parts, text, at, trial);
      if (end < 0) return at;
      for (const [field, value] of trial) fields.set(field, value);
      return end;
    }
  }
}

function parseParts(parts: readonly PatternPart[], text: string, at: number, fields: ParsedFields): Position {
  let position = at;
  for (const part of parts) {
    position = parsePart(part, text, position, fields);
    if (position < 0) return -1;
  }
  return position;
}

/** `null` when the text does not fit the pattern or its fields contradict each other. */
export function parseDate(parts: readonly PatternPart[], text: string): ResolvedDate | null {
  const fields: ParsedFields = new Map();
  return parseParts(parts, text, 0, fields) === text.length ? resolveFields(fields) : null;
}

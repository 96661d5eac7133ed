/** Numbers out of text exactly as Flink's casts read them. */
import { fitDecimal, parseExact, pow10, toDecimal } from '../decimal.ts';

const JAVA_DOUBLE = /^[+-]?(?:NaN|Infinity|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fFdD]?)$/;
const INTEGER_TEXT = /^([+-]?)(\d*)(?:\.\d*)?$/;

/** Casts trim blanks, and only blanks. */
export function trimBlanks(text: string): string {
  return text.replace(/^ +| +$/g, '');
}

/** A whole number within [min, max]; digits after a point are checked and dropped; null where it fails. */
export function parseWhole(text: string, min: bigint, max: bigint): bigint | null {
  const trimmed = trimBlanks(text);
  const match = INTEGER_TEXT.exec(trimmed);
  if (match === null || trimmed === '' || trimmed === match[1]) return null;
  const value = match[2] === '' ? 0n : BigInt(match[1] + match[2]);
  return value < min || value > max ? null : value;
}

/** Java's trim takes away everything up to the blank, control characters included. */
function trimJava(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charCodeAt(start) <= 0x20) start++;
  while (end > start && text.charCodeAt(end - 1) <= 0x20) end--;
  return text.slice(start, end);
}

/** What `Double.parseDouble` reads; null where it throws. */
export function parseDouble(text: string): number | null {
  const trimmed = trimJava(text);
  if (!JAVA_DOUBLE.test(trimmed)) return null;
  return Number(/[fFdD]$/.test(trimmed) ? trimmed.slice(0, -1) : trimmed);
}

const COMPACT_DIGITS = 18;

/** CAST(text AS DECIMAL(precision, scale)): the unscaled value, NULL where rounding makes it one digit too long; undefined where it fails. */
export function parseDecimal(text: string, precision: number, scale: number): bigint | null | undefined {
  const bytes = utf8Length(text);
  if (precision > COMPACT_DIGITS || bytes > COMPACT_DIGITS) {
    const exact = parseExact(asciiDigits(text.replace(BLANKS_AROUND, '')));
    return exact === null ? undefined : (toDecimal(exact, precision, scale) ?? undefined);
  }
  return parseCompact(text, precision, scale);
}

function utf8Length(text: string): number {
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // Each half of a surrogate pair stands for two of the four bytes.
    length += unit < 0x80 ? 1 : unit < 0x800 ? 2 : unit >= 0xd800 && unit < 0xe000 ? 2 : 3;
  }
  return length;
}

const BLANK = /[ \n\t]/;
const BLANKS_AROUND = /^[ \n\t]+|[ \n\t]+$/g;

/** BigDecimal reads the digits of every script. */
function asciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const point = digit.codePointAt(0) ?? 0;
    let value = 0;
    while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(point - value - 1))) value++;
    return String(value);
  });
}

/** Short texts go through a reader that swallows one character after the number, whatever it is (`1L` is 1, `t` is 0). */
function parseCompact(text: string, precision: number, scale: number): bigint | null | undefined {
  let at = 0;
  while (at < text.length && BLANK.test(text[at])) at++;
  if (at === text.length) return undefined;
  const negative = text[at] === '-';
  if (negative || text[at] === '+') {
    at++;
    if (at === text.length) return undefined;
  }
  let digits = '';
  let point = -1;
  let last = '';
  while (at < text.length) {
    last = text[at++];
    if (last >= '0' && last <= '9') digits += last;
    else if (last === '.' && point < 0) point = digits.length;
    else if (last === '.') return undefined;
    else break;
  }
  if (last.charCodeAt(0) > 0x7f) return undefined;
  let exponent = 0;
  if ((last === 'e' || last === 'E') && at < text.length) {
    const read = readExponent(text, at);
    if (read === null) return undefined;
    exponent = read.exponent;
    at = read.at;
  }
  exponent -= point < 0 ? 0 : digits.length - point;
  for (; at < text.length; at++) if (!BLANK.test(text[at])) return undefined;
  const change = exponent + scale;
  if (digits.length + change > precision) return undefined;
  const significand = BigInt(digits || '0');
  // The reader's powers of ten end at 10^18.
  if (change < -(COMPACT_DIGITS + 1)) return undefined;
  const magnitude = change >= 0 ? significand * pow10(change) : (significand + 5n * pow10(-change - 1)) / pow10(-change);
  return fitDecimal(negative ? -magnitude : magnitude, precision);
}

function readExponent(text: string, start: number): { exponent: number; at: number } | null {
  let at = start;
  const negative = text[at] === '-';
  if (negative || text[at] === '+') {
    at++;
    if (at === text.length) return null;
  }
  let digits = 0;
  while (at < text.length) {
    const character = text[at++];
    if (character < '0' || character > '9') break;
    if (digits < 40) digits = digits * 10 + Number(character);
  }
  return { exponent: negative ? -digits : digits, at };
}

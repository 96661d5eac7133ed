/** Strict RFC 8259 reading of one JSON value over bytes, without making anything of it. */

/** Arrays and objects inside each other at most; the default of the parser Flink uses. */
export const JSON_DEPTH_MAX = 1000;

const QUOTE = 34;
const BACKSLASH = 92;

/** True for the four bytes RFC 8259 calls white space. */
export function isWhiteSpace(byte: number): boolean {
  return byte === 32 || byte === 9 || byte === 10 || byte === 13;
}

export function skipWhiteSpace(bytes: Uint8Array, at: number, end: number): number {
  let position = at;
  while (position < end && isWhiteSpace(bytes[position])) position++;
  return position;
}

/** End of the string whose opening quote is at `at`; -1 when it is not a valid string. UTF-8 is checked elsewhere. */
export function skipString(bytes: Uint8Array, at: number, end: number): number {
  let position = at + 1;
  while (position < end) {
    const byte = bytes[position];
    if (byte === QUOTE) return position + 1;
    if (byte < 32) return -1;
    if (byte !== BACKSLASH) {
      position++;
      continue;
    }
    const length = escapeLength(bytes, position, end);
    if (length === 0) return -1;
    position += length;
  }
  return -1;
}

/** Bytes of the escape sequence at `at`; 0 when it is none. */
export function escapeLength(bytes: Uint8Array, at: number, end: number): number {
  switch (at + 1 < end ? bytes[at + 1] : 0) {
    case QUOTE:
    case BACKSLASH:
    case 47: // slash
    case 98: // b
    case 102: // f
    case 110: // n
    case 114: // r
    case 116: // t
      return 2;
    case 117: // u
      return at + 6 <= end && readHex4(bytes, at + 2) >= 0 ? 6 : 0;
    default:
      return 0;
  }
}

/** Value of four hexadecimal digits, -1 when they are not. */
export function readHex4(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let index = at; index < at + 4; index++) {
    const byte = bytes[index];
    const lower = byte | 32;
    const digit = byte >= 48 && byte <= 57 ? byte - 48 : lower >= 97 && lower <= 102 ? lower - 87 : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

/** End of the number at `at`; -1 when it breaks the grammar. */
export function skipNumber(bytes: Uint8Array, at: number, end: number): number {
  let position = at < end && bytes[at] === 45 ? at + 1 : at;
  if (position >= end) return -1;
  if (bytes[position] === 48) position++;
  else {
    const whole = skipDigits(bytes, position, end);
    if (whole === position) return -1;
    position = whole;
  }
  if (position < end && bytes[position] === 46) {
    const fraction = skipDigits(bytes, position + 1, end);
    if (fraction === position + 1) return -1;
    position = fraction;
  }
  if (position < end && (bytes[position] | 32) === 101) {
    const sign = bytes[position + 1];
    const digits = position + (position + 1 < end && (sign === 43 || sign === 45) ? 2 : 1);
    const exponent = skipDigits(bytes, digits, end);
    return exponent === digits ? -1 : exponent;
  }
  return position;
}

function skipDigits(bytes: Uint8Array, at: number, end: number): number {
  let position = at;
  while (position < end && (bytes[position] - 48) >>> 0 < 10) position++;
  return position;
}

/** End of `true`, `false` or `null` at `at`; -1 when it is none of them. */
export function skipLiteral(bytes: Uint8Array, at: number, end: number): number {
  const word = bytes[at] === 116 ? 'true' : bytes[at] === 102 ? 'false' : bytes[at] === 110 ? 'null' : '';
  if (word === '' || at + word.length > end) return -1;
  for (let index = 1; index < word.length; index++) if (bytes[at + index] !== word.charCodeAt(index)) return -1;
  return at + word.length;
}

/** What may come next while walking arrays and objects. */
const VALUE = 0;
const FIRST_IN_ARRAY = 1;
const FIRST_IN_OBJECT = 2;
const KEY = 3;
const AFTER_VALUE = 4;

/**
 * End of the value at `at` (no white space before it); -1 when it is not valid JSON or deeper than `depthMax`.
 * A loop with one bit per open bracket, not a recursion: hostile nesting costs nothing.
 */
export function skipValue(bytes: Uint8Array, at: number, end: number, depthMax = JSON_DEPTH_MAX): number {
  const isObject: boolean[] = [];
  let expected = VALUE;
  let position = at;
  for (;;) {
    position = isObject.length === 0 ? position : skipWhiteSpace(bytes, position, end);
    if (position >= end) return -1;
    const byte = bytes[position];
    if (expected === AFTER_VALUE) {
      const close = isObject[isObject.length - 1] ? 125 : 93;
      if (byte === 44) expected = isObject[isObject.length - 1] ? KEY : VALUE;
      else if (byte !== close) return -1;
      else isObject.pop();
      position++;
    } else if (expected === KEY || (expected === FIRST_IN_OBJECT && byte !== 125)) {
      if (byte !== QUOTE) return -1;
      position = skipString(bytes, position, end);
      if (position < 0) return -1;
      position = skipWhiteSpace(bytes, position, end);
      if (position >= end || bytes[position] !== 58) return -1;
      position++;
      expected = VALUE;
    } else if ((expected === FIRST_IN_OBJECT && byte === 125) || (expected === FIRST_IN_ARRAY && byte === 93)) {
      isObject.pop();
      position++;
      expected = AFTER_VALUE;
    } else if (byte === 123 || byte === 91) {
      if (isObject.length >= depthMax) return -1;
      isObject.push(byte === 123);
      expected = byte === 123 ? FIRST_IN_OBJECT : FIRST_IN_ARRAY;
      position++;
    } else {
      position = skipScalar(bytes, position, end);
      if (position < 0) return -1;
      expected = AFTER_VALUE;
    }
    if (expected === AFTER_VALUE && isObject.length === 0) return position;
  }
}

function skipScalar(bytes: Uint8Array, at: number, end: number): number {
  const byte = bytes[at];
  if (byte === QUOTE) return skipString(bytes, at, end);
  if (byte === 45 || (byte - 48) >>> 0 < 10) return skipNumber(bytes, at, end);
  return skipLiteral(bytes, at, end);
}

/** True when `bytes[at…end)` is exactly one JSON value with white space around it. */
export function isJson(bytes: Uint8Array, at: number, end: number): boolean {
  const start = skipWhiteSpace(bytes, at, end);
  const stop = skipValue(bytes, start, end);
  return stop >= 0 && skipWhiteSpace(bytes, stop, end) === end;
}

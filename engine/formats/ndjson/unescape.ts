/** Decodes the escapes of a JSON string into bytes. */
import { escapeLength, readHex4 } from './json-skip.ts';

const SIMPLE: Readonly<Record<number, number>> = { 98: 8, 102: 12, 110: 10, 114: 13, 116: 9 };
const REPLACEMENT_CHARACTER = 0xfffd;

/** Where the last `unescapeString` stopped reading (behind the closing quote). */
export const lastUnescaped = { end: 0 };

/**
 * Decodes the string whose first character is at `at` to `target[to…)` (never longer than the escaped text) and returns
 * its byte length; -1 when it is not a valid JSON string. A lone surrogate, which UTF-8 cannot hold, becomes U+FFFD.
 */
export function unescapeString(bytes: Uint8Array, at: number, end: number, target: Uint8Array, to: number): number {
  let position = at;
  let out = to;
  while (position < end) {
    const byte = bytes[position];
    if (byte === 34) {
      lastUnescaped.end = position + 1;
      return out - to;
    }
    if (byte < 32) return -1;
    if (byte !== 92) {
      target[out++] = byte;
      position++;
      continue;
    }
    const length = escapeLength(bytes, position, end);
    if (length === 0) return -1;
    if (length === 2) {
      const escaped = bytes[position + 1];
      target[out++] = SIMPLE[escaped] ?? escaped;
      position += 2;
      continue;
    }
    let codePoint = readHex4(bytes, position + 2);
    position += 6;
    if (codePoint >= 0xd800 && codePoint <= 0xdfff) {
      const low =
        codePoint <= 0xdbff && position + 6 <= end && bytes[position] === 92 && bytes[position + 1] === 117
          ? readHex4(bytes, position + 2)
          : -1;
      if (low >= 0xdc00 && low <= 0xdfff) {
        codePoint = 0x10000 + ((codePoint - 0xd800) << 10) + (low - 0xdc00);
        position += 6;
      } else codePoint = REPLACEMENT_CHARACTER;
    }
    out = writeCodePoint(target, out, codePoint);
  }
  return -1;
}

function writeCodePoint(target: Uint8Array, to: number, codePoint: number): number {
  if (codePoint < 0x80) {
    target[to] = codePoint;
    return to + 1;
  }
  if (codePoint < 0x800) {
    target[to] = 0xc0 | (codePoint >> 6);
    target[to + 1] = 0x80 | (codePoint & 63);
    return to + 2;
  }
  if (codePoint < 0x10000) {
    target[to] = 0xe0 | (codePoint >> 12);
    target[to + 1] = 0x80 | ((codePoint >> 6) & 63);
    target[to + 2] = 0x80 | (codePoint & 63);
    return to + 3;
  }
  target[to] = 0xf0 | (codePoint >> 18);
  target[to + 1] = 0x80 | ((codePoint >> 12) & 63);
  target[to + 2] = 0x80 | ((codePoint >> 6) & 63);
  target[to + 3] = 0x80 | (codePoint & 63);
  return to + 4;
}

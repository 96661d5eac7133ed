/** UTF-8 validity of one piece of text, byte by byte: for single lines after a block was found to hold an error. */

/** True when `bytes[start…end)` is valid UTF-8 (no overlong forms, no surrogates, nothing above U+10FFFF). */
export function isUtf8(bytes: Uint8Array, start: number, end: number): boolean {
  return firstInvalidByte(bytes, start, end) < 0;
}

/** Position of the first byte that does not belong to a valid character, -1 when there is none. */
export function firstInvalidByte(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const first = bytes[at];
    if (first < 0x80) {
      at++;
      continue;
    }
    const length = sequenceLength(first);
    if (length === 0 || at + length > end || !isSequence(bytes, at, length)) return at;
    at += length;
  }
  return -1;
}

function sequenceLength(first: number): number {
  if (first >= 0xc2 && first <= 0xdf) return 2;
  if (first >= 0xe0 && first <= 0xef) return 3;
  return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

function isSequence(bytes: Uint8Array, at: number, length: number): boolean {
  const first = bytes[at];
  const second = bytes[at + 1];
  const lowest = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const highest = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < lowest || second > highest) return false;
  for (let index = 2; index < length; index++) if ((bytes[at + index] & 0xc0) !== 0x80) return false;
  return true;
}

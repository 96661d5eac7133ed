/**
 * Text from UTF-8 and back, byte for byte: a byte that belongs to no character becomes a lone surrogate (U+DC80…U+DCFF)
 * and that byte again, so that text made of arbitrary bytes, as FROM_BASE64 gives it, survives being a string.
 */

const encoder = new TextEncoder();
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const STRAY = /[\udc80-\udcff]/;
/** A high surrogate with its partner, or a stray byte. */
const PIECES = /[\ud800-\udbff][\udc00-\udfff]|[\udc80-\udcff]/g;

export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return decodeStray(bytes);
  }
}

export function encodeUtf8(text: string): Uint8Array {
  return STRAY.test(text) && hasStray(text) ? encodeStray(text) : encoder.encode(text);
}

/** True when some byte of the text belongs to no character. */
export function hasStray(text: string): boolean {
  if (!STRAY.test(text)) return false;
  return (text.match(PIECES) ?? []).some((piece) => piece.length === 1);
}

function decodeStray(bytes: Uint8Array): string {
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    const length = characterLength(bytes, at);
    text += length === 0 ? String.fromCharCode(0xdc00 + bytes[at]) : strict.decode(bytes.subarray(at, at + length));
    at += Math.max(length, 1);
  }
  return text;
}

/** Bytes of the character at `at`; 0 when there is none. */
function characterLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at];
  const length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  try {
    strict.decode(bytes.subarray(at, at + length));
    return length;
  } catch {
    return 0;
  }
}

function encodeStray(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    if (point >= 0xdc80 && point <= 0xdcff) bytes.push(point - 0xdc00);
    else bytes.push(...encoder.encode(character));
  }
  return Uint8Array.from(bytes);
}

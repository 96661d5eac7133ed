/** Lengths, positions and pieces of strings in code points, as SQL counts them; ASCII and BMP text take the short way. */
import { encodeUtf8 } from '../../utf8.ts';

const SURROGATE = /[\ud800-\udfff]/;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

export function hasSurrogate(text: string): boolean {
  return SURROGATE.test(text);
}

export function codePointLength(text: string): number {
  if (!hasSurrogate(text)) return text.length;
  let count = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 0xd800 && unit < 0xdc00 && index + 1 < text.length) {
      const next = text.charCodeAt(index + 1);
      if (next >= 0xdc00 && next < 0xe000) index++;
    }
    count++;
  }
  return count;
}

/** UTF-16 index of the code point at `position` (0-based); the string's end when it is shorter. */
export function unitIndexOf(text: string, position: number): number {
  if (position <= 0) return 0;
  let index = 0;
  for (let passed = 0; passed < position && index < text.length; passed++) {
    const point = text.codePointAt(index) ?? 0;
    index += point > 0xffff ? 2 : 1;
  }
  return index;
}

/** Code points from `start` (0-based) up to, not including, `end`. */
export function sliceCodePoints(text: string, start: number, end: number): string {
  if (!hasSurrogate(text)) return text.slice(start, end);
  const from = unitIndexOf(text, start);
  return text.slice(from, from + unitIndexOf(text.slice(from), end - start));
}

/**
 * What is left when Java encodes a string to UTF-8: each half of a pair that lost its partner becomes `?`. Functions that
 * cut by UTF-16 unit, as Flink's do, pass their result through this.
 */
export function replaceLoneSurrogates(text: string): string {
  return hasSurrogate(text) ? text.replace(LONE_SURROGATE, '?') : text;
}

export function utf8Of(text: string): Uint8Array {
  return encodeUtf8(text);
}

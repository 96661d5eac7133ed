/** Zero-width tests of a pattern: ends of input and lines, word boundaries. */
import type { Assertion } from './syntax.ts';

const LETTER_OR_DIGIT = /^[\p{L}\p{Nd}]$/u;
const NON_SPACING_MARK = /^\p{Mn}$/u;

function isTerminator(unit: number): boolean {
  return unit === 10 || unit === 13 || unit === 0x85 || unit === 0x2028 || unit === 0x2029;
}

/** Just before the line terminator that ends the text, or at the end; never between \r and \n. */
function atFinalLineEnd(text: string, at: number): boolean {
  const left = text.length - at;
  if (left === 0) return true;
  if (left > 2) return false;
  const unit = text.charCodeAt(at);
  if (left === 2) return unit === 13 && text.charCodeAt(at + 1) === 10;
  return isTerminator(unit) && !(unit === 10 && at > 0 && text.charCodeAt(at - 1) === 13);
}

function atLineEnd(text: string, at: number): boolean {
  if (at === text.length) return true;
  const unit = text.charCodeAt(at);
  return isTerminator(unit) && !(unit === 10 && at > 0 && text.charCodeAt(at - 1) === 13);
}

/** After a line terminator, but not at the very end and not between \r and \n. */
function atLineStart(text: string, at: number): boolean {
  if (at === 0) return true;
  if (at === text.length) return false;
  const before = text.charCodeAt(at - 1);
  return isTerminator(before) && !(before === 13 && text.charCodeAt(at) === 10);
}

function pointBefore(text: string, at: number): string {
  const low = text.charCodeAt(at - 1);
  const paired = at > 1 && low >= 0xdc00 && low < 0xe000 && (text.charCodeAt(at - 2) & 0xfc00) === 0xd800;
  return text.slice(at - (paired ? 2 : 1), at);
}

/** A combining mark counts as part of a word when a letter or digit stands before it. */
function hasBase(text: string, at: number): boolean {
  for (let index = at; index >= 0; index--) {
    const point = String.fromCodePoint(text.codePointAt(index) ?? 0);
    if (LETTER_OR_DIGIT.test(point)) return true;
    if (!NON_SPACING_MARK.test(point)) return false;
  }
  return false;
}

function isWord(text: string, point: string, at: number): boolean {
  return point === '_' || LETTER_OR_DIGIT.test(point) || (NON_SPACING_MARK.test(point) && hasBase(text, at));
}

/** Words are Unicode letters and digits here although \w is ASCII: so it is up to JDK 18. */
function atWordBoundary(text: string, at: number): boolean {
  const left = at > 0 && isWord(text, pointBefore(text, at), at - 1);
  const right = at < text.length && isWord(text, String.fromCodePoint(text.codePointAt(at) ?? 0), at);
  return left !== right;
}

export function holds(assertion: Assertion, text: string, at: number, lastEnd: number): boolean {
  switch (assertion) {
    case 'input start':
      return at === 0;
    case 'input end':
      return at === text.length;
    case 'final line end':
      return atFinalLineEnd(text, at);
    case 'final line end (unix)':
      return at === text.length || (at === text.length - 1 && text.charCodeAt(at) === 10);
    case 'line start':
      return atLineStart(text, at);
    case 'line start (unix)':
      return at === 0 || (at < text.length && text.charCodeAt(at - 1) === 10);
    case 'line end':
      return atLineEnd(text, at);
    case 'line end (unix)':
      return at === text.length || text.charCodeAt(at) === 10;
    case 'word boundary':
      return atWordBoundary(text, at);
    case 'no word boundary':
      return !atWordBoundary(text, at);
    case 'last match end':
      return at === lastEnd;
  }
}

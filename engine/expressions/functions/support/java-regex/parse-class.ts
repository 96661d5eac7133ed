/** Character classes in brackets: ranges, nesting, `&&`, negation. */
import type { CharacterSet } from './character-set.ts';
import { complement, intersection, rangeSet, singlePoint, union } from './character-set.ts';
import { parseEscape } from './parse-escape.ts';
import type { PatternReader } from './pattern-reader.ts';
import { PatternSyntaxError } from './syntax.ts';

/** One code point, or a whole set that an escape such as \d stands for. */
type ClassItem = { readonly point: number } | { readonly set: CharacterSet };

function readItem(reader: PatternReader): ClassItem {
  if (reader.peek() !== '\\') return { point: reader.nextPoint() };
  reader.next();
  const escape = parseEscape(reader, true);
  if ('point' in escape || 'set' in escape) return escape;
  throw new PatternSyntaxError('Illegal/unsupported escape sequence');
}

/** A single character or a range; the `-` of a range needs something other than `]` or `[` behind it. */
function readRange(reader: PatternReader): CharacterSet {
  const first = readItem(reader);
  if ('set' in first) return first.set;
  if (reader.peek() !== '-' || reader.peek(1) === '' || reader.peek(1) === ']' || reader.peek(1) === '[') {
    return singlePoint(first.point, reader.caseRule());
  }
  reader.next();
  const last = readItem(reader);
  if ('set' in last || last.point < first.point) throw new PatternSyntaxError('Illegal character range');
  return rangeSet(first.point, last.point, reader.caseRule());
}

function join(left: CharacterSet | undefined, right: CharacterSet): CharacterSet {
  return left === undefined ? right : union(left, right);
}

/** What stands behind `&&`: nested classes and loose items up to the next `&&` or the closing bracket. */
function parseRightSide(reader: PatternReader): CharacterSet | undefined {
  let right: CharacterSet | undefined;
  while (reader.peek() !== ']' && !(reader.peek() === '&' && reader.peek(1) === '&')) {
    if (reader.peek() === '') throw new PatternSyntaxError('Unclosed character class');
    right = join(right, reader.peek() === '[' ? parseNested(reader) : readRange(reader));
    reader.skipComments();
  }
  return right;
}

function parseNested(reader: PatternReader): CharacterSet {
  reader.next();
  return parseClass(reader);
}

function intersect(reader: PatternReader, left: CharacterSet | undefined): CharacterSet {
  reader.next();
  reader.next();
  const right = parseRightSide(reader);
  if (left !== undefined && right !== undefined) return intersection(left, right);
  const only = left ?? right;
  if (only === undefined) throw new PatternSyntaxError('Bad class syntax');
  return only;
}

/** Reads a class whose `[` has been read, through its `]`. */
export function parseClass(reader: PatternReader): CharacterSet {
  let result: CharacterSet | undefined;
  const negative = reader.accept('^');
  for (;;) {
    reader.skipComments();
    const character = reader.peek();
    if (character === '') throw new PatternSyntaxError('Unclosed character class');
    if (character === ']' && result !== undefined) break;
    if (character === '[') result = join(result, parseNested(reader));
    else if (character === '&' && reader.peek(1) === '&') result = intersect(reader, result);
    else result = join(result, readRange(reader));
  }
  reader.next();
  return negative ? complement(result) : result;
}

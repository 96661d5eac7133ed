/** Literals that start with a word: TRUE, NULL, DATE '…', INTERVAL '…' DAY. */

import type { TokenCursor } from '../types/sql-tokens.ts';
import { TokenError } from '../types/sql-tokens.ts';
import type { ExpressionReader, IntervalQualifier, Syntax } from './syntax.ts';

const UNITS = ['YEAR', 'QUARTER', 'MONTH', 'WEEK', 'DAY', 'HOUR', 'MINUTE', 'SECOND'];

export function startsLiteral(cursor: TokenCursor): boolean {
  const word = cursor.peek().value;
  if (word === 'TRUE' || word === 'FALSE' || word === 'UNKNOWN' || word === 'NULL') return true;
  if (word === 'INTERVAL') return true;
  if (word === 'DATE' || word === 'TIME' || word === 'TIMESTAMP')
    return cursor.peek(1).kind === 'string' || (word === 'TIMESTAMP' && cursor.isWord('WITH', 1));
  return false;
}

/** Call only where `startsLiteral` says so. */
export function parseLiteralWord(parser: ExpressionReader): Syntax {
  const { cursor } = parser;
  const token = cursor.next();
  switch (token.value) {
    case 'NULL':
      return { kind: 'null', span: parser.span(token.start) };
    case 'TRUE':
    case 'FALSE':
    case 'UNKNOWN':
      return { kind: 'boolean', value: token.value === 'UNKNOWN' ? null : token.value === 'TRUE', span: parser.span(token.start) };
    case 'INTERVAL':
      return parseInterval(parser, token.start);
    default:
      return parseDatetime(parser, token.value, token.start);
  }
}

function parseDatetime(parser: ExpressionReader, word: string, start: number): Syntax {
  const { cursor } = parser;
  if (word === 'TIMESTAMP' && cursor.takeWord('WITH')) {
    cursor.expectWord('LOCAL');
    cursor.expectWord('TIME');
    cursor.expectWord('ZONE');
    const text = expectText(cursor);
    return {
      kind: 'cast',
      safe: false,
      operand: { kind: 'datetime', type: 'TIMESTAMP', text, span: parser.span(start) },
      type: { kind: 'TIMESTAMP_LTZ', precision: fractionDigits(text), nullable: true },
      span: parser.span(start),
    };
  }
  const type = word === 'DATE' || word === 'TIME' ? word : 'TIMESTAMP';
  return { kind: 'datetime', type, text: expectText(cursor), span: parser.span(start) };
}

function fractionDigits(text: string): number {
  return Math.min((/\.(\d+)$/.exec(text)?.[1] ?? '').length, 9);
}

function parseInterval(parser: ExpressionReader, start: number): Syntax {
  const { cursor } = parser;
  let negative = false;
  while (cursor.isSymbol('-') || cursor.isSymbol('+')) negative = (cursor.next().value === '-') !== negative;
  const token = cursor.peek();
  if (token.kind !== 'string' && token.kind !== 'number') throw cursor.unexpected("a text such as '1'", "文本，如 '1'");
  cursor.next();
  const qualifier = readQualifier(cursor);
  return { kind: 'interval', negative, text: token.value, qualifier, span: parser.span(start) };
}

function expectText(cursor: TokenCursor): string {
  const token = cursor.peek();
  if (token.kind !== 'string') throw cursor.unexpected("a text such as '2024-02-29'", "文本，如 '2024-02-29'");
  cursor.next();
  return token.value;
}

/** Reads `DAY(2) TO SECOND(3)` and the like. */
export function readQualifier(cursor: TokenCursor): IntervalQualifier {
  const from = readUnit(cursor);
  let secondPrecision: number | null = null;
  let fromPrecision: number | null = null;
  if (cursor.takeSymbol('(')) {
    fromPrecision = readDigits(cursor);
    if (cursor.takeSymbol(',')) secondPrecision = readDigits(cursor);
    cursor.expectSymbol(')');
  }
  if (!cursor.takeWord('TO')) return { from, fromPrecision, to: null, secondPrecision };
  const to = readUnit(cursor);
  if (to === 'SECOND' && cursor.takeSymbol('(')) {
    secondPrecision = readDigits(cursor);
    cursor.expectSymbol(')');
  }
  return { from, fromPrecision, to, secondPrecision };
}

function readUnit(cursor: TokenCursor): string {
  const token = cursor.peek();
  const unit = token.value.replace(/S$/, '');
  if (token.kind !== 'word' || !UNITS.includes(unit)) {
    throw new TokenError(
      token.start,
      token.end,
      `an interval needs a unit such as DAY, HOUR or SECOND here`,
      `间隔在此需要单位，例如 DAY、HOUR 或 SECOND`,
    );
  }
  cursor.next();
  return unit;
}

function readDigits(cursor: TokenCursor): number {
  const token = cursor.peek();
  if (token.kind !== 'number' || !/^\d{1,2}$/.test(token.value)) throw cursor.unexpected('a number of digits');
  cursor.next();
  return Number(token.value);
}

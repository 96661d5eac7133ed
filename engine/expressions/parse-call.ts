/** Function calls: plain ones and those with a grammar of their own, which are brought to plain arguments. */

import type { LogicalType } from '../types/logical-type.ts';
import { readType } from '../types/parse-type.ts';
import type { Token } from '../types/sql-tokens.ts';
import type { CallSyntax, ExpressionReader, JsonBehaviorSyntax, Syntax } from './syntax.ts';

/** Functions that are written without parentheses. */
const BARE_FUNCTIONS = new Set([
  'CURRENT_DATE',
  'CURRENT_TIME',
  'CURRENT_TIMESTAMP',
  'LOCALTIME',
  'LOCALTIMESTAMP',
  'CURRENT_USER',
  'SESSION_USER',
  'SYSTEM_USER',
  'CURRENT_CATALOG',
  'CURRENT_DATABASE',
  'PI',
]);
/** `YEAR(x)` is short for `EXTRACT(YEAR FROM x)`; the key is the function, the value the unit. */
const EXTRACT_SHORT: Readonly<Record<string, string>> = {
  YEAR: 'YEAR',
  QUARTER: 'QUARTER',
  MONTH: 'MONTH',
  WEEK: 'WEEK',
  DAYOFYEAR: 'DOY',
  DAYOFMONTH: 'DAY',
  DAYOFWEEK: 'DOW',
  HOUR: 'HOUR',
  MINUTE: 'MINUTE',
  SECOND: 'SECOND',
};
/** JSON and collection syntax with keywords inside; read over, refused by name. */
const KEYWORD_ARGUMENTS = new Set(['JSON_EXISTS', 'JSON_QUERY', 'JSON_OBJECT', 'JSON_ARRAY', 'JSON_OBJECTAGG', 'JSON_ARRAYAGG']);

/** A call at the cursor, or null when the word there is a name. */
export function parseCall(parser: ExpressionReader): Syntax | null {
  const { cursor } = parser;
  const token = cursor.peek();
  if ((token.value === 'ARRAY' || token.value === 'MAP' || token.value === 'MULTISET') && cursor.isSymbol('[', 1))
    return bracketConstructor(parser, token);
  if (!cursor.isSymbol('(', 1)) {
    if (!BARE_FUNCTIONS.has(token.value) || cursor.isSymbol('.', 1)) return null;
    cursor.next();
    return call(parser, token, token.value, [], 'bare');
  }
  cursor.next();
  cursor.next();
  if (KEYWORD_ARGUMENTS.has(token.value)) return unbuiltCall(parser, token);
  return specialCall(parser, token) ?? plainCall(parser, token);
}

/** A call whose name is quoted; the cursor stands on the name. */
export function parseQuotedCall(parser: ExpressionReader): Syntax {
  const token = parser.cursor.next();
  parser.cursor.next();
  return plainCall(parser, { ...token, value: token.value.toUpperCase() });
}

function specialCall(parser: ExpressionReader, token: Token): Syntax | null {
  switch (token.value) {
    case 'EXTRACT':
      return extract(parser, token);
    case 'FLOOR':
    case 'CEIL':
    case 'CEILING':
      return floorTo(parser, token);
    case 'TRIM':
      return trim(parser, token);
    case 'POSITION':
      return position(parser, token);
    case 'SUBSTRING':
      return substring(parser, token);
    case 'OVERLAY':
      return overlay(parser, token);
    case 'TIMESTAMPADD':
    case 'TIMESTAMPDIFF':
      return unitFirst(parser, token);
    case 'JSON_VALUE':
      return jsonValue(parser, token);
    case 'ROW':
      return { kind: 'unbuilt', what: 'ROW', parts: argumentList(parser), span: parser.span(token.start) };
    default:
      return null;
  }
}

function call(parser: ExpressionReader, token: Token, name: string, args: readonly Syntax[], form: CallSyntax['form']): CallSyntax {
  return { kind: 'call', name, arguments: args, form, returning: null, onEmpty: null, onError: null, span: parser.span(token.start) };
}

/** The rest of `( a, b )` after the opening parenthesis. */
function argumentList(parser: ExpressionReader): Syntax[] {
  const { cursor } = parser;
  const args: Syntax[] = [];
  if (cursor.takeSymbol(')')) return args;
  do args.push(parser.expression());
  while (cursor.takeSymbol(','));
  cursor.expectSymbol(')');
  return args;
}

function plainCall(parser: ExpressionReader, token: Token): Syntax {
  const { cursor } = parser;
  if (cursor.isWord('DISTINCT') || cursor.isSymbol('*')) return unbuiltCall(parser, token);
  const args = argumentList(parser);
  const unit = EXTRACT_SHORT[token.value];
  if (unit !== undefined && args.length === 1) {
    return call(parser, token, 'EXTRACT', [{ kind: 'symbol', name: unit, span: token }, ...args], 'plain');
  }
  return call(parser, token, token.value, args, 'plain');
}

function symbol(parser: ExpressionReader, wanted: string, wantedZh = wanted): Syntax {
  const token = parser.cursor.peek();
  if (token.kind !== 'word') throw parser.cursor.unexpected(wanted, wantedZh);
  parser.cursor.next();
  return { kind: 'symbol', name: token.value, span: { start: token.start, end: token.end } };
}

function extract(parser: ExpressionReader, token: Token): Syntax {
  const unit = symbol(parser, 'a unit such as YEAR or HOUR', '单位，如 YEAR 或 HOUR');
  parser.cursor.expectWord('FROM');
  const operand = parser.expression();
  parser.cursor.expectSymbol(')');
  return call(parser, token, 'EXTRACT', [unit, operand], 'extract');
}

function floorTo(parser: ExpressionReader, token: Token): Syntax {
  const { cursor } = parser;
  if (cursor.isSymbol(')')) return plainCall(parser, token);
  const name = token.value === 'CEILING' ? 'CEIL' : token.value;
  const first = parser.expression();
  if (cursor.takeWord('TO')) {
    const unit = symbol(parser, 'a unit such as DAY or HOUR', '单位，如 DAY 或 HOUR');
    cursor.expectSymbol(')');
    return call(parser, token, name, [first, unit], 'floor-to');
  }
  const more = cursor.takeSymbol(',') ? argumentList(parser) : [];
  if (more.length === 0) cursor.expectSymbol(')');
  return call(parser, token, name, [first, ...more], 'plain');
}

function trim(parser: ExpressionReader, token: Token): Syntax {
  const { cursor } = parser;
  const at = cursor.peek();
  let side: Syntax = { kind: 'symbol', name: 'BOTH', span: token };
  let named = false;
  if (['BOTH', 'LEADING', 'TRAILING'].includes(at.value) && at.kind === 'word') {
    side = symbol(parser, 'BOTH');
    named = true;
  }
  const blank: Syntax = { kind: 'text', value: ' ', span: token };
  if (named && cursor.takeWord('FROM')) {
    const operand = parser.expression();
    cursor.expectSymbol(')');
    return call(parser, token, 'TRIM', [side, blank, operand], 'trim');
  }
  const first = parser.expression();
  if (cursor.takeWord('FROM')) {
    const operand = parser.expression();
    cursor.expectSymbol(')');
    return call(parser, token, 'TRIM', [side, first, operand], 'trim');
  }
  cursor.expectSymbol(')');
  return call(parser, token, 'TRIM', [side, blank, first], 'trim');
}

function position(parser: ExpressionReader, token: Token): Syntax {
  const { cursor } = parser;
  // IN binds at 32, so the needle must be read above it.
  const needle = parser.expression(32);
  cursor.expectWord('IN');
  const args = [needle, parser.expression(32)];
  if (cursor.takeWord('FROM')) args.push(parser.expression());
  cursor.expectSymbol(')');
  return call(parser, token, 'POSITION', args, 'position');
}

function substring(parser: ExpressionReader, token: Token): Syntax {
  const { cursor } = parser;
  if (cursor.isSymbol(')')) return plainCall(parser, token);
  const args = [parser.expression()];
  if (cursor.takeWord('FROM')) {
    args.push(parser.expression());
    if (cursor.takeWord('FOR')) args.push(parser.expression());
    cursor.expectSymbol(')');
    return call(parser, token, 'SUBSTRING', args, 'substring');
  }
  while (cursor.takeSymbol(',')) args.push(parser.expression());
  cursor.expectSymbol(')');
  return call(parser, token, 'SUBSTRING', args, 'plain');
}

function overlay(parser: ExpressionReader, token: Token): Syntax {
  const { cursor } = parser;
  const args = [parser.expression()];
  cursor.expectWord('PLACING');
  args.push(parser.expression());
  cursor.expectWord('FROM');
  args.push(parser.expression());
  if (cursor.takeWord('FOR')) args.push(parser.expression());
  cursor.expectSymbol(')');
  return call(parser, token, 'OVERLAY', args, 'overlay');
}

function unitFirst(parser: ExpressionReader, token: Token): Syntax {
  const unit = symbol(parser, 'a unit such as DAY or HOUR', '单位，如 DAY 或 HOUR');
  const name = unit.kind === 'symbol' ? unit.name.replace(/^SQL_TSI_/, '') : '';
  parser.cursor.expectSymbol(',');
  const args = argumentList(parser);
  return call(parser, token, token.value, [{ kind: 'symbol', name, span: unit.span }, ...args], 'unit-first');
}

function jsonValue(parser: ExpressionReader, token: Token): Syntax {
  const { cursor } = parser;
  const args = [parser.expression()];
  cursor.expectSymbol(',');
  args.push(parser.expression());
  let returning: LogicalType | null = null;
  if (cursor.takeWord('RETURNING')) returning = readType(cursor);
  let onEmpty: JsonBehaviorSyntax | null = null;
  let onError: JsonBehaviorSyntax | null = null;
  while (cursor.isWord('NULL') || cursor.isWord('ERROR') || cursor.isWord('DEFAULT')) {
    const behavior = jsonBehavior(parser, args);
    cursor.expectWord('ON');
    if (cursor.takeWord('EMPTY')) onEmpty = behavior;
    else {
      cursor.expectWord('ERROR');
      onError = behavior;
    }
  }
  cursor.expectSymbol(')');
  return { ...call(parser, token, 'JSON_VALUE', args, 'json-value'), returning, onEmpty, onError };
}

function jsonBehavior(parser: ExpressionReader, args: Syntax[]): JsonBehaviorSyntax {
  const word = parser.cursor.next().value;
  if (word === 'NULL' || word === 'ERROR') return { kind: word };
  args.push(parser.expression());
  return { kind: 'DEFAULT', argument: args.length - 1 };
}

/** `ARRAY[…]`, `MAP[…]`: understood, not built. */
function bracketConstructor(parser: ExpressionReader, token: Token): Syntax {
  const { cursor } = parser;
  cursor.next();
  cursor.next();
  const parts: Syntax[] = [];
  if (!cursor.isSymbol(']')) {
    do parts.push(parser.expression());
    while (cursor.takeSymbol(','));
  }
  cursor.expectSymbol(']');
  return { kind: 'unbuilt', what: token.value, parts, span: parser.span(token.start) };
}

/** Reads over the parentheses of a call whose grammar is not built. */
function unbuiltCall(parser: ExpressionReader, token: Token): Syntax {
  const { cursor } = parser;
  for (let open = 1; open > 0; ) {
    if (cursor.peek().kind === 'end') throw cursor.unexpected('")"');
    const next = cursor.next();
    if (next.kind === 'symbol' && next.value === '(') open++;
    if (next.kind === 'symbol' && next.value === ')') open--;
  }
  return { kind: 'unbuilt', what: token.value, parts: [], span: parser.span(token.start) };
}

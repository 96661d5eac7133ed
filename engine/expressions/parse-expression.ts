/** Recursive-descent parser of the expression language: the subset of Flink SQL that stands in forms and pipeline files. */
import { readType } from '../types/parse-type.ts';
import type { Token } from '../types/sql-tokens.ts';
import { TokenCursor, TokenError } from '../types/sql-tokens.ts';
import { parseCall, parseQuotedCall } from './parse-call.ts';
import { parseLiteralWord, readQualifier, startsLiteral } from './parse-literal.ts';
import type { ExpressionProblem, Span } from './problem.ts';
import { ExpressionRefusal } from './problem.ts';
import { RESERVED_WORDS } from './reserved-words.ts';
import type { BinaryOperator, ExpressionReader, Syntax } from './syntax.ts';
import { walkSyntax } from './syntax.ts';

/** UTF-16 units of one expression. */
export const EXPRESSION_LENGTH_MAX = 100_000;
/** Levels of nesting in the tree (long chains of + count too; AND and OR chains do not). */
export const EXPRESSION_DEPTH_MAX = 250;

export type ParsedExpression = { readonly syntax: Syntax } | { readonly problem: ExpressionProblem };

export function parseExpression(text: string): ParsedExpression {
  try {
    return { syntax: parseWhole(text) };
  } catch (error) {
    if (error instanceof ExpressionRefusal) return { problem: error.problem };
    if (error instanceof TokenError)
      return { problem: { code: 'MR3010', start: error.start, end: error.end, text: { en: error.message, zh: error.zh } } };
    throw error;
  }
}

function parseWhole(text: string): Syntax {
  if (text.length > EXPRESSION_LENGTH_MAX) {
    throw new ExpressionRefusal(
      'MR3011',
      { start: EXPRESSION_LENGTH_MAX, end: text.length },
      `an expression may have at most ${EXPRESSION_LENGTH_MAX} characters`,
      `表达式最多 ${EXPRESSION_LENGTH_MAX} 个字符`,
    );
  }
  const parser = new ExpressionParser(text);
  if (parser.cursor.peek().kind === 'end') throw parser.cursor.unexpected('an expression', '一个表达式');
  const syntax = parser.expression();
  if (parser.cursor.peek().kind !== 'end') throw parser.cursor.unexpected('an operator or the end', '运算符或结尾');
  walkSyntax(syntax, (node, depth) => {
    if (depth > EXPRESSION_DEPTH_MAX) throw tooDeep(node.span);
  });
  return syntax;
}

function tooDeep(span: Span): ExpressionRefusal {
  return new ExpressionRefusal(
    'MR3011',
    span,
    `an expression may be nested at most ${EXPRESSION_DEPTH_MAX} levels deep; compute a part of it in a column of its own first`,
    `表达式最多嵌套 ${EXPRESSION_DEPTH_MAX} 层；请先用单独的列计算其中一部分`,
  );
}

/** Calcite's binding powers: a higher one binds tighter. */
const OR_POWER = 22;
const AND_POWER = 24;
const NOT_POWER = 26;
const IS_POWER = 28;
const COMPARISON_POWER = 30;
const RANGE_POWER = 32;
const SUM_POWER = 40;
const PRODUCT_POWER = 60;
const SIGN_POWER = 80;

const BINARY_POWERS: Readonly<Record<string, number>> = {
  '=': COMPARISON_POWER,
  '<>': COMPARISON_POWER,
  '<': COMPARISON_POWER,
  '<=': COMPARISON_POWER,
  '>': COMPARISON_POWER,
  '>=': COMPARISON_POWER,
  '+': SUM_POWER,
  '-': SUM_POWER,
  '*': PRODUCT_POWER,
  '/': PRODUCT_POWER,
  '%': PRODUCT_POWER,
  '||': PRODUCT_POWER,
};

class ExpressionParser implements ExpressionReader {
  readonly cursor: TokenCursor;
  private depth = 0;

  constructor(text: string) {
    this.cursor = new TokenCursor(text);
  }

  expression(power = 0): Syntax {
    this.depth++;
    if (this.depth > EXPRESSION_DEPTH_MAX) throw tooDeep(this.cursor.peek());
    let left = this.prefix();
    for (let next = this.infix(left, power); next !== null; next = this.infix(left, power)) left = next;
    this.depth--;
    return left;
  }

  /** From the start of `first` to the last token taken. */
  span(start: number): Span {
    return { start, end: this.cursor.lastEnd() };
  }

  private prefix(): Syntax {
    const token = this.cursor.peek();
    if (token.kind === 'word' && token.value === 'NOT') {
      this.cursor.next();
      const operand = this.expression(NOT_POWER);
      return { kind: 'unary', operator: 'NOT', operand, span: this.span(token.start) };
    }
    if (token.kind === 'symbol' && (token.value === '-' || token.value === '+')) {
      this.cursor.next();
      const operand = this.expression(SIGN_POWER);
      return { kind: 'unary', operator: token.value, operand, span: this.span(token.start) };
    }
    return this.postfix(this.primary());
  }

  private primary(): Syntax {
    const { cursor } = this;
    const token = cursor.peek();
    switch (token.kind) {
      case 'number':
        cursor.next();
        return { kind: 'number', text: token.value, span: this.span(token.start) };
      case 'string':
        cursor.next();
        this.refuseSecondText(cursor.peek());
        return { kind: 'text', value: token.value, span: this.span(token.start) };
      case 'binary':
        cursor.next();
        return { kind: 'bytes', hex: token.value, span: this.span(token.start) };
      case 'quoted':
        return cursor.isSymbol('(', 1) ? parseQuotedCall(this) : this.name();
      case 'word':
        return this.word(token);
      case 'symbol':
        if (token.value === '(') return this.parenthesized();
        throw cursor.unexpected('a value, a column or a function', '值、列或函数');
      default:
        throw cursor.unexpected('a value, a column or a function', '值、列或函数');
    }
  }

  private refuseSecondText(token: Token): void {
    if (token.kind === 'string')
      throw new TokenError(
        token.start,
        token.end,
        "two texts in a row; join them with || or double the quote inside a text: 'it''s'",
        "两个文本相邻；请用 || 连接，文本中的单引号要写两个：'it''s'",
      );
  }

  private word(token: Token): Syntax {
    if (startsLiteral(this.cursor)) return parseLiteralWord(this);
    if (token.value === 'CASE') return this.caseExpression();
    if ((token.value === 'CAST' || token.value === 'TRY_CAST') && this.cursor.isSymbol('(', 1)) return this.cast();
    const call = parseCall(this);
    return call ?? this.name();
  }

  private name(): Syntax {
    const { cursor } = this;
    const start = cursor.peek().start;
    const parts: string[] = [];
    do {
      const token = cursor.peek();
      if (token.kind === 'word') refuseReserved(cursor, token);
      else if (token.kind !== 'quoted') throw cursor.unexpected('a column name', '列名');
      cursor.next();
      parts.push(cursor.nameText(token));
    } while (cursor.takeSymbol('.'));
    return { kind: 'name', parts, span: this.span(start) };
  }

  private parenthesized(): Syntax {
    const { cursor } = this;
    const start = cursor.next().start;
    const inner = this.expression();
    if (cursor.isSymbol(',')) return this.rowConstructor(start, inner);
    cursor.expectSymbol(')');
    if (inner.kind === 'binary' && inner.operator === '-' && qualifierFollows(cursor)) {
      const qualifier = readQualifier(cursor);
      return { kind: 'difference', left: inner.left, right: inner.right, qualifier, span: this.span(start) };
    }
    return inner;
  }

  private rowConstructor(start: number, first: Syntax): Syntax {
    const parts = [first];
    while (this.cursor.takeSymbol(',')) parts.push(this.expression());
    this.cursor.expectSymbol(')');
    if (this.cursor.takeWord('OVERLAPS')) {
      parts.push(this.expression(RANGE_POWER));
      return { kind: 'unbuilt', what: 'OVERLAPS', parts, span: this.span(start) };
    }
    return { kind: 'unbuilt', what: 'ROW', parts, span: this.span(start) };
  }

  /** `a[1]` and `f(x).field`: understood, not built. */
  private postfix(base: Syntax): Syntax {
    const { cursor } = this;
    let node = base;
    for (;;) {
      if (cursor.takeSymbol('[')) {
        const index = this.expression();
        cursor.expectSymbol(']');
        node = { kind: 'unbuilt', what: 'ITEM', parts: [node, index], span: this.span(base.span.start) };
      } else if (cursor.isSymbol('.') && node.kind !== 'number') {
        cursor.next();
        cursor.next();
        node = { kind: 'unbuilt', what: 'DOT', parts: [node], span: this.span(base.span.start) };
      } else {
        return node;
      }
    }
  }

  private caseExpression(): Syntax {
    const { cursor } = this;
    const start = cursor.next().start;
    const subject = cursor.isWord('WHEN') ? null : this.expression();
    const branches: { condition: Syntax; result: Syntax }[] = [];
    while (cursor.takeWord('WHEN')) {
      const condition = this.expression();
      // `CASE x WHEN 1, 2 THEN …` is Calcite's short form for several values.
      const more: Syntax[] = [];
      while (subject !== null && cursor.takeSymbol(',')) more.push(this.expression());
      cursor.expectWord('THEN');
      const result = this.expression();
      for (const one of [condition, ...more]) branches.push({ condition: one, result });
    }
    if (branches.length === 0) throw cursor.unexpected('WHEN');
    const otherwise = cursor.takeWord('ELSE') ? this.expression() : null;
    cursor.expectWord('END');
    return { kind: 'case', subject, branches, otherwise, span: this.span(start) };
  }

  private cast(): Syntax {
    const { cursor } = this;
    const token = cursor.next();
    cursor.expectSymbol('(');
    const operand = this.expression();
    cursor.expectWord('AS');
    if (cursor.isWord('VARIANT') || cursor.isWord('RAW')) {
      const what = cursor.next().value;
      cursor.expectSymbol(')');
      return { kind: 'unbuilt', what, parts: [operand], span: this.span(token.start) };
    }
    const type = readType(cursor);
    cursor.expectSymbol(')');
    return { kind: 'cast', safe: token.value === 'TRY_CAST', operand, type, span: this.span(token.start) };
  }

  /** Extends `left` by one operator that binds tighter than `power`, or answers null. */
  private infix(left: Syntax, power: number): Syntax | null {
    const token = this.cursor.peek();
    if (token.kind === 'symbol') return this.symbolInfix(left, power, token);
    if (token.kind !== 'word') return null;
    switch (token.value) {
      case 'AND':
        return power < AND_POWER ? this.logic(left, 'AND', AND_POWER) : null;
      case 'OR':
        return power < OR_POWER ? this.logic(left, 'OR', OR_POWER) : null;
      case 'IS':
        return this.isInfix(left, power);
      case 'NOT':
      case 'LIKE':
      case 'SIMILAR':
      case 'BETWEEN':
      case 'IN':
        return power < RANGE_POWER ? this.rangeInfix(left) : null;
      default:
        return null;
    }
  }

  private symbolInfix(left: Syntax, power: number, token: Token): Syntax | null {
    const own = BINARY_POWERS[token.value];
    if (own === undefined || power >= own) return null;
    this.cursor.next();
    const right = this.expression(own);
    return { kind: 'binary', operator: token.value as BinaryOperator, left, right, span: this.span(left.span.start) };
  }

  private logic(left: Syntax, operator: 'AND' | 'OR', own: number): Syntax {
    const operands = [left];
    while (this.cursor.takeWord(operator)) operands.push(this.expression(own));
    return { kind: 'logic', operator, operands, span: this.span(left.span.start) };
  }

  private isInfix(left: Syntax, power: number): Syntax | null {
    const { cursor } = this;
    const negated = cursor.isWord('NOT', 1);
    const at = negated ? 2 : 1;
    if (cursor.isWord('DISTINCT', at)) {
      if (power >= SUM_POWER) return null;
      for (let i = 0; i <= at; i++) cursor.next();
      cursor.expectWord('FROM');
      const right = this.expression(SUM_POWER);
      return {
        kind: 'binary',
        operator: negated ? 'IS NOT DISTINCT FROM' : 'IS DISTINCT FROM',
        left,
        right,
        span: this.span(left.span.start),
      };
    }
    if (power >= IS_POWER) return null;
    for (let i = 0; i < at; i++) cursor.next();
    const test = cursor.peek();
    const start = left.span.start;
    if (test.kind === 'word' && (test.value === 'NULL' || test.value === 'TRUE' || test.value === 'FALSE' || test.value === 'UNKNOWN')) {
      cursor.next();
      return { kind: 'is', test: test.value, negated, operand: left, span: this.span(start) };
    }
    if (cursor.takeWord('JSON')) {
      for (const word of ['VALUE', 'OBJECT', 'ARRAY', 'SCALAR']) if (cursor.takeWord(word)) break;
      return { kind: 'unbuilt', what: 'IS JSON', parts: [left], span: this.span(start) };
    }
    throw cursor.unexpected('NULL, TRUE, FALSE, UNKNOWN or DISTINCT FROM', 'NULL、TRUE、FALSE、UNKNOWN 或 DISTINCT FROM');
  }

  private rangeInfix(left: Syntax): Syntax | null {
    const { cursor } = this;
    const negated = cursor.isWord('NOT');
    const at = negated ? 1 : 0;
    if (!['LIKE', 'SIMILAR', 'BETWEEN', 'IN'].some((word) => cursor.isWord(word, at))) return null;
    if (negated) cursor.next();
    const start = left.span.start;
    const word = cursor.next().value;
    if (word === 'BETWEEN') {
      const symmetric = cursor.takeWord('SYMMETRIC') || (cursor.takeWord('ASYMMETRIC') && false);
      const low = this.expression(RANGE_POWER);
      cursor.expectWord('AND');
      const high = this.expression(RANGE_POWER);
      return { kind: 'between', negated, symmetric, operand: left, low, high, span: this.span(start) };
    }
    if (word === 'IN') {
      cursor.expectSymbol('(');
      const items = [this.expression()];
      while (cursor.takeSymbol(',')) items.push(this.expression());
      cursor.expectSymbol(')');
      return { kind: 'in', negated, operand: left, items, span: this.span(start) };
    }
    if (word === 'SIMILAR') cursor.expectWord('TO');
    const pattern = this.expression(RANGE_POWER);
    const escapeBy = cursor.takeWord('ESCAPE') ? this.expression(RANGE_POWER) : null;
    return { kind: 'like', similar: word === 'SIMILAR', negated, operand: left, pattern, escape: escapeBy, span: this.span(start) };
  }
}

function qualifierFollows(cursor: TokenCursor): boolean {
  return ['YEAR', 'QUARTER', 'MONTH', 'WEEK', 'DAY', 'HOUR', 'MINUTE', 'SECOND'].some((unit) => cursor.isWord(unit));
}

function refuseReserved(cursor: TokenCursor, token: Token): void {
  if (!RESERVED_WORDS.has(token.value)) return;
  const written = cursor.text.slice(token.start, token.end);
  throw new TokenError(
    token.start,
    token.end,
    `a value, a column or a function is expected here, not ${written}; a column of that name is written \`${written}\``,
    `此处需要值、列或函数，而不是 ${written}；名为它的列请写成 \`${written}\``,
  );
}

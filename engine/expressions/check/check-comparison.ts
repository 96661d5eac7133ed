/** Types of comparisons, IN, BETWEEN and IS DISTINCT FROM, with the implicit casts Flink makes for them. */
import { leastRestrictive } from '../../types/common-type.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import {
  BOOLEAN,
  DOUBLE,
  decimalType,
  isApproximateNumeric,
  isBinary,
  isCharacter,
  isDatetime,
  isInteger,
  isInterval,
  isNumeric,
  isTimestamp,
  notNull,
  STRING,
  withNullable,
} from '../../types/make-type.ts';
import { printBare } from '../../types/print-type.ts';
import { createCast } from '../cast/create-cast.ts';
import { EvaluationError } from '../evaluation-error.ts';
import type { Span } from '../problem.ts';
import type { ComparisonOperator, TypedExpression } from '../typed-expression.ts';
import {
  booleanLiteral,
  coerce,
  isNull,
  isUntypedNull,
  literal,
  sameExpression,
  sameType,
  typedChildren,
  typeRefusal,
} from './build-typed.ts';
import { checkMember } from './check-call.ts';

export function checkComparison(
  operator: ComparisonOperator,
  left: TypedExpression,
  right: TypedExpression,
  span: Span,
  timeZone: string,
): TypedExpression {
  if (isUntypedNull(left) || isUntypedNull(right)) return booleanLiteral(null, span);
  const pair = alignOperands(operator, left, right, span, timeZone);
  if (isNull(left) || isNull(right)) return booleanLiteral(null, span);
  if (!Array.isArray(pair)) return pair;
  const [a, b] = pair;
  const type = withNullable(BOOLEAN, left.type.nullable || right.type.nullable);
  if (sameExpression(a, b)) return withItself(operator, a, type, span);
  return { kind: 'comparison', operator, left: a, right: b, type, span };
}

/** `x = x` holds for every present x, NaN included: Flink's planner decides it without looking at the value. */
function withItself(operator: ComparisonOperator, operand: TypedExpression, type: LogicalType, span: Span): TypedExpression {
  const answer = booleanLiteral(operator === '=' || operator === '<=' || operator === '>=', span);
  if (!operand.type.nullable) return answer;
  return ifPresent([operand], answer, type, span);
}

/** `answer` where all operands are present, NULL elsewhere. */
function ifPresent(operands: readonly TypedExpression[], answer: TypedExpression, type: LogicalType, span: Span): TypedExpression {
  const branches = operands
    .filter((operand) => operand.type.nullable)
    .map((operand) => ({
      condition: { kind: 'is', test: 'NULL', negated: false, operand, type: notNull(BOOLEAN), span } satisfies TypedExpression,
      result: booleanLiteral(null, span),
    }));
  if (branches.length === 0) return answer;
  return { kind: 'case', branches, otherwise: answer, type, span };
}

type Pair = [TypedExpression, TypedExpression];

/** Both sides in a type they can be compared in, or what the comparison comes to. */
function alignOperands(
  operator: ComparisonOperator,
  left: TypedExpression,
  right: TypedExpression,
  span: Span,
  timeZone: string,
): Pair | TypedExpression {
  const a = left.type;
  const b = right.type;
  if (isNumeric(a) && isNumeric(b)) return alignNumbers(left, right);
  if (isCharacter(a) && isCharacter(b)) return [left, right];
  if (isBinary(a) && isBinary(b)) return [left, right];
  if (a.kind === b.kind && (a.kind === 'BOOLEAN' || a.kind === 'DATE' || a.kind === 'TIME' || isInterval(a))) return [left, right];
  if (isTimestamp(a) && isTimestamp(b)) {
    if (a.kind === b.kind) return [left, right];
    // An instant and a local time are equal as instants, but ordered as local times.
    const kind = operator === '=' || operator === '<>' ? 'TIMESTAMP_LTZ' : 'TIMESTAMP';
    const common: LogicalType = { kind, precision: 9, nullable: true };
    return [coerce(left, common), coerce(right, common)];
  }
  if (isCharacter(a) && comparesWithText(b)) return alignText(operator, left, right, true, span, timeZone);
  if (isCharacter(b) && comparesWithText(a)) return alignText(operator, right, left, false, span, timeZone);
  const types = `${printBare(a)} ${operator} ${printBare(b)}`;
  throw typeRefusal(
    span,
    `${types} cannot be compared; CAST one side to the other's type`,
    `无法比较 ${types}；请用 CAST 把一侧转换为另一侧的类型`,
  );
}

function comparesWithText(type: LogicalType): boolean {
  return isNumeric(type) || isDatetime(type) || isInterval(type) || type.kind === 'BOOLEAN';
}

function alignNumbers(left: TypedExpression, right: TypedExpression): Pair {
  const a = left.type;
  const b = right.type;
  if (a.kind === 'DECIMAL' && isApproximateNumeric(b)) return [left, widened(right, left)];
  if (b.kind === 'DECIMAL' && isApproximateNumeric(a)) return [widened(left, right), right];
  if (isApproximateNumeric(a) || isApproximateNumeric(b)) {
    const float = (a.kind === 'FLOAT' || isInteger(a)) && (b.kind === 'FLOAT' || isInteger(b));
    const common: LogicalType = { kind: float ? 'FLOAT' : 'DOUBLE', nullable: true };
    return float ? [coerce(left, common), coerce(right, common)] : [widened(left, right), widened(right, left)];
  }
  if (a.kind === 'DECIMAL' || b.kind === 'DECIMAL') return [left, right];
  const common = leastRestrictive([a, b]) ?? a;
  return [coerce(left, common), coerce(right, common)];
}

/** As DOUBLE. Between constants a FLOAT counts as the digits it prints, because Flink folds it through its text. */
function widened(operand: TypedExpression, other: TypedExpression): TypedExpression {
  const constant = operand.type.kind === 'FLOAT' && isConstant(operand) && isConstant(other);
  return coerce(constant ? coerce(operand, STRING) : operand, DOUBLE);
}

function isConstant(expression: TypedExpression): boolean {
  if (expression.kind === 'column' || (expression.kind === 'call' && !expression.deterministic)) return false;
  return typedChildren(expression).every(isConstant);
}

/** Text against another type: the text becomes that type, where Flink does so. */
function alignText(
  operator: ComparisonOperator,
  text: TypedExpression,
  other: TypedExpression,
  textFirst: boolean,
  span: Span,
  timeZone: string,
): Pair | TypedExpression {
  const equality = operator === '=' || operator === '<>';
  const order = (converted: TypedExpression): Pair => (textFirst ? [converted, other] : [other, converted]);
  const absent = isNull(text) || isNull(other);
  if (isInterval(other.type)) {
    if (!equality && !absent)
      throw typeRefusal(span, 'text and an interval have no order; compare two intervals', '文本与间隔之间没有大小之分；请比较两个间隔');
    return neverEqual(operator, text, other, span);
  }
  if (!equality) {
    const decided = orderOfConstant(operator, other, textFirst);
    if (decided !== null)
      return ifPresent(
        [text, other],
        booleanLiteral(decided, span),
        withNullable(BOOLEAN, text.type.nullable || other.type.nullable),
        span,
      );
    const target = other.type.kind === 'DECIMAL' ? decimalType(38, 18) : other.type;
    return order({ kind: 'cast', safe: false, operand: text, type: withNullable(target, text.type.nullable), span: text.span });
  }
  if (isNumeric(other.type)) {
    if (absent) return booleanLiteral(null, span);
    throw typeRefusal(
      span,
      `text is not compared with ${printBare(other.type)} by ${operator}; CAST the text to ${printBare(other.type)}`,
      `文本不能用 ${operator} 与 ${printBare(other.type)} 比较；请先 CAST 为 ${printBare(other.type)}`,
    );
  }
  if (other.type.kind === 'BOOLEAN') return neverEqual(operator, text, other, span);
  if (text.kind === 'literal' && !absent) return order(parsedLiteral(text, other.type, timeZone));
  return order({ kind: 'cast', safe: true, operand: text, type: withNullable(other.type, true), span: text.span });
}

/** Nothing is above TRUE or below FALSE: `TRUE >= x` needs no look at x. */
function orderOfConstant(operator: ComparisonOperator, other: TypedExpression, textFirst: boolean): boolean | null {
  if (other.kind !== 'literal' || typeof other.value !== 'boolean') return null;
  const above = textFirst ? operator === '>' : operator === '<';
  const below = textFirst ? operator === '<' : operator === '>';
  const atMost = textFirst ? operator === '<=' : operator === '>=';
  const atLeast = textFirst ? operator === '>=' : operator === '<=';
  if (other.value) return above ? false : atMost ? true : null;
  return below ? false : atLeast ? true : null;
}

/** Values of different classes are never equal. */
function neverEqual(operator: ComparisonOperator, left: TypedExpression, right: TypedExpression, span: Span): TypedExpression {
  const type = withNullable(BOOLEAN, left.type.nullable || right.type.nullable);
  return ifPresent([left, right], booleanLiteral(operator === '<>', span), type, span);
}

function parsedLiteral(text: TypedExpression, type: LogicalType, timeZone: string): TypedExpression {
  const value = text.kind === 'literal' ? text.value : null;
  try {
    return literal(notNull(type), createCast(text.type, type, timeZone)(value), text.span);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    throw typeRefusal(text.span, `'${String(value)}' is not a ${printBare(type)}`, `'${String(value)}' 不是 ${printBare(type)}`);
  }
}

/** `a IN (b, c)`: equal to one of them, in the type all have in common. */
export function checkIn(operand: TypedExpression, items: readonly TypedExpression[], span: Span, timeZone: string): TypedExpression {
  const all = [operand, ...items];
  const nullable = all.some((one) => one.type.nullable);
  const common =
    operand.type.kind === 'FLOAT' && items.every((item) => item.kind === 'literal' && isNumeric(item.type))
      ? operand.type
      : commonForIn(all);
  const cast = (one: TypedExpression): TypedExpression => (common === null || isUntypedNull(one) ? one : explicit(one, common));
  const subject = cast(operand);
  if (
    common !== null &&
    isApproximateNumeric(common) &&
    items.length > 1 &&
    items.every((item) => item.kind === 'literal' && !isNull(item))
  ) {
    return checkMember(subject, items.map(cast), span);
  }
  if (
    items.length >= MEMBER_ITEMS_MIN &&
    items.every((item) => item.kind === 'literal' && !isNull(item) && isLookedUp(subject.type, cast(item)))
  ) {
    return checkMember(subject, items.map(cast), span);
  }
  const operands = items.map((item) => checkComparison('=', subject, cast(item), span, timeZone));
  if (operands.length === 1) return { ...operands[0], type: withNullable(BOOLEAN, nullable) };
  return { kind: 'logic', operator: 'OR', operands, type: withNullable(BOOLEAN, nullable), span };
}

/** From here on a list of constants is looked up in a set instead of compared one by one. */
const MEMBER_ITEMS_MIN = 12;

/** True where equal values are the same JavaScript value. */
function isLookedUp(type: LogicalType, item: TypedExpression): boolean {
  if (item.kind !== 'literal') return false;
  if (isCharacter(type)) return isCharacter(item.type);
  return sameType(type, item.type) && (isInteger(type) || type.kind === 'DECIMAL' || type.kind === 'DATE' || type.kind === 'TIME');
}

/** Text meets another type in that type; null when every comparison decides for itself. */
function commonForIn(all: readonly TypedExpression[]): LogicalType | null {
  const others = all.filter((one) => !isCharacter(one.type) && !isUntypedNull(one));
  const texts = all.filter((one) => isCharacter(one.type));
  if (texts.length > 0 && others.length > 0) return leastRestrictive(others.map((one) => one.type));
  if (others.length > 0 && others.every((one) => isNumeric(one.type))) return leastRestrictive(others.map((one) => one.type));
  return null;
}

function explicit(operand: TypedExpression, type: LogicalType): TypedExpression {
  return coerce(operand, type);
}

/** NULLs are equal to each other here, and the answer is never NULL. */
export function checkDistinct(
  negated: boolean,
  left: TypedExpression,
  right: TypedExpression,
  span: Span,
  timeZone: string,
): TypedExpression {
  const never = notNull(BOOLEAN);
  const isAbsent = (operand: TypedExpression): TypedExpression => ({
    kind: 'is',
    test: 'NULL',
    negated: false,
    operand,
    type: never,
    span,
  });
  const equal = checkComparison('=', left, right, span, timeZone);
  const same: TypedExpression = { kind: 'is', test: 'TRUE', negated: false, operand: equal, type: never, span };
  const both: TypedExpression = { kind: 'logic', operator: 'AND', operands: [isAbsent(left), isAbsent(right)], type: never, span };
  const answer: TypedExpression = { kind: 'logic', operator: 'OR', operands: [both, same], type: never, span };
  return negated ? answer : { kind: 'not', operand: answer, type: never, span };
}

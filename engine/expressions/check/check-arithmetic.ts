/** Types of + - * / % and of the sign, over numbers, intervals and dates. */
import { asDecimal, decimalResult, leastRestrictive } from '../../types/common-type.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { isApproximateNumeric, isDatetime, isExactNumeric, isInterval, isNumeric, withNullable } from '../../types/make-type.ts';
import { printBare } from '../../types/print-type.ts';
import type { Span } from '../problem.ts';
import type { ArithmeticOperator, TypedExpression } from '../typed-expression.ts';
import { coerce, isNull, isUntypedNull, literal, nullOf, typeRefusal } from './build-typed.ts';

export function checkArithmetic(operator: ArithmeticOperator, left: TypedExpression, right: TypedExpression, span: Span): TypedExpression {
  refuseUntypedNull(left);
  refuseUntypedNull(right);
  const typed = numeric(operator, left, right, span) ?? temporal(operator, left, right, span);
  if (typed === null) throw doesNotApply(operator, left, right, span);
  // Flink drops an operation on a constant NULL before it looks at what the operation would do.
  return isNull(left) || isNull(right) ? nullOf(typed.type, span) : typed;
}

export function refuseUntypedNull(operand: TypedExpression): void {
  if (isUntypedNull(operand))
    throw typeRefusal(
      operand.span,
      'NULL has no type here; write for example CAST(NULL AS INT)',
      '此处的 NULL 没有类型；请写成例如 CAST(NULL AS INT)',
    );
}

function doesNotApply(operator: string, left: TypedExpression, right: TypedExpression, span: Span): Error {
  const types = `${printBare(left.type)} ${operator} ${printBare(right.type)}`;
  return typeRefusal(span, `${types} is not possible; CAST one side to a type that fits`, `无法计算 ${types}；请用 CAST 转换其中一侧`);
}

function numeric(operator: ArithmeticOperator, left: TypedExpression, right: TypedExpression, span: Span): TypedExpression | null {
  if (!isNumeric(left.type) || !isNumeric(right.type)) return null;
  if (operator === '%' && (isApproximateNumeric(left.type) || isApproximateNumeric(right.type))) return null;
  const nullable = left.type.nullable || right.type.nullable;
  const decimal = decimalOf(operator, left.type, right.type);
  if (decimal !== null) return { kind: 'arithmetic', operator, left, right, type: withNullable(decimal, nullable), span };
  if (operator === '%') return remainder(left, right, nullable, span);
  const common = leastRestrictive([left.type, right.type]);
  if (common === null) return null;
  const simpler = withoutZero(operator, left, right, common, nullable);
  if (simpler !== null) return simpler;
  return {
    kind: 'arithmetic',
    operator,
    left: coerce(left, common),
    right: coerce(right, common),
    type: withNullable(common, nullable),
    span,
  };
}

function decimalOf(operator: ArithmeticOperator, left: LogicalType, right: LogicalType): LogicalType | null {
  if (left.kind !== 'DECIMAL' && right.kind !== 'DECIMAL') return null;
  const a = asDecimal(left);
  const b = asDecimal(right);
  if (a === null || b === null) return null;
  // The remainder of whole numbers has the type of the divisor.
  if (operator === '%' && a.scale === 0 && b.scale === 0) return right.kind === 'DECIMAL' ? right : null;
  return decimalResult(operator, a, b);
}

/** The remainder has the divisor's type; a DECIMAL dividend is first brought to BIGINT. */
function remainder(left: TypedExpression, right: TypedExpression, nullable: boolean, span: Span): TypedExpression {
  const wide: LogicalType = { kind: 'BIGINT', nullable: true };
  const computed =
    left.type.kind === 'DECIMAL' || left.type.kind === 'BIGINT' || right.type.kind === 'BIGINT'
      ? wide
      : leastRestrictive([left.type, right.type]);
  const common = computed ?? wide;
  const result: TypedExpression = {
    kind: 'arithmetic',
    operator: '%',
    left: coerce(left, common),
    right: coerce(right, common),
    type: withNullable(common, nullable),
    span,
  };
  return coerce(result, right.type);
}

/** Flink's planner drops the zero of `0 + x` and `x - 0`, which shows for -0.0. */
function withoutZero(
  operator: ArithmeticOperator,
  left: TypedExpression,
  right: TypedExpression,
  common: LogicalType,
  nullable: boolean,
): TypedExpression | null {
  if (!isApproximateNumeric(common)) return null;
  const isZero = (side: TypedExpression) => side.kind === 'literal' && (side.value === 0 || side.value === 0n);
  const kept = operator === '+' && isZero(left) ? right : (operator === '+' || operator === '-') && isZero(right) ? left : null;
  if (kept === null || kept.type.nullable !== nullable) return null;
  return coerce(kept, common);
}

function temporal(operator: ArithmeticOperator, left: TypedExpression, right: TypedExpression, span: Span): TypedExpression | null {
  const nullable = left.type.nullable || right.type.nullable;
  const build = (type: LogicalType, a = left, b = right): TypedExpression => ({
    kind: 'arithmetic',
    operator,
    left: a,
    right: b,
    type: withNullable(type, nullable),
    span,
  });
  if (operator === '+' || operator === '-') {
    if (isInterval(left.type) && left.type.kind === right.type.kind) return build(left.type);
    if (isDatetime(left.type) && isInterval(right.type)) return build(left.type);
    if (operator === '+' && isInterval(left.type) && isDatetime(right.type)) {
      if (right.type.kind === 'TIMESTAMP_LTZ')
        throw typeRefusal(span, 'write the TIMESTAMP_LTZ before the interval', '请把 TIMESTAMP_LTZ 写在间隔之前');
      return build(right.type, right, left);
    }
    return null;
  }
  if (operator === '*') {
    if (isInterval(left.type) && isNumeric(right.type)) return scaled(left, right, build);
    if (isNumeric(left.type) && isInterval(right.type)) return scaled(right, left, build);
    return null;
  }
  if (operator === '/' && isInterval(left.type) && isNumeric(right.type)) {
    if (isNull(left) || isNull(right)) return nullOf(left.type, span);
    throw typeRefusal(
      span,
      'an interval cannot be divided; write the smaller interval, or multiply',
      '间隔不能相除；请直接写更小的间隔，或改用乘法',
    );
  }
  return null;
}

function scaled(
  interval: TypedExpression,
  factor: TypedExpression,
  build: (type: LogicalType, a: TypedExpression, b: TypedExpression) => TypedExpression,
): TypedExpression {
  if (!isNull(interval) && !isNull(factor) && (!isExactNumeric(factor.type) || factor.type.kind === 'DECIMAL')) {
    throw typeRefusal(factor.span, 'an interval can only be multiplied by a whole number', '间隔只能乘以整数');
  }
  return build(interval.type, interval, factor);
}

export function checkSign(operator: '+' | '-', operand: TypedExpression, span: Span): TypedExpression {
  refuseUntypedNull(operand);
  if (!isNumeric(operand.type) && !isInterval(operand.type)) {
    throw typeRefusal(
      span,
      `a sign needs a number or an interval, not ${printBare(operand.type)}`,
      `正负号只能用于数字或间隔，不能用于 ${printBare(operand.type)}`,
    );
  }
  if (operator === '+' || isNull(operand)) return operand;
  if (operand.kind === 'literal' && typeof operand.value === 'number' && isApproximateNumeric(operand.type))
    return literal(operand.type, -operand.value, span);
  return { kind: 'negate', operand, type: operand.type, span };
}

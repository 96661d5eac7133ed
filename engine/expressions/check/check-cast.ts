/** CAST and TRY_CAST: what is supported, and the type that results. */
import { castSupport } from '../../types/cast-rules.ts';
import { isCharacter, withNullable } from '../../types/make-type.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { printBare } from '../../types/print-type.ts';
import { keepsText } from '../cast/cast-text.ts';
import { ExpressionRefusal } from '../problem.ts';
import type { Span } from '../problem.ts';
import type { TypedExpression } from '../typed-expression.ts';
import { isNull, nullOf, sameType } from './build-typed.ts';
import { INTERVAL_MONTH, INTERVAL_SECOND } from './check-literal.ts';

/** Flink keeps TIME without digits of the second and prints one type per interval kind. */
export function declaredType(type: LogicalType): LogicalType {
  if (type.kind === 'TIME') return { ...type, precision: 0 };
  if (type.kind === 'INTERVAL_YEAR_MONTH') return withNullable(INTERVAL_MONTH, type.nullable);
  if (type.kind === 'INTERVAL_DAY_TIME') return withNullable(INTERVAL_SECOND, type.nullable);
  return type;
}

export function requireCast(operand: TypedExpression, to: LogicalType, span: Span): void {
  const support = castSupport(operand.type, to);
  if (support === 'yes' || (support === 'null-only' && isNull(operand))) return;
  if (support === 'literal-only' && (isNull(operand) || isConstantNumber(operand))) return;
  throw new ExpressionRefusal('MR3015', span, `${printBare(operand.type)} cannot be cast to ${printBare(to)}`, `${printBare(operand.type)} 不能转换为 ${printBare(to)}`);
}

function isConstantNumber(operand: TypedExpression): boolean {
  if (operand.kind === 'literal') return typeof operand.value === 'number' || typeof operand.value === 'bigint';
  return (operand.kind === 'cast' || operand.kind === 'negate') && !isCharacter(operand.operand.type) && isConstantNumber(operand.operand);
}

export function checkCast(operand: TypedExpression, to: LogicalType, safe: boolean, span: Span): TypedExpression {
  const nullable = safe || operand.type.nullable || operand.type.kind === 'NULL';
  const type = withNullable(declaredType(to), nullable);
  if (operand.type.kind === 'NULL') return nullOf(type, span);
  requireCast(operand, to, span);
  if (isNull(operand)) return nullOf(type, span);
  if (sameType(operand.type, type)) return { ...operand, type };
  const inner = withoutPadding(operand);
  // The target's own unit matters for numbers that become intervals.
  const target = withNullable(to.kind === 'INTERVAL_YEAR_MONTH' || to.kind === 'INTERVAL_DAY_TIME' ? to : type, nullable);
  const cast: TypedExpression = { kind: 'cast', safe, operand: inner, type: target, span };
  return sameType(target, type) ? cast : { kind: 'cast', safe: false, operand: cast, type, span };
}

/** The planner drops a cast of a constant that only widens its CHAR, padding included. */
function withoutPadding(operand: TypedExpression): TypedExpression {
  if (operand.kind !== 'cast' || operand.safe || operand.operand.kind !== 'literal') return operand;
  const from = operand.operand.type;
  if (from.kind === 'CHAR' && operand.type.kind === 'CHAR' && operand.type.length >= from.length) return operand.operand;
  return keepsText(from, operand.type) ? operand.operand : operand;
}

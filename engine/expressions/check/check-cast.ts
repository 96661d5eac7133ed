/** CAST and TRY_CAST: what is supported, and the type that results. */
import { castSupport } from '../../types/cast-rules.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { isApproximateNumeric, isCharacter, isInteger, withNullable } from '../../types/make-type.ts';
import { printBare } from '../../types/print-type.ts';
import type { ExactNumber } from '../decimal.ts';
import { exactToNumber, pow10, toDecimal } from '../decimal.ts';
import type { Span } from '../problem.ts';
import { ExpressionRefusal } from '../problem.ts';
import type { TypedExpression } from '../typed-expression.ts';
import { isNull, literal, nullOf, sameType } from './build-typed.ts';
import { INTERVAL_MONTH, INTERVAL_SECOND } from './check-literal.ts';

/** Flink keeps TIME without digits of the second and prints one type per interval kind. */
export function declaredType(type: LogicalType): LogicalType {
  if (type.kind === 'TIME') return { ...type, precision: 0 };
  if (type.kind === 'INTERVAL_YEAR_MONTH') return withNullable(INTERVAL_MONTH, type.nullable);
  if (type.kind === 'INTERVAL_DAY_TIME') return withNullable(INTERVAL_SECOND, type.nullable);
  return type;
}

/** What only constants may do, TRY_CAST may not. */
export function requireCast(operand: TypedExpression, to: LogicalType, span: Span, safe = false): void {
  const support = castSupport(operand.type, to);
  if (support === 'yes' || (!safe && support === 'null-only' && isNull(operand))) return;
  if (!safe && support === 'literal-only' && (isNull(operand) || isConstantNumber(operand))) return;
  throw new ExpressionRefusal(
    'MR3015',
    span,
    `${printBare(operand.type)} cannot be cast to ${printBare(to)}`,
    `${printBare(operand.type)} 不能转换为 ${printBare(to)}`,
  );
}

function isConstantNumber(operand: TypedExpression): boolean {
  if (operand.kind === 'literal') return typeof operand.value === 'number' || typeof operand.value === 'bigint';
  return (operand.kind === 'cast' || operand.kind === 'negate') && !isCharacter(operand.operand.type) && isConstantNumber(operand.operand);
}

export function checkCast(operand: TypedExpression, to: LogicalType, safe: boolean, span: Span): TypedExpression {
  const nullable = safe || operand.type.nullable || operand.type.kind === 'NULL';
  const type = withNullable(declaredType(to), nullable);
  if (operand.type.kind === 'NULL') return nullOf(type, span);
  requireCast(operand, to, span, safe);
  if (isNull(operand)) return nullOf(type, span);
  if (sameType(operand.type, type))
    return safe || (to.kind === 'TIME' && to.precision > 0) ? { ...operand, type } : wholeSeconds({ ...operand, type });
  const constant = safe ? null : (constantInterval(operand, to, type) ?? constantNumber(operand, type));
  if (constant !== null) return constant;
  return { kind: 'cast', safe, operand, type, span };
}

/** A constant that passes through FLOAT or DOUBLE keeps the digits it was written with. */
function constantNumber(operand: TypedExpression, type: LogicalType): TypedExpression | null {
  if (!isApproximateNumeric(operand.type)) return null;
  const exact = writtenDigits(operand);
  if (exact === null) return null;
  if (type.kind === 'DECIMAL') return literal(type, toDecimal(exact, type.precision, type.scale), operand.span);
  if (type.kind === 'DOUBLE') return { ...literal(type, exactToNumber(exact), operand.span), exact };
  return null;
}

function writtenDigits(operand: TypedExpression): ExactNumber | null {
  if (operand.kind === 'cast' && !operand.safe && isApproximateNumeric(operand.type)) return writtenDigits(operand.operand);
  if (operand.kind !== 'literal') return null;
  if (operand.exact !== undefined) return operand.exact;
  if (operand.type.kind === 'DECIMAL') return { unscaled: BigInt(operand.value as bigint), scale: operand.type.scale };
  return isInteger(operand.type) ? { unscaled: BigInt(operand.value as number | bigint), scale: 0 } : null;
}

const UNIT_FACTORS: Readonly<Record<string, bigint>> = {
  YEAR: 12n,
  QUARTER: 3n,
  MONTH: 1n,
  WEEK: 604_800_000n,
  DAY: 86_400_000n,
  HOUR: 3_600_000n,
  MINUTE: 60_000n,
  SECOND: 1000n,
};

/** `CAST(2 AS INTERVAL YEAR)`: the planner makes a constant number that many units. */
function constantInterval(operand: TypedExpression, to: LogicalType, type: LogicalType): TypedExpression | null {
  if (operand.kind !== 'literal' || (to.kind !== 'INTERVAL_YEAR_MONTH' && to.kind !== 'INTERVAL_DAY_TIME')) return null;
  const { value } = operand;
  if (typeof value !== 'number' && typeof value !== 'bigint') return null;
  const divisor = operand.type.kind === 'DECIMAL' ? pow10(operand.type.scale) : 1n;
  const count = (BigInt(value) * UNIT_FACTORS[/^[A-Z]+/.exec(to.unit)?.[0] ?? 'MONTH']) / divisor;
  return literal(type, to.kind === 'INTERVAL_YEAR_MONTH' ? Number(BigInt.asIntN(32, count)) : BigInt.asIntN(64, count), operand.span);
}

/** A TIME constant may carry milliseconds until it is cast. */
function wholeSeconds(operand: TypedExpression): TypedExpression {
  if (operand.kind !== 'literal' || operand.type.kind !== 'TIME' || typeof operand.value !== 'number') return operand;
  return { ...operand, value: operand.value - (operand.value % 1000) };
}

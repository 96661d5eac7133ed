/** COALESCE, IF, NULLIF and MOD: calls that are CASE or % underneath, so that only what is needed is computed. */
import { leastRestrictive } from '../../types/common-type.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { BOOLEAN, isBinary, isCharacter, isNumeric, notNull, withNullable } from '../../types/make-type.ts';
import { printBare } from '../../types/print-type.ts';
import { commonArgumentType } from '../functions/conditional.ts';
import type { Span } from '../problem.ts';
import type { TypedExpression } from '../typed-expression.ts';
import { coerce, isUntypedNull, nullOf, typeRefusal } from './build-typed.ts';
import { checkArithmetic, refuseUntypedNull } from './check-arithmetic.ts';
import type { CheckedArgument } from './check-call.ts';
import { checkComparison } from './check-comparison.ts';

/** The expression a special form stands for; null when `name` is none. */
export function checkConditional(name: string, given: readonly CheckedArgument[], span: Span, timeZone: string): TypedExpression | null {
  if (name !== 'COALESCE' && name !== 'IF' && name !== 'NULLIF' && name !== 'MOD') return null;
  const args = given.map((argument) => {
    if ('symbol' in argument) throw typeRefusal(span, `${argument.symbol} has no meaning here`, `${argument.symbol} 在此没有意义`);
    return argument;
  });
  switch (name) {
    case 'COALESCE':
      return coalesce(args, span);
    case 'IF':
      return choose(args, span);
    case 'NULLIF':
      return nullIf(args, span, timeZone);
    case 'MOD':
      requireCount('MOD', args, 2, span);
      return checkArithmetic('%', args[0], args[1], span);
  }
}

function requireCount(name: string, args: readonly TypedExpression[], count: number, span: Span): void {
  if (args.length === count) return;
  throw typeRefusal(span, `${name} takes ${count} arguments, not ${args.length}`, `${name} 需要 ${count} 个参数，而不是 ${args.length} 个`);
}

function printTypes(args: readonly TypedExpression[]): string {
  return args.map((argument) => printBare(argument.type)).join(', ');
}

function coalesce(args: readonly TypedExpression[], span: Span): TypedExpression {
  const common = commonArgumentType(args.map((argument) => argument.type));
  if (common === null) {
    throw typeRefusal(
      span,
      `COALESCE needs values of a common type, not (${printTypes(args)})`,
      `COALESCE 的参数需要共同类型，而不是（${printTypes(args)}）`,
    );
  }
  const type = withNullable(
    common,
    args.every((argument) => argument.type.nullable),
  );
  const values = args.map((argument) => (isUntypedNull(argument) ? nullOf(common, argument.span) : coerce(argument, common)));
  // Nothing behind a value that is never NULL is reached.
  const certain = values.findIndex((value) => !value.type.nullable);
  const reached = values.slice(0, certain < 0 ? values.length : certain + 1);
  const branches = reached.slice(0, -1).filter((value) => !(value.kind === 'literal' && value.value === null));
  const otherwise = reached[reached.length - 1];
  if (branches.length === 0) return { ...otherwise, type };
  return {
    kind: 'case',
    branches: branches.map((value) => ({
      condition: { kind: 'is', test: 'NULL', negated: true, operand: value, type: notNull(BOOLEAN), span: value.span },
      result: value,
    })),
    otherwise,
    type,
    span,
  };
}

/** IF takes two values of one family; text and bytes of any length, numbers of any kind, otherwise the very same kind. */
function sameFamily(left: LogicalType, right: LogicalType): boolean {
  if (isNumeric(left) && isNumeric(right)) return true;
  if (isCharacter(left) && isCharacter(right)) return true;
  if (isBinary(left) && isBinary(right)) return true;
  const kinds = ['BOOLEAN', 'DATE', 'TIME', 'TIMESTAMP', 'TIMESTAMP_LTZ'];
  return left.kind === right.kind && kinds.includes(left.kind);
}

function choose(args: readonly TypedExpression[], span: Span): TypedExpression {
  requireCount('IF', args, 3, span);
  for (const argument of args) refuseUntypedNull(argument);
  const [condition, value, otherwise] = args;
  if (condition.type.kind !== 'BOOLEAN') {
    const type = printBare(condition.type);
    throw typeRefusal(condition.span, `the condition of IF must be TRUE or FALSE, not ${type}`, `IF 的条件必须是布尔值，而不是 ${type}`);
  }
  // Timestamps take the precision of the first value.
  const timestamps = value.type.kind === 'TIMESTAMP' || value.type.kind === 'TIMESTAMP_LTZ';
  const common = timestamps ? value.type : leastRestrictive([value.type, otherwise.type]);
  if (common === null || !sameFamily(value.type, otherwise.type)) {
    throw typeRefusal(
      span,
      `IF needs two values of one kind, not (${printTypes([value, otherwise])})`,
      `IF 的两个值必须属于同一类，而不是（${printTypes([value, otherwise])}）`,
    );
  }
  const type = withNullable(
    common,
    args.some((argument) => argument.type.nullable),
  );
  const branches = [{ condition, result: coerce(value, common) }];
  return { kind: 'case', branches, otherwise: coerce(otherwise, common), type, span };
}

function nullIf(args: readonly TypedExpression[], span: Span, timeZone: string): TypedExpression {
  requireCount('NULLIF', args, 2, span);
  const [value, other] = args;
  refuseUntypedNull(value);
  const type = withNullable(value.type, true);
  if (isUntypedNull(other)) return { ...value, type };
  const condition = checkComparison('=', value, other, span, timeZone);
  return { kind: 'case', branches: [{ condition, result: nullOf(type, span) }], otherwise: value, type, span };
}

/** AND, OR, NOT, IS … and CASE, with what Flink's planner decides from constants alone. */
import { leastRestrictive } from '../../types/common-type.ts';
import { BOOLEAN, notNull, withNullable } from '../../types/make-type.ts';
import { printBare } from '../../types/print-type.ts';
import type { Span } from '../problem.ts';
import type { IsSyntax } from '../syntax.ts';
import type { TypedExpression } from '../typed-expression.ts';
import { booleanLiteral, coerce, isNull, isUntypedNull, typeRefusal } from './build-typed.ts';
import { requireCast } from './check-cast.ts';

function requireBoolean(operand: TypedExpression, where: string): TypedExpression {
  if (isUntypedNull(operand)) return booleanLiteral(null, operand.span);
  if (operand.type.kind === 'BOOLEAN') return operand;
  throw typeRefusal(
    operand.span,
    `${where} needs TRUE or FALSE, not ${printBare(operand.type)}; compare it with something, for example … > 0`,
    `${where} 需要布尔值，而不是 ${printBare(operand.type)}；请加上比较，例如 … > 0`,
  );
}

export function checkLogic(operator: 'AND' | 'OR', parts: readonly TypedExpression[], span: Span): TypedExpression {
  const operands = parts.map((part) => requireBoolean(part, operator));
  const deciding = operator === 'OR';
  const type = withNullable(
    BOOLEAN,
    operands.some((operand) => operand.type.nullable),
  );
  // A constant decides wherever it stands: (1/0 = 1) AND FALSE is FALSE.
  const decided = operands.find((operand) => operand.kind === 'literal' && operand.value === deciding);
  if (decided !== undefined) return { ...booleanLiteral(deciding, span), type };
  const open = operands.filter((operand) => !(operand.kind === 'literal' && operand.value === !deciding));
  if (open.length === 0) return { ...booleanLiteral(!deciding, span), type };
  if (open.length === 1) return { ...open[0], type };
  return { kind: 'logic', operator, operands: open, type, span };
}

export function checkNot(part: TypedExpression, span: Span): TypedExpression {
  const operand = requireBoolean(part, 'NOT');
  if (operand.kind === 'literal') return { ...operand, value: operand.value === null ? null : operand.value !== true, span };
  return { kind: 'not', operand, type: operand.type, span };
}

export function checkIs(node: IsSyntax, part: TypedExpression): TypedExpression {
  const { span, negated } = node;
  const type = notNull(BOOLEAN);
  if (node.test === 'NULL') {
    if (isNull(part)) return booleanLiteral(!negated, span);
    if (part.kind === 'literal') return booleanLiteral(negated, span);
    return { kind: 'is', test: 'NULL', negated, operand: part, type, span };
  }
  const operand = requireBoolean(part, `IS ${node.test}`);
  const test = node.test === 'UNKNOWN' ? 'NULL' : node.test;
  return { kind: 'is', test, negated, operand, type, span };
}

interface Branch {
  readonly condition: TypedExpression;
  readonly result: TypedExpression;
}

/** Branches that a constant condition rules out are gone before their results are cast. */
export function checkCase(branches: readonly Branch[], otherwise: TypedExpression | null, span: Span): TypedExpression {
  const results = [...branches.map((branch) => branch.result), ...(otherwise === null ? [] : [otherwise])];
  const common = leastRestrictive(results.map((result) => result.type));
  if (common === null) throw mixedResults(results, span);
  const nullable = otherwise === null || common.nullable;
  const type = withNullable(common, nullable);
  const convert = (result: TypedExpression): TypedExpression => {
    if (!isUntypedNull(result) && !isNull(result)) requireCast(result, type, result.span);
    return coerce(result, type);
  };
  const live: Branch[] = [];
  let last = otherwise;
  for (const branch of branches) {
    const condition = requireBoolean(branch.condition, 'WHEN');
    if (condition.kind === 'literal' && condition.value !== true) continue;
    if (condition.kind === 'literal') {
      last = branch.result;
      break;
    }
    live.push({ condition, result: convert(branch.result) });
  }
  const final = last === null ? { kind: 'literal' as const, type: withNullable(type, true), value: null, span } : convert(last);
  if (live.length === 0) return { ...final, type };
  return { kind: 'case', branches: live, otherwise: final, type, span };
}

function mixedResults(results: readonly TypedExpression[], span: Span): Error {
  if (results.every(isUntypedNull))
    return typeRefusal(
      span,
      'at least one THEN or ELSE must not be a bare NULL; write CAST(NULL AS …)',
      'THEN 或 ELSE 中至少有一个不能是没有类型的 NULL；请写 CAST(NULL AS …)',
    );
  const types = [...new Set(results.map((result) => printBare(result.type)))].join(', ');
  return typeRefusal(
    span,
    `the results of CASE have no type in common: ${types}; CAST them to one`,
    `CASE 的各个结果没有共同类型：${types}；请用 CAST 统一`,
  );
}

/** Small builders of typed expressions that the parts of the checker share. */

import type { LogicalType } from '../../types/logical-type.ts';
import { BOOLEAN, isNumeric, withNullable } from '../../types/make-type.ts';
import { printType } from '../../types/print-type.ts';
import { createCast } from '../cast/create-cast.ts';
import type { Span } from '../problem.ts';
import { ExpressionRefusal } from '../problem.ts';
import type { LiteralExpression, TypedExpression } from '../typed-expression.ts';
import type { Value } from '../value.ts';

export function literal(type: LogicalType, value: Value, span: Span): LiteralExpression {
  return { kind: 'literal', type, value, span };
}

/** The constant NULL of a type. */
export function nullOf(type: LogicalType, span: Span): LiteralExpression {
  return literal(withNullable(type, true), null, span);
}

export function booleanLiteral(value: boolean | null, span: Span): LiteralExpression {
  return literal(withNullable(BOOLEAN, value === null), value, span);
}

export function isNull(expression: TypedExpression): boolean {
  return expression.kind === 'literal' && expression.value === null;
}

/** A bare NULL, which has no type of its own yet. */
export function isUntypedNull(expression: TypedExpression): boolean {
  return expression.type.kind === 'NULL';
}

/** True when the two types hold the same values (nullability apart). */
export function sameType(a: LogicalType, b: LogicalType): boolean {
  return printType(withNullable(a, true)) === printType(withNullable(b, true));
}

/** `expression` as `type` by an implicit cast that was found to be allowed; nullability stays. */
export function coerce(expression: TypedExpression, type: LogicalType): TypedExpression {
  if (sameType(expression.type, type)) return expression;
  if (isNull(expression)) return nullOf(type, expression.span);
  const folded = foldNumber(expression, type);
  if (folded !== null) return folded;
  return { kind: 'cast', safe: false, operand: expression, type: withNullable(type, expression.type.nullable), span: expression.span };
}

/** A constant number in another numeric type, where it fits. */
function foldNumber(expression: TypedExpression, type: LogicalType): TypedExpression | null {
  if (expression.kind !== 'literal' || !isNumeric(expression.type) || !isNumeric(type)) return null;
  const value = createCast(expression.type, type, 'UTC')(expression.value);
  return value === null ? null : literal(withNullable(type, false), value, expression.span);
}

export function typeRefusal(span: Span, en: string, zh: string): ExpressionRefusal {
  return new ExpressionRefusal('MR3014', span, en, zh);
}

/** True when two expressions must have the same value in every row. */
export function sameExpression(a: TypedExpression, b: TypedExpression): boolean {
  if (a.kind !== b.kind || !sameType(a.type, b.type)) return false;
  if (a.kind === 'literal' && b.kind === 'literal') return sameValue(a.value, b.value);
  if (a.kind === 'column' && b.kind === 'column') return a.path.join() === b.path.join();
  if (a.kind === 'call' && b.kind === 'call' && (a.name !== b.name || !a.deterministic)) return false;
  if ('operator' in a && 'operator' in b && a.operator !== b.operator) return false;
  if (a.kind === 'is' && b.kind === 'is' && (a.test !== b.test || a.negated !== b.negated)) return false;
  if (a.kind === 'cast' && b.kind === 'cast' && a.safe !== b.safe) return false;
  const left = typedChildren(a);
  const right = typedChildren(b);
  return left.length === right.length && left.every((child, index) => sameExpression(child, right[index]));
}

function sameValue(a: Value, b: Value): boolean {
  if (a instanceof Uint8Array && b instanceof Uint8Array) return a.length === b.length && a.every((byte, index) => byte === b[index]);
  return Object.is(a, b);
}

/** The expressions directly below; keywords of calls left out. */
export function typedChildren(node: TypedExpression): readonly TypedExpression[] {
  switch (node.kind) {
    case 'literal':
    case 'column':
      return [];
    case 'arithmetic':
    case 'comparison':
      return [node.left, node.right];
    case 'logic':
      return node.operands;
    case 'case':
      return [...node.branches.flatMap((branch) => [branch.condition, branch.result]), node.otherwise];
    case 'call':
      return node.arguments.filter((argument): argument is TypedExpression => argument !== null);
    default:
      return [node.operand];
  }
}

/** Calls of functions and of the operators that are functions underneath: LIKE and ||. */

import { NULL_TYPE } from '../../types/make-type.ts';
import { printBare } from '../../types/print-type.ts';
import { findFunction, functionNames } from '../functions/catalog.ts';
import type { Argument, CallOptions, FunctionDefinition } from '../functions/define-function.ts';
import { isRefusal } from '../functions/define-function.ts';
import { concatenate, like, member } from '../functions/operators.ts';
import { similarTo } from '../functions/similar-to.ts';
import type { Span } from '../problem.ts';
import { ExpressionRefusal } from '../problem.ts';
import type { CallSyntax, JsonBehaviorSyntax } from '../syntax.ts';
import type { TypedExpression } from '../typed-expression.ts';
import { coerce, typeRefusal } from './build-typed.ts';

/** A typed argument, or the name of a keyword. */
export type CheckedArgument = TypedExpression | { readonly symbol: string };

export function checkCall(node: CallSyntax, args: readonly CheckedArgument[]): TypedExpression {
  const definition = findFunction(node.name);
  if (definition === null) throw unknownFunction(node.name, node.span);
  return resolveCall(definition, node.name, args, optionsOf(node), node.span);
}

export function checkConcatenate(left: TypedExpression, right: TypedExpression, span: Span): TypedExpression {
  return resolveCall(concatenate, '||', [left, right], {}, span);
}

/** LIKE, or SIMILAR TO. */
export function checkLike(
  similar: boolean,
  operand: TypedExpression,
  pattern: TypedExpression,
  escapeBy: TypedExpression | null,
  span: Span,
): TypedExpression {
  const args = escapeBy === null ? [operand, pattern] : [operand, pattern, escapeBy];
  return similar ? resolveCall(similarTo, 'SIMILAR TO', args, {}, span) : resolveCall(like, 'LIKE', args, {}, span);
}

/** `x IN (constants)` over FLOAT or DOUBLE. */
export function checkMember(operand: TypedExpression, constants: readonly TypedExpression[], span: Span): TypedExpression {
  return resolveCall(member, 'IN', [operand, ...constants], {}, span);
}

function optionsOf(node: CallSyntax): CallOptions {
  const behavior = (syntax: JsonBehaviorSyntax | null) => syntax ?? undefined;
  return {
    ...(node.returning === null ? {} : { returning: node.returning }),
    ...(behavior(node.onEmpty) === undefined ? {} : { onEmpty: behavior(node.onEmpty) }),
    ...(behavior(node.onError) === undefined ? {} : { onError: behavior(node.onError) }),
  } as CallOptions;
}

function resolveCall(
  definition: FunctionDefinition,
  name: string,
  args: readonly CheckedArgument[],
  options: CallOptions,
  span: Span,
): TypedExpression {
  const resolved = definition.resolve({ name, arguments: args.map(describeArgument), options });
  if (isRefusal(resolved)) {
    const given = args.map((argument) => ('symbol' in argument ? argument.symbol : printBare(argument.type))).join(', ');
    throw typeRefusal(span, resolved.refused, `函数 ${name} 不接受这些参数（${given}）；用法：${definition.help.signatures.join('；')}`);
  }
  const converted = args.map((argument, index) => {
    if ('symbol' in argument) return null;
    const wanted = resolved.argumentTypes?.[index] ?? null;
    return wanted === null ? argument : coerce(argument, wanted);
  });
  return {
    kind: 'call',
    name: definition.name,
    nulls: definition.nulls,
    deterministic: definition.deterministic ?? true,
    resolved,
    arguments: converted,
    type: resolved.type,
    span,
  };
}

function describeArgument(argument: CheckedArgument): Argument {
  if ('symbol' in argument) return { type: NULL_TYPE, literal: undefined, symbol: argument.symbol };
  return { type: argument.type, literal: constantOf(argument), symbol: undefined };
}

function constantOf(argument: TypedExpression): Argument['literal'] {
  return argument.kind === 'literal' ? argument.value : undefined;
}

function unknownFunction(name: string, span: Span): ExpressionRefusal {
  const near = functionNames().find((candidate) => isNear(candidate, name));
  const hint = near === undefined ? { en: '', zh: '' } : { en: `; did you mean ${near}?`, zh: `；是否想写 ${near}？` };
  return new ExpressionRefusal('MR3013', span, `there is no function ${name}${hint.en}`, `没有函数 ${name}${hint.zh}`);
}

/** At most one letter changed, added or left out. */
function isNear(candidate: string, name: string): boolean {
  if (Math.abs(candidate.length - name.length) > 1) return false;
  let at = 0;
  while (at < candidate.length && candidate[at] === name[at]) at++;
  const tails = [
    candidate.slice(at + 1) === name.slice(at + 1),
    candidate.slice(at + 1) === name.slice(at),
    candidate.slice(at) === name.slice(at + 1),
  ];
  return tails.includes(true);
}

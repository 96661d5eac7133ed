/** One evaluator per node over the values of its operands: shared by the interpreter and by kernels' general path. */
import type { LogicalType } from '../../types/logical-type.ts';
import { createCast } from '../cast/create-cast.ts';
import { EvaluationError } from '../evaluation-error.ts';
import type { Evaluator, FunctionRuntime } from '../functions/define-function.ts';
import type { ArithmeticExpression, CallExpression, CastExpression, ComparisonExpression, NegateExpression } from '../typed-expression.ts';
import type { Value } from '../value.ts';
import { createComparator, decideComparison } from './compare-values.ts';
import { createArithmetic } from './compute-values.ts';

/** Nodes that need all their operands before they can answer. */
export type StrictExpression = ArithmeticExpression | NegateExpression | ComparisonExpression | CastExpression | CallExpression;

export function isStrict(node: { readonly kind: string }): node is StrictExpression {
  return node.kind === 'arithmetic' || node.kind === 'negate' || node.kind === 'comparison' || node.kind === 'cast' || node.kind === 'call';
}

/** True when a NULL operand makes the answer NULL without asking the evaluator. */
export function propagatesNull(node: StrictExpression): boolean {
  return node.kind !== 'call' || node.nulls === 'propagate';
}

/** The evaluator of one node; where `propagatesNull` holds it must not be handed NULL. */
export function createEvaluator(node: StrictExpression, runtime: FunctionRuntime): Evaluator {
  switch (node.kind) {
    case 'arithmetic':
      return createArithmetic(node);
    case 'negate':
      return createNegate(node.type);
    case 'comparison': {
      const constants = node.left.kind === 'literal' && node.right.kind === 'literal';
      const compare = createComparator(node.left.type, node.right.type, constants);
      const decide = decideComparison(node.operator);
      return (left, right) => decide(compare(left, right));
    }
    case 'cast':
      return createCastEvaluator(node, runtime.timeZone);
    case 'call':
      return node.resolved.create(runtime);
  }
}

function createCastEvaluator(node: CastExpression, timeZone: string): Evaluator {
  const cast = createCast(node.operand.type, node.type, timeZone);
  if (!node.safe) return cast;
  return (value: Value) => {
    try {
      return cast(value);
    } catch (error) {
      if (error instanceof EvaluationError && error.code === 'MR3002') return null;
      throw error;
    }
  };
}

function createNegate(type: LogicalType): Evaluator {
  switch (type.kind) {
    case 'TINYINT':
      return (value) => (-(value as number) << 24) >> 24;
    case 'SMALLINT':
      return (value) => (-(value as number) << 16) >> 16;
    case 'INTEGER':
    case 'INTERVAL_YEAR_MONTH':
      return (value) => -(value as number) | 0;
    case 'FLOAT':
    case 'DOUBLE':
      return (value) => -(value as number);
    case 'DECIMAL':
      return (value) => -(value as bigint);
    default:
      return (value) => BigInt.asIntN(64, -(value as bigint));
  }
}

/** Expressions of configs, typed: for stages and exports, which run after the checks, and for pickers, which may not wait for them. */
import { assert } from '../base/assert.ts';
import { checkExpression } from '../expressions/check/check-expression.ts';
import type { ExpressionSettings, TypedExpression } from '../expressions/typed-expression.ts';
import { NULL_TYPE } from '../types/make-type.ts';
import type { Schema } from '../types/schema.ts';

/** For what has been checked before: a problem here is our own mistake. */
export function assertExpression(words: string, schema: Schema, settings: ExpressionSettings): TypedExpression {
  const checked = checkExpression(words, schema, settings);
  assert(!('problems' in checked), `an expression that was checked: ${words}`);
  return checked.expression;
}

/** NULL stands in for an expression with a problem; the problem itself is reported by the field check. */
export function typeOrNull(words: string, schema: Schema, settings: ExpressionSettings): TypedExpression {
  const checked = checkExpression(words, schema, settings);
  return !('problems' in checked)
    ? checked.expression
    : { kind: 'literal', type: NULL_TYPE, span: { start: 0, end: words.length }, value: null };
}

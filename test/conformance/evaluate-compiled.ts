/** Placeholder path until kernels exist. */
import { createInterpreter } from '../../engine/expressions/evaluate/interpret.ts';
import type { FunctionRuntime } from '../../engine/expressions/functions/define-function.ts';
import type { TypedExpression } from '../../engine/expressions/typed-expression.ts';
import type { Value } from '../../engine/expressions/value.ts';
import type { Schema } from '../../engine/types/schema.ts';

export function evaluateCompiled(
  expression: TypedExpression,
  _schema: Schema,
  rows: readonly (readonly Value[])[],
  runtime: FunctionRuntime,
): Value[] {
  const interpret = createInterpreter(expression, runtime);
  return rows.map((row) => interpret(row));
}

/** Runs the process node: the person's code as a process function. */
import { createCodeOperator } from '../../../operators/code/code-operator.ts';
import type { Operator, OperatorContext } from '../../../operators/operator.ts';
import type { ProcessConfig } from './node.ts';
import { codeShapeOf } from './shape.ts';

export function createOperator(config: ProcessConfig, context: OperatorContext): Operator {
  const [schema] = context.inputSchemas;
  const paths = config.keys.map((name) => [schema.fields.findIndex((field) => field.name === name)]);
  return createCodeOperator({ source: config.code, shape: codeShapeOf(config, schema), keys: [paths] }, context);
}

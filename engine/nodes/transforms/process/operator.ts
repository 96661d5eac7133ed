/** Runs the process node: the person's code as a process function. */
import type { CodeOperatorConfig } from '../../../operators/code/code-operator.ts';
import { createCodeOperator, createCodeState } from '../../../operators/code/code-operator.ts';
import type { Operator, OperatorContext } from '../../../operators/operator.ts';
import type { ProcessConfig } from './node.ts';
import { codeShapeOf } from './shape.ts';

export function createOperator(config: ProcessConfig, context: OperatorContext): Operator {
  return createCodeOperator(codeOf(config, context), context);
}

export function createStored(config: ProcessConfig, context: OperatorContext): Operator {
  return createCodeState(codeOf(config, context), context);
}

function codeOf(config: ProcessConfig, { inputSchemas: [schema] }: OperatorContext): CodeOperatorConfig {
  const paths = config.keys.map((name) => [schema.fields.findIndex((field) => field.name === name)]);
  return { source: config.code, shape: codeShapeOf(config, schema), keys: [paths] };
}

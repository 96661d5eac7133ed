/** Runs the connect node: the person's code as a process function of two inputs. */
import { createCodeOperator } from '../../../operators/code/code-operator.ts';
import type { Operator, OperatorContext } from '../../../operators/operator.ts';
import type { Schema } from '../../../types/schema.ts';
import type { ConnectConfig } from './node.ts';
import { codeShapeOf } from './shape.ts';

export function createOperator(config: ConnectConfig, context: OperatorContext): Operator {
  const [first, second] = context.inputSchemas;
  const keys = [pathsOf(config.firstKeys, first), pathsOf(config.secondKeys, second)];
  return createCodeOperator({ source: config.code, shape: codeShapeOf(config, first, second), keys }, context);
}

function pathsOf(names: readonly string[], { fields }: Schema) {
  return names.map((name) => [fields.findIndex((field) => field.name === name)]);
}

/** Runs the connect node: the person's code as a process function of two inputs. */
import type { CodeOperatorConfig } from '../../../operators/code/code-operator.ts';
import { createCodeOperator, createCodeState } from '../../../operators/code/code-operator.ts';
import type { Operator, OperatorContext } from '../../../operators/operator.ts';
import type { Schema } from '../../../types/schema.ts';
import type { ConnectConfig } from './node.ts';
import { codeShapeOf, timedInputsOf } from './shape.ts';

export function createOperator(config: ConnectConfig, context: OperatorContext): Operator {
  return createCodeOperator(codeOf(config, context), context);
}

export function createStored(config: ConnectConfig, context: OperatorContext): Operator {
  return createCodeState(codeOf(config, context), context);
}

function codeOf(config: ConnectConfig, { inputSchemas: [first, second] }: OperatorContext): CodeOperatorConfig {
  const secondKeys = config.second === 'broadcast' ? [] : config.secondKeys;
  const keys = [pathsOf(config.firstKeys, first), pathsOf(secondKeys, second)];
  return { source: config.code, shape: codeShapeOf(config, first, second), keys, timedInputs: timedInputsOf(config, second) };
}

function pathsOf(names: readonly string[], { fields }: Schema) {
  return names.map((name) => [fields.findIndex((field) => field.name === name)]);
}

/** Runs the process node: the person's code as a process function. */
import { createCodeFunction } from '../../../operators/code/code-function.ts';
import { ColumnOutput } from '../../../operators/code/column-output.ts';
import type { Operator, OperatorContext } from '../../../operators/operator.ts';
import { ProcessOperator } from '../../../operators/process/process-operator.ts';
import type { CodeState } from '../../../spec/custom-code/code-types.ts';
import type { StateSpec, TimeToLive } from '../../../state/state-spec.ts';
import { list, map, value } from '../../../state/state-spec.ts';
import type { ProcessConfig } from './node.ts';
import { codeShapeOf } from './shape.ts';

export function createOperator(config: ProcessConfig, context: OperatorContext): Operator {
  const [schema] = context.inputSchemas;
  const shape = codeShapeOf(config, schema);
  const output = new ColumnOutput(context);
  const paths = shape.keys.map(({ name }) => [schema.fields.findIndex((field) => field.name === name)]);
  return new ProcessOperator(
    {
      keys: [paths.length === 0 ? null : paths],
      keyTypes: shape.keys.map(({ type }) => type),
      states: shape.states.map((state, index) => specOf(state, config.states[index].forgetAfter)),
      broadcast: [],
      meaning: 'process function',
      create: (services) => createCodeFunction({ source: config.code, shape, output }, services, context),
      output,
    },
    context,
  );
}

function specOf({ name, kind, type, keyType }: CodeState, forgetAfterMs: number | null): StateSpec {
  const ttl: TimeToLive | null =
    forgetAfterMs === null
      ? null
      : { ms: forgetAfterMs, update: 'OnCreateAndWrite', visibility: 'NeverReturnExpired', cleanup: 'background' };
  if (kind === 'list') return list(name, [type], ttl);
  return keyType === null ? value(name, [type], ttl) : map(name, [keyType], [type], ttl);
}

/** A process operator around the code that a person wrote: keyed by columns of its inputs, or without a key, state and timers. */
import type { ColumnPath } from '../../columnar/key-fields.ts';
import type { CodeShape } from '../../spec/custom-code/code-types.ts';
import type { Operator, OperatorContext } from '../operator.ts';
import { ProcessOperator } from '../process/process-operator.ts';
import { createCodeFunction } from './code-function.ts';
import { ColumnOutput } from './column-output.ts';
import { StateFunctions } from './state-functions.ts';

export interface CodeOperatorConfig {
  readonly source: string;
  readonly shape: CodeShape;
  /** Key columns by input; empty: no key. */
  readonly keys: readonly (readonly ColumnPath[])[];
}

export function createCodeOperator({ source, shape, keys }: CodeOperatorConfig, context: OperatorContext): Operator {
  const output = new ColumnOutput(context);
  const functions = new StateFunctions(shape.states);
  return new ProcessOperator(
    {
      keys: keys.map((paths) => (paths.length === 0 ? null : paths)),
      keyTypes: shape.keys.map(({ type }) => type),
      states: functions.specs,
      broadcast: [],
      meaning: 'process function',
      create: (services) => createCodeFunction({ source, shape, output, functions }, services, context),
      output,
    },
    context,
  );
}

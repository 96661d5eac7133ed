/** A process operator around the code that a person wrote: keyed by columns of its inputs, or without a key, state and timers. */
import type { ColumnPath } from '../../columnar/key-fields.ts';
import type { CodeShape } from '../../spec/custom-code/code-types.ts';
import type { Operator, OperatorContext } from '../operator.ts';
import type { ProcessConfig } from '../process/process-operator.ts';
import { ProcessOperator } from '../process/process-operator.ts';
import { createCodeFunction } from './code-function.ts';
import { createOperatorLists } from './code-state.ts';
import { ColumnOutput } from './column-output.ts';
import { StateFunctions } from './state-functions.ts';

export interface CodeOperatorConfig {
  readonly source: string;
  readonly shape: CodeShape;
  /** Key columns by input; empty: no key. */
  readonly keys: readonly (readonly ColumnPath[])[];
  /** See `ProcessConfig`. */
  readonly timedInputs?: number;
}

export function createCodeOperator(config: CodeOperatorConfig, context: OperatorContext): Operator {
  const { source, shape } = config;
  const output = new ColumnOutput(context);
  const functions = new StateFunctions(shape.states);
  const lists = createOperatorLists(shape.states);
  const create: ProcessConfig['create'] = (services) => createCodeFunction({ source, shape, output, functions, lists }, services, context);
  return new ProcessOperator({ ...stateOf(config, functions, lists), create, output }, context);
}

/** The same without its code, to see whether stored state fits: it must not be given rows. */
export function createCodeState(config: CodeOperatorConfig, context: OperatorContext): Operator {
  const { states } = config.shape;
  const none = (): never => {
    throw new Error('assertion failed: code that is not there is not called');
  };
  const create: ProcessConfig['create'] = () => ({ processRows: none, onTimer: none });
  return new ProcessOperator({ ...stateOf(config, new StateFunctions(states), createOperatorLists(states)), create }, context);
}

function stateOf(
  { shape, keys, timedInputs }: CodeOperatorConfig,
  { specs }: StateFunctions,
  lists: ReturnType<typeof createOperatorLists>,
) {
  return {
    keys: keys.map((paths) => (paths.length === 0 ? null : paths)),
    keyTypes: shape.keys.map(({ type }) => type),
    states: specs,
    broadcast: shape.states.flatMap(({ kind, name, keyType, type }) =>
      kind === 'broadcast' && keyType !== null ? [{ name, keyTypes: [keyType], types: [type] }] : [],
    ),
    ...(timedInputs === undefined ? {} : { timedInputs }),
    lists: [...lists.values()],
    meaning: 'process function',
  };
}

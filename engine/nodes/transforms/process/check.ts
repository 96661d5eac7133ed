/** What the fields of a process node cannot see by themselves: code that cannot be read, types that code cannot use. */
import { checkCode, checkNames, checkReadColumns, checkStates, checkWrittenColumns } from '../../../spec/custom-code/check-code.ts';
import type { NodeInputs } from '../../../spec/define-node.ts';
import type { Problem } from '../../../spec/problem.ts';
import type { ProcessConfig } from './node.ts';

export function checkProcess(config: ProcessConfig, inputs: NodeInputs): readonly Problem[] {
  return [
    ...checkReadColumns(inputs.schema().fields),
    ...checkCode(config.code, ['processElement(row, ctx, out)']),
    ...checkWrittenColumns(config.columns, 'columns'),
    ...checkStates(config.states, config.code, { chosen: config.keys.length, field: 'keys' }),
    ...checkNames(config.sideOutputs, 'sideOutputs', ['out']),
  ];
}

/** What the fields of a select node cannot see by themselves. */
import type { NodeInputs } from '../../../spec/define-node.ts';
import type { Problem } from '../../../spec/problem.ts';
import { defineProblem } from '../../../spec/problem.ts';
import type { SelectConfig } from './node.ts';
import { selectColumns } from './stage.ts';

const nothingLeft = defineProblem('MR2211', 'error', { en: 'No column is left', zh: '没有剩下任何列' });

export function checkSelect(config: SelectConfig, inputs: NodeInputs): readonly Problem[] {
  const input = inputs.schema();
  if (input.fields.length > 0 && selectColumns(config, input).length === 0) return [nothingLeft({}, { field: 'columns' })];
  return [];
}

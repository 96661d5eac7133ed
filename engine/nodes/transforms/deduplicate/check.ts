/** Rows can only be told apart by columns whose values can be compared. */
import { resolveColumn } from '../../../spec/column-path.ts';
import type { NodeInputs } from '../../../spec/define-node.ts';
import type { Problem } from '../../../spec/problem.ts';
import { defineProblem } from '../../../spec/problem.ts';
import { isConstructed } from '../../../types/make-type.ts';
import { printType } from '../../../types/print-type.ts';
import type { DeduplicateConfig } from './node.ts';

const keyType = defineProblem('MR2278', 'error', {
  en: '"{column}" is {type}; rows cannot be told apart by it',
  zh: '“{column}”的类型是 {type}，不能用于判断重复',
});

export function checkDeduplicate(config: DeduplicateConfig, inputs: NodeInputs): readonly Problem[] {
  return config.keys.flatMap((path, index) => {
    const column = resolveColumn(inputs.schema(), path);
    if (column === null || !isConstructed(column.type)) return [];
    return [keyType({ column: path, type: printType(column.type) }, { field: `keys[${index}]` })];
  });
}

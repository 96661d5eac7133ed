/** What the fields of a sort cannot see by themselves. */
import { resolveColumn } from '../../../spec/column-path.ts';
import type { NodeInputs } from '../../../spec/define-node.ts';
import { isKept } from '../../../spec/join-inputs.ts';
import type { Problem } from '../../../spec/problem.ts';
import { defineProblem } from '../../../spec/problem.ts';
import { isConstructed } from '../../../types/make-type.ts';
import { printType } from '../../../types/print-type.ts';
import type { SortConfig } from './node.ts';

const noOrder = defineProblem('MR2222', 'error', {
  en: '"{column}" is {type}; rows have no order by it',
  zh: '“{column}”的类型是 {type}，不能用于排序或分组',
});
const notKept = defineProblem('MR2223', 'error', {
  en: 'Column "{column}" is {type}, which cannot be kept while a row waits; leave it out with a select node',
  zh: '列“{column}”的类型是 {type}，无法在等待期间保存；请用选择列节点去掉它',
});

export function checkSort(config: SortConfig, inputs: NodeInputs): readonly Problem[] {
  const input = inputs.schema();
  const named = [
    ...config.keys.map((path, at) => ({ path, field: `keys[${at}]` })),
    ...config.thenBy.map(({ column }, at) => ({ path: column, field: `thenBy[${at}].column` })),
  ];
  const unordered = named.flatMap(({ path, field }) => {
    const column = resolveColumn(input, path);
    return column !== null && isConstructed(column.type) ? [noOrder({ column: path, type: printType(column.type) }, { field })] : [];
  });
  const kept = input.fields.filter((field) => !isKept(field.type));
  return [...unordered, ...kept.map(({ name, type }) => notKept({ column: name, type: printType(type) }))];
}

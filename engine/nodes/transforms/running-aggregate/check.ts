/** What the fields of a running aggregate cannot see by themselves. */
import { resolveColumn } from '../../../spec/column-path.ts';
import type { NodeInputs } from '../../../spec/define-node.ts';
import { isKept } from '../../../spec/join-inputs.ts';
import type { Problem } from '../../../spec/problem.ts';
import { defineProblem } from '../../../spec/problem.ts';
import { isConstructed } from '../../../types/make-type.ts';
import { printType } from '../../../types/print-type.ts';
import type { RunningAggregateConfig } from './node.ts';

const keyType = defineProblem('MR2213', 'error', {
  en: '"{column}" is {type}; rows cannot be grouped or compared by it',
  zh: '“{column}”的类型是 {type}，不能用于分组或比较',
});
const nameTaken = defineProblem('MR2214', 'error', {
  en: 'Two output columns would be called "{name}"',
  zh: '会有两个输出列名为“{name}”',
});
const noDistinct = defineProblem('MR2215', 'error', {
  en: '"{name}" counts distinct values, which a running aggregate does not; deduplicate by the column before it',
  zh: '“{name}”要统计不同取值，逐行聚合不支持；请先按该列去重',
});
const notKept = defineProblem('MR2216', 'error', {
  en: 'Column "{column}" is {type}, which cannot be kept with the best row; leave it out with a select node',
  zh: '列“{column}”的类型是 {type}，无法随最优行保存；请用选择列节点去掉它',
});

export function checkRunningAggregate(config: RunningAggregateConfig, inputs: NodeInputs): readonly Problem[] {
  const input = inputs.schema();
  const comparable = (path: string, field: string): readonly Problem[] => {
    const column = resolveColumn(input, path);
    return column !== null && isConstructed(column.type) ? [keyType({ column: path, type: printType(column.type) }, { field })] : [];
  };
  const keys = config.keys.flatMap((path, at) => comparable(path, `keys[${at}]`));
  if (config.result !== 'aggregates') {
    const kept = input.fields.filter((field) => !isKept(field.type));
    return [...keys, ...comparable(config.by, 'by'), ...kept.map(({ name, type }) => notKept({ column: name, type: printType(type) }))];
  }
  const taken = new Set(input.fields.map((field) => field.name));
  const aggregates = config.aggregates.flatMap((aggregate, at) => {
    const twice = taken.has(aggregate.name) ? [nameTaken({ name: aggregate.name }, { field: `aggregates[${at}].name` })] : [];
    taken.add(aggregate.name);
    if (aggregate.function !== 'COUNT_DISTINCT') return twice;
    return [...twice, noDistinct({ name: aggregate.name }, { field: `aggregates[${at}].expression` })];
  });
  return [...keys, ...aggregates];
}

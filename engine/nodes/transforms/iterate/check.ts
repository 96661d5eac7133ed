/** What the fields of an iteration cannot see by themselves: which columns may be assigned, and of what. */
import type { NodeInputs } from '../../../spec/define-node.ts';
import type { Problem } from '../../../spec/problem.ts';
import { defineProblem } from '../../../spec/problem.ts';
import { typeOrNull } from '../../../spec/type-expression.ts';
import { isConstructed, withNullable } from '../../../types/make-type.ts';
import { printType } from '../../../types/print-type.ts';
import { fits } from './assignments.ts';
import type { IterateConfig } from './node.ts';
import { loopSchema } from './schema.ts';

const noColumn = defineProblem('MR2244', 'error', {
  en: 'No column "{name}" reaches this node; what goes round begins as a column of the row (a select node before this one can add it)',
  zh: '没有名为“{name}”的列到达此节点；参与迭代的值须先是行中的列（可在此节点之前用选择列节点添加）',
});
const notAssigned = defineProblem('MR2245', 'error', {
  en: '"{name}" is {type}; only columns of simple types can be assigned',
  zh: '“{name}”的类型是 {type}；只能给简单类型的列赋值',
});
const eventTime = defineProblem('MR2246', 'error', {
  en: '"{name}" is the event time, which stays; assign another column',
  zh: '“{name}”是事件时间，不能改变；请给其他列赋值',
});
const otherType = defineProblem('MR2247', 'error', {
  en: '"{name}" is {wanted}, this is {type}; write CAST(… AS {wanted})',
  zh: '“{name}”的类型是 {wanted}，而此处为 {type}；请写 CAST(… AS {wanted})',
});
const nameTaken = defineProblem('MR2248', 'error', {
  en: 'There is a column "{name}" already; choose another name',
  zh: '已有名为“{name}”的列；请换一个名称',
});

export function checkIterate(config: IterateConfig, inputs: NodeInputs): readonly Problem[] {
  const input = inputs.schema();
  const schema = loopSchema(config, input);
  const assigned = config.assignments.flatMap(({ name, expression }, at): readonly Problem[] => {
    const place = { field: `assignments[${at}].name` };
    const column = schema.fields.find((field) => field.name === name);
    if (name === '') return [];
    if (column === undefined) return input.fields.length === 0 ? [] : [noColumn({ name }, place)];
    const wanted = printType(withNullable(column.type, true));
    if (isConstructed(column.type)) return [notAssigned({ name, type: wanted }, place)];
    if (name === input.rowtime) return [eventTime({ name }, place)];
    const { type } = typeOrNull(expression, schema, inputs.settings);
    if (fits(type, column.type)) return [];
    return [otherType({ name, wanted, type: printType(withNullable(type, true)) }, { field: `assignments[${at}].expression` })];
  });
  const taken = config.round !== null && input.fields.some(({ name }) => name === config.round);
  return [...assigned, ...(taken ? [nameTaken({ name: config.round ?? '' }, { field: 'round' })] : [])];
}

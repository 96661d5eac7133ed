/** A union needs inputs of the same columns. */
import type { NodeInputs } from '../../../spec/define-node.ts';
import type { Problem } from '../../../spec/problem.ts';
import { defineProblem } from '../../../spec/problem.ts';
import { withNullable } from '../../../types/make-type.ts';
import { printType } from '../../../types/print-type.ts';
import type { Schema } from '../../../types/schema.ts';
import type { UnionConfig } from './node.ts';

const differentColumns = defineProblem('MR2231', 'error', {
  en: 'Input {number} does not fit the first: it has {own}, the first has {first} (names, order and types must be the same; a select node can arrange them)',
  zh: '第 {number} 个输入与第一个不一致：它有 {own}，而第一个有 {first}（列名、顺序和类型必须相同；可用选择列节点调整）',
});

export function checkUnion(_config: UnionConfig, inputs: NodeInputs): readonly Problem[] {
  const [first, ...others] = inputs.edges();
  if (first === undefined) return [];
  const wanted = spell(first.schema);
  return others.flatMap((edge, index) => {
    const own = spell(edge.schema);
    return own === wanted ? [] : [differentColumns({ number: index + 2, own, first: wanted })];
  });
}

/** Nullability may differ: the union is nullable where any input is. */
function spell(schema: Schema): string {
  return schema.fields.map((field) => `${field.name} ${printType(withNullable(field.type, true))}`).join(', ');
}

/** What the fields of a flatten node cannot see by themselves. */
import { compileJsonPath } from '../../../expressions/functions/support/json/json-path.ts';
import type { NodeInputs } from '../../../spec/define-node.ts';
import type { Problem } from '../../../spec/problem.ts';
import { defineProblem } from '../../../spec/problem.ts';
import { typeOrNull } from '../../../spec/type-expression.ts';
import { isConstructed, NULL_TYPE, withNullable } from '../../../types/make-type.ts';
import { printType } from '../../../types/print-type.ts';
import type { FlattenConfig } from './node.ts';
import { keptColumns, resultFields, valueType } from './schema.ts';

const noPath = defineProblem('MR2224', 'error', {
  en: '"{path}" leads to no array; write a path to one value such as $, $.items or $.order.lines[0].tags',
  zh: '“{path}”不能指向数组；请写指向单个值的路径，如 $、$.items 或 $.order.lines[0].tags',
});
const noCommonType = defineProblem('MR2225', 'error', {
  en: '"{first}" is {firstType}, "{name}" is {type}: a column takes one type; write CAST({name} AS STRING) or the like',
  zh: '“{first}”的类型是 {firstType}，“{name}”的类型是 {type}：一列只能有一种类型；请写 CAST({name} AS STRING) 等',
});
const notScalar = defineProblem('MR2226', 'error', {
  en: '"{name}" is {type}, which cannot be a value of its own; take a part of it, or CAST it',
  zh: '“{name}”的类型是 {type}，不能作为单独的值；请取其中一部分，或用 CAST 转换',
});
const nameTaken = defineProblem('MR2227', 'error', {
  en: 'There is a column "{name}" already; choose another name',
  zh: '已有名为“{name}”的列；请换一个名称',
});

export function checkFlatten(config: FlattenConfig, inputs: NodeInputs): readonly Problem[] {
  return [
    ...(config.from === 'json' ? checkPath(config.path) : []),
    ...(config.from === 'columns' ? checkValues(config, inputs) : []),
    ...checkNames(config, inputs),
  ];
}

function checkPath(path: string): readonly Problem[] {
  const { steps } = compileJsonPath(path);
  const leadsToOne = steps?.every(({ kind }) => kind === 'property' || kind === 'index') === true;
  return leadsToOne ? [] : [noPath({ path }, { field: 'path' })];
}

function checkValues(config: FlattenConfig, inputs: NodeInputs): readonly Problem[] {
  const typed = config.values.map(({ name, expression }) => ({
    name,
    type: typeOrNull(expression, inputs.schema(), inputs.settings).type,
  }));
  const refused = typed.flatMap(({ name, type }, at) =>
    isConstructed(type) ? [notScalar({ name, type: printType(type) }, { field: `values[${at}].expression` })] : [],
  );
  // What has no type of its own has a problem of its own.
  const known = typed.filter(({ type }) => type.kind !== NULL_TYPE.kind);
  const [first] = known;
  if (refused.length > 0 || known.length < typed.length || first === undefined) return refused;
  if (valueType(config, inputs.schema(), inputs.settings) !== null) return [];
  const odd = known.findIndex(
    (_one, at) => valueType({ ...config, values: config.values.slice(0, at + 1) }, inputs.schema(), inputs.settings) === null,
  );
  const { name, type } = known[Math.max(odd, 0)];
  const words = {
    first: first.name,
    firstType: printType(withNullable(first.type, true)),
    name,
    type: printType(withNullable(type, true)),
  };
  return [noCommonType(words, { field: `values[${Math.max(odd, 0)}].expression` })];
}

/** The columns of the element beside those of the row. */
function checkNames(config: FlattenConfig, inputs: NodeInputs): readonly Problem[] {
  const input = inputs.schema();
  const taken = new Set(keptColumns(config, input, inputs.settings).map((index) => input.fields[index].name));
  const fields = config.from === 'columns' ? (['name', 'element', 'position'] as const) : (['element', 'position'] as const);
  const names = resultFields(config, input, inputs.settings).map(({ name }) => name);
  return fields
    .filter((field) => config[field] !== null)
    .flatMap((field, at) => {
      if (!taken.has(names[at])) {
        taken.add(names[at]);
        return [];
      }
      return [nameTaken({ name: names[at] }, { field })];
    });
}

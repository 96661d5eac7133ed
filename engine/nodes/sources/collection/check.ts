/** Rows of a collection must have the columns of its schema, and values of their types. */
import type { JsonObject } from '../../../base/json.ts';
import { checkReadableTypes } from '../../../spec/line-types.ts';
import type { Fix, Problem } from '../../../spec/problem.ts';
import { defineProblem } from '../../../spec/problem.ts';
import { shortJson } from '../../../spec/short-json.ts';
import { text } from '../../../spec/text.ts';
import { printType } from '../../../types/print-type.ts';
import { findMisfit } from './find-misfit.ts';
import type { CollectionConfig } from './node.ts';

const unknownKey = defineProblem('MR2202', 'error', {
  en: 'Row {number} has "{name}", which is not a column',
  zh: '第 {number} 行含有“{name}”，但没有这个列',
});
const missingValue = defineProblem('MR2203', 'error', {
  en: 'Row {number} has no value for "{name}", which is NOT NULL',
  zh: '第 {number} 行缺少“{name}”的值，而该列为 NOT NULL',
});
const misfit = defineProblem('MR2343', 'error', {
  en: 'Row {number}: {value} does not fit "{name}", which is {type}; it is written like {example}',
  zh: '第 {number} 行：{value} 不合“{name}”的类型 {type}；写法如 {example}',
});

const PROBLEMS_MAX = 20;

export function checkCollection(config: CollectionConfig): readonly Problem[] {
  const names = new Set(config.schema.map((field) => field.name));
  const told = new Set<string>();
  const problems: Problem[] = [];
  for (const [index, row] of config.rows.entries()) {
    if (problems.length >= PROBLEMS_MAX) break;
    const number = index + 1;
    const place = (name: string) => ({ field: `rows[${index}].${name}` });
    const unknown = Object.keys(row).find((name) => !names.has(name) && !told.has(name));
    // One way out for all rows: what is no column of one is none of the others.
    if (unknown !== undefined) problems.push(unknownKey({ number, name: unknown }, place(unknown), [without(unknown, config.rows)]));
    told.add(unknown ?? '');
    for (const { name, type } of config.schema) {
      if (!type.nullable && (row[name] ?? null) === null) problems.push(missingValue({ number, name }, place(name)));
      const found = findMisfit(row[name], type, name);
      if (found === null) continue;
      const { column, value, example } = found;
      const parameters = { number, value: shortJson(value), name: column, type: printType(found.type), example };
      problems.push(misfit(parameters, place(column)));
    }
  }
  return [...checkReadableTypes(config.schema, 'ndjson'), ...problems];
}

function without(name: string, rows: readonly JsonObject[]): Fix {
  const value = rows.map((row) => Object.fromEntries(Object.entries(row).filter(([own]) => own !== name)));
  const label = text({ en: `Take "${name}" out of all rows`, zh: `从所有行去掉“${name}”` });
  return { label, edit: { kind: 'set-field', nodeId: '', field: 'rows', value } };
}

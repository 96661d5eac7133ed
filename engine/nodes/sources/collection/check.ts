/** Rows of a collection must have the columns of its schema. */

import { checkReadableTypes } from '../../../spec/line-types.ts';
import type { Problem } from '../../../spec/problem.ts';
import { defineProblem } from '../../../spec/problem.ts';
import type { CollectionConfig } from './node.ts';

const unknownKey = defineProblem('MR2202', 'error', {
  en: 'Row {number} has "{name}", which is not a column',
  zh: '第 {number} 行含有“{name}”，但没有这个列',
});
const missingValue = defineProblem('MR2203', 'error', {
  en: 'Row {number} has no value for "{name}", which is NOT NULL',
  zh: '第 {number} 行缺少“{name}”的值，而该列为 NOT NULL',
});

const PROBLEMS_MAX = 20;

export function checkCollection(config: CollectionConfig): readonly Problem[] {
  const names = new Set(config.schema.map((field) => field.name));
  const required = config.schema.filter((field) => !field.type.nullable);
  const problems: Problem[] = [];
  for (const [index, row] of config.rows.entries()) {
    if (problems.length >= PROBLEMS_MAX) break;
    const place = { field: `rows[${index}]` };
    const unknown = Object.keys(row).find((name) => !names.has(name));
    if (unknown !== undefined) problems.push(unknownKey({ number: index + 1, name: unknown }, place));
    const missing = required.find((field) => !Object.hasOwn(row, field.name) || row[field.name] === null);
    if (missing !== undefined) problems.push(missingValue({ number: index + 1, name: missing.name }, place));
  }
  return [...checkReadableTypes(config.schema, 'ndjson'), ...problems];
}

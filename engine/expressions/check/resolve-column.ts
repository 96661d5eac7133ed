/** Finds the column a name means: `price`, or `bid.auction` inside nested rows. */

import type { Field } from '../../types/logical-type.ts';
import { withNullable } from '../../types/make-type.ts';
import type { Schema } from '../../types/schema.ts';
import type { Span } from '../problem.ts';
import { ExpressionRefusal } from '../problem.ts';
import type { TypedExpression } from '../typed-expression.ts';

const NAMES_SHOWN_MAX = 12;
/** In wider rows nobody looks for a name in other letters: a file full of wrong names must not take minutes. */
const FIELDS_COMPARED_MAX = 500;
/** Below this a walk is as quick as a table. */
const FIELDS_WITHOUT_TABLE_MAX = 16;
/** Names of wide rows by place, so that a projection of n columns is not n² comparisons. */
const tables = new WeakMap<readonly Field[], ReadonlyMap<string, number>>();

export function resolveColumn(schema: Schema, parts: readonly string[], span: Span): TypedExpression {
  const name = parts.join('.');
  // A flat column may itself carry the dots of the path it came from.
  const whole = parts.length > 1 ? indexOfField(schema.fields, name) : -1;
  if (whole >= 0) return { kind: 'column', path: [whole], name, type: schema.fields[whole].type, span };
  const path: number[] = [];
  let fields: readonly Field[] = schema.fields;
  let nullable = false;
  for (const [depth, part] of parts.entries()) {
    const index = indexOfField(fields, part);
    if (index < 0) throw unknownColumn(part, parts.slice(0, depth), fields, span);
    path.push(index);
    const { type } = fields[index];
    nullable ||= type.nullable;
    if (depth === parts.length - 1) return { kind: 'column', path, name, type: withNullable(type, nullable), span };
    fields = type.kind === 'ROW' ? type.fields : [];
  }
  throw unknownColumn(name, [], schema.fields, span);
}

/** -1 when there is none; the first when there are several. */
function indexOfField(fields: readonly Field[], name: string): number {
  if (fields.length <= FIELDS_WITHOUT_TABLE_MAX) return fields.findIndex((field) => field.name === name);
  let table = tables.get(fields);
  if (table === undefined) {
    const places = new Map<string, number>();
    for (const [index, field] of fields.entries()) if (!places.has(field.name)) places.set(field.name, index);
    tables.set(fields, places);
    table = places;
  }
  return table.get(name) ?? -1;
}

function unknownColumn(part: string, parents: readonly string[], fields: readonly Field[], span: Span): ExpressionRefusal {
  const lower = part.toLowerCase();
  const near = fields.slice(0, FIELDS_COMPARED_MAX).find((field) => field.name.toLowerCase() === lower);
  const parent = parents.join('.');
  const missing =
    parents.length === 0
      ? { en: `no column ${part}`, zh: `没有列 ${part}` }
      : { en: `no field ${part} in ${parent}`, zh: `${parent} 中没有字段 ${part}` };
  if (near !== undefined) {
    return new ExpressionRefusal(
      'MR3012',
      span,
      `there is ${missing.en}; upper and lower case count: write ${near.name}`,
      `${missing.zh}；列名区分大小写，请写 ${near.name}`,
    );
  }
  const names = fields
    .slice(0, NAMES_SHOWN_MAX)
    .map((field) => field.name)
    .join(', ');
  const more = fields.length > NAMES_SHOWN_MAX ? ', …' : '';
  return new ExpressionRefusal(
    'MR3012',
    span,
    `there is ${missing.en}; there is ${names || 'none at all'}${more}`,
    `${missing.zh}；可用的有：${names || '无'}${more}`,
  );
}

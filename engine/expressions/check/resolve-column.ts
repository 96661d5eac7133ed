/** Finds the column a name means: `price`, or `bid.auction` inside nested rows. */

import type { Field } from '../../types/logical-type.ts';
import { withNullable } from '../../types/make-type.ts';
import type { Schema } from '../../types/schema.ts';
import type { Span } from '../problem.ts';
import { ExpressionRefusal } from '../problem.ts';
import type { TypedExpression } from '../typed-expression.ts';

const NAMES_SHOWN_MAX = 12;

export function resolveColumn(schema: Schema, parts: readonly string[], span: Span): TypedExpression {
  const name = parts.join('.');
  // A flat column may itself carry the dots of the path it came from.
  const whole = parts.length > 1 ? schema.fields.findIndex((field) => field.name === name) : -1;
  if (whole >= 0) return { kind: 'column', path: [whole], name, type: schema.fields[whole].type, span };
  const path: number[] = [];
  let fields: readonly Field[] = schema.fields;
  let nullable = false;
  for (const [depth, part] of parts.entries()) {
    const index = fields.findIndex((field) => field.name === part);
    if (index < 0) throw unknownColumn(part, parts.slice(0, depth), fields, span);
    path.push(index);
    const { type } = fields[index];
    nullable ||= type.nullable;
    if (depth === parts.length - 1) return { kind: 'column', path, name, type: withNullable(type, nullable), span };
    fields = type.kind === 'ROW' ? type.fields : [];
  }
  throw unknownColumn(name, [], schema.fields, span);
}

function unknownColumn(part: string, parents: readonly string[], fields: readonly Field[], span: Span): ExpressionRefusal {
  const near = fields.find((field) => field.name.toLowerCase() === part.toLowerCase());
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

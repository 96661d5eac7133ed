/** Column paths as SQL, quoted where a reserved word or an odd character could be taken for something else. */

import type { Schema } from '../types/schema.ts';
import { resolveColumn } from './column-path.ts';

/** The reference that means exactly this column of the schema; back-ticks everywhere. */
export function columnReference(schema: Schema, path: string): string {
  const names = resolveColumn(schema, path)?.names ?? [path];
  return names.map((name) => `\`${name.replaceAll('`', '``')}\``).join('.');
}

/** A character literal of SQL. */
export function textLiteral(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

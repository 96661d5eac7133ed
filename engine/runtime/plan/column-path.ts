/** Column paths as people write them (`price`, `bid.auction`), found in a schema. */
import { assert } from '../../base/assert.ts';
import type { Field } from '../../types/logical-type.ts';
import type { Schema } from '../../types/schema.ts';

/** Indexes from the top-level column down. A column whose own name holds a dot wins over a path. */
export function resolveColumnPath(schema: Schema, path: string): number[] {
  const found = findPath(schema.fields, path);
  assert(found !== null, `column '${path}' is in the schema`);
  return found;
}

function findPath(fields: readonly Field[], path: string): number[] | null {
  const exact = fields.findIndex((field) => field.name === path);
  if (exact >= 0) return [exact];
  for (let index = 0; index < fields.length; index++) {
    const { name, type } = fields[index];
    if (type.kind !== 'ROW' || !path.startsWith(`${name}.`)) continue;
    const inner = findPath(type.fields, path.slice(name.length + 1));
    if (inner !== null) return [index, ...inner];
  }
  return null;
}

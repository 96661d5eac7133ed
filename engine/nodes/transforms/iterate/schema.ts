/** Columns that go round, and those that leave. */
import { INT, notNull, withNullable } from '../../../types/make-type.ts';
import type { Schema } from '../../../types/schema.ts';
import type { IterateConfig } from './node.ts';

/** A column that is assigned may become NULL. */
export function loopSchema(config: IterateConfig, input: Schema): Schema {
  const assigned = new Set(config.assignments.map(({ name }) => name));
  const fields = input.fields.map((field) => (assigned.has(field.name) ? { ...field, type: withNullable(field.type, true) } : field));
  return { ...input, fields };
}

export function iterateSchema(config: IterateConfig, input: Schema): Schema {
  const schema = loopSchema(config, input);
  const round = config.round === null ? [] : [{ name: config.round, type: notNull(INT) }];
  return { ...schema, fields: [...schema.fields, ...round] };
}

/** Columns that leave a lookup: those of the row, then those of the answer. */
import type { Field } from '../../../types/logical-type.ts';
import { notNull, STRING, withNullable } from '../../../types/make-type.ts';
import { parseType } from '../../../types/parse-type.ts';
import type { Schema } from '../../../types/schema.ts';
import type { LookupConfig } from './node.ts';

/** Beside the rows that got no answer. */
export const REASON = 'lookup_error';

export function lookupSchema(config: LookupConfig, input: Schema): Schema {
  const results = config.results.map(({ name, type }): Field => {
    const parsed = parseType(type);
    return { name, type: 'type' in parsed ? withNullable(parsed.type, true) : STRING };
  });
  return { ...input, fields: [...input.fields, ...results] };
}

export function failedSchema(input: Schema): Schema {
  return { ...input, fields: [...input.fields, { name: REASON, type: notNull(STRING) }] };
}

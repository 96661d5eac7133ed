/** What an encoder writes for each column: the fixed text around it and the kind of its value. */
import type { LogicalType } from '../../types/logical-type.ts';
import type { Schema } from '../../types/schema.ts';

/** The two formats share everything but the text around values, quoting and NULL. */
export type EncodeDialect =
  | { readonly format: 'ndjson'; readonly separator: ' ' | 'T' }
  | { readonly format: 'csv'; readonly delimiter: string; readonly nullText: string };

export interface EncodeColumn {
  /** Depth-first number among all columns and nested columns. */
  readonly index: number;
  readonly type: LogicalType;
  /** Text that stands before the value: `{"auction":`, `,"bid":`. */
  readonly before: string;
  readonly children: readonly EncodeColumn[];
}

export interface EncodePlan {
  readonly columns: readonly EncodeColumn[];
  readonly count: number;
  /** Text behind the last value. */
  readonly after: string;
}

export function planEncoding(schema: Schema, dialect: EncodeDialect): EncodePlan {
  let count = 0;
  const plan = (name: string, type: LogicalType, isFirst: boolean): EncodeColumn => {
    const index = count++;
    const fields = type.kind === 'ROW' ? type.fields : [];
    const children = fields.map((field, position) => plan(field.name, field.type, position === 0));
    const key = `${isFirst ? '{' : ','}${JSON.stringify(name)}:`;
    const before = dialect.format === 'ndjson' ? key : isFirst ? '' : dialect.delimiter;
    return { index, type, before, children };
  };
  const columns = schema.fields.map((field, position) => plan(field.name, field.type, position === 0));
  const after = dialect.format === 'csv' ? '\n' : columns.length === 0 ? '{}\n' : '}\n';
  return { columns, count, after };
}

/** Bytes a value of this type takes at most, strings and boxed values apart. */
export function widthMax(type: LogicalType): number {
  switch (type.kind) {
    case 'BOOLEAN':
      return 5;
    case 'DECIMAL':
      return 48;
    case 'TIMESTAMP':
    case 'TIMESTAMP_LTZ':
      return 48;
    default:
      return 32;
  }
}

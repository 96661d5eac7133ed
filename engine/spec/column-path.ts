/**
 * Columns as configs name them: `price`, `bid.auction`, `` `odd name`.x ``. A text that is exactly the name of a column of
 * the row means that column, whatever characters it has; otherwise dots lead into ROWs.
 */
import type { LogicalType } from '../types/logical-type.ts';
import { withNullable } from '../types/make-type.ts';
import type { Schema } from '../types/schema.ts';

export interface ResolvedColumn {
  /** Index of the column of the row, then field indexes inside ROWs. */
  readonly path: readonly number[];
  readonly names: readonly string[];
  /** A field inside a nullable ROW is nullable. */
  readonly type: LogicalType;
}

/** Null when there is no such column. */
export function resolveColumn(schema: Schema, path: string): ResolvedColumn | null {
  const exact = schema.fields.findIndex((field) => field.name === path);
  if (exact >= 0) return { path: [exact], names: [path], type: schema.fields[exact].type };
  const names = splitColumnPath(path);
  if (names === null) return null;
  const indexes: number[] = [];
  let fields = schema.fields;
  let nullable = false;
  for (const [depth, name] of names.entries()) {
    const index = fields.findIndex((field) => field.name === name);
    if (index < 0) return null;
    indexes.push(index);
    const type = fields[index].type;
    nullable = nullable || type.nullable;
    if (depth === names.length - 1) return { path: indexes, names, type: withNullable(type, nullable) };
    if (type.kind !== 'ROW') return null;
    fields = type.fields;
  }
  return null;
}

/** Name of the column in an output: the last part of the path. */
export function columnName(schema: Schema, path: string): string {
  return resolveColumn(schema, path)?.names.at(-1) ?? splitColumnPath(path)?.at(-1) ?? path;
}

/** The parts of a path, or null when it is not one. */
export function splitColumnPath(path: string): readonly string[] | null {
  const part = /(?:`((?:[^`]|``)+)`|([^.`]+))(\.|$)/y;
  const names: string[] = [];
  while (part.lastIndex < path.length) {
    const match = part.exec(path);
    if (match === null) return null;
    names.push(match[1] === undefined ? match[2].trim() : match[1].replaceAll('``', '`'));
    if (match[3] === '.' && part.lastIndex === path.length) return null;
  }
  return names.length === 0 ? null : names;
}

/** Back-ticks where a part holds a dot or a back-tick. */
export function printColumnPath(names: readonly string[]): string {
  return names.map((name) => (/[.`]|^\s|\s$|^$/.test(name) ? `\`${name.replaceAll('`', '``')}\`` : name)).join('.');
}

/** The names as SQL: every part in back-ticks, so that no word is taken for a keyword. */
export function columnReference(names: readonly string[]): string {
  return names.map((name) => `\`${name.replaceAll('`', '``')}\``).join('.');
}

/** Every column of the schema by path, ROWs before what is inside them. */
export function listColumns(schema: Schema): readonly { readonly path: string; readonly type: LogicalType }[] {
  const found: { path: string; type: LogicalType }[] = [];
  const walk = (fields: Schema['fields'], before: readonly string[], nullable: boolean): void => {
    for (const field of fields) {
      const names = [...before, field.name];
      found.push({
        path: before.length === 0 ? field.name : printColumnPath(names),
        type: withNullable(field.type, nullable || field.type.nullable),
      });
      if (field.type.kind === 'ROW') walk(field.type.fields, names, nullable || field.type.nullable);
    }
  };
  walk(schema.fields, [], false);
  return found;
}

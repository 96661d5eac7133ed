/** Columns that leave a flatten node: those of the row, then what stands for the element. Operator, exports and forms share them. */
import { columnsOf } from '../../../expressions/columns-of.ts';
import type { ExpressionSettings } from '../../../expressions/typed-expression.ts';
import { resolveColumn } from '../../../spec/column-path.ts';
import { typeOrNull } from '../../../spec/type-expression.ts';
import type { Field, LogicalType } from '../../../types/logical-type.ts';
import { INT, NULL_TYPE, notNull, STRING, withNullable } from '../../../types/make-type.ts';
import { parseType } from '../../../types/parse-type.ts';
import { printType } from '../../../types/print-type.ts';
import type { Schema } from '../../../types/schema.ts';
import type { FlattenConfig } from './node.ts';

export function flattenSchema(config: FlattenConfig, input: Schema, settings: ExpressionSettings): Schema {
  const kept = keptColumns(config, input, settings).map((index) => input.fields[index]);
  const fields = [...kept, ...resultFields(config, input, settings)];
  return kept.some(({ name }) => name === input.rowtime) ? { fields, rowtime: input.rowtime } : { fields };
}

/** Indexes of the input's columns that go on: all, or all but those that the elements come from. */
export function keptColumns(config: FlattenConfig, input: Schema, settings: ExpressionSettings): number[] {
  const used = new Set<number>();
  if (!config.keepSource && config.from !== 'columns') {
    const column = resolveColumn(input, config.column);
    if (column !== null && column.path.length === 1) used.add(column.path[0]);
  }
  if (!config.keepSource && config.from === 'columns')
    for (const { expression } of config.values) for (const [column] of columnsOf(typeOrNull(expression, input, settings))) used.add(column);
  return input.fields.flatMap((_field, index) => (used.has(index) ? [] : [index]));
}

/** The columns behind those of the row, in order. */
export function resultFields(config: FlattenConfig, input: Schema, settings: ExpressionSettings): Field[] {
  const isText = config.from !== 'columns';
  const position: Field[] =
    config.position === null ? [] : [{ name: config.position, type: withNullable(INT, isText && config.without === 'keep') }];
  if (isText) return [{ name: config.element, type: withNullable(elementType(config), true) }, ...position];
  const value = { name: config.element, type: valueType(config, input, settings) ?? NULL_TYPE };
  return [...(config.name === null ? [] : [{ name: config.name, type: notNull(STRING) }]), value, ...position];
}

export function elementType({ type }: FlattenConfig): LogicalType {
  const parsed = parseType(type);
  return 'type' in parsed ? parsed.type : STRING;
}

/** What all values can be; null: there is no such type. */
export function valueType(config: FlattenConfig, input: Schema, settings: ExpressionSettings): LogicalType | null {
  const each = config.values.map(({ expression }) => typeOrNull(expression, input, settings).type);
  const [first] = each;
  if (first === undefined) return null;
  const leavesNone = config.nulls === 'drop';
  if (each.every((type) => printType(notNull(type)) === printType(notNull(first))))
    return withNullable(first, !leavesNone && each.some((type) => type.nullable));
  const branches = config.values.map(({ expression }) => `WHEN TRUE THEN (${expression}\n)`).join(' ');
  const { type } = typeOrNull(`CASE ${branches} END`, input, settings);
  return type.kind === 'NULL' ? null : withNullable(type, !leavesNone && each.some((one) => one.nullable));
}

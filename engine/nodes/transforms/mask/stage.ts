/** The projection a mask node stands for, spelled in Flink SQL: the one truth of its operator, its columns and its exports. */
import type { ProjectStage } from '../../../expressions/compile/stage.ts';
import { columnReference } from '../../../spec/column-path.ts';
import type { NamedExpression } from '../../../spec/field-values.ts';
import type { StageContext } from '../../../spec/stage-module.ts';
import { textLiteral } from '../../../spec/text-literal.ts';
import { typeOrNull } from '../../../spec/type-expression.ts';
import type { Field } from '../../../types/logical-type.ts';
import { isCharacter } from '../../../types/make-type.ts';
import type { Schema } from '../../../types/schema.ts';
import type { MaskConfig } from './node.ts';

type Mask = MaskConfig['masks'][number];

export function maskColumns(config: MaskConfig, input: Schema): readonly NamedExpression[] {
  const masks = new Map(config.masks.map((entry) => [entry.column, entry]));
  return input.fields.map((field) => {
    const entry = masks.get(field.name);
    return { name: field.name, expression: entry === undefined ? columnReference([field.name]) : maskExpression(entry, field) };
  });
}

export function maskStage(config: MaskConfig, context: StageContext): ProjectStage {
  const columns = maskColumns(config, context.inputSchema).map((column) => ({
    name: column.name,
    expression: typeOrNull(column.expression, context.inputSchema, context.settings),
  }));
  return { kind: 'project', nodeId: context.nodeId, columns };
}

/** NULL stays NULL with every method. */
function maskExpression(entry: Mask, field: Field): string {
  const column = columnReference([field.name]);
  const characters = isCharacter(field.type) ? column : `CAST(${column} AS STRING)`;
  switch (entry.method) {
    case 'hash':
      return entry.salt === '' ? `SHA256(${characters})` : `SHA256(CONCAT(${textLiteral(entry.salt)}, ${characters}))`;
    case 'redact':
      return `CASE WHEN ${column} IS NULL THEN CAST(NULL AS STRING) ELSE CAST(${textLiteral(entry.replacement)} AS STRING) END`;
    case 'partial':
      return partialExpression(characters, entry.keepFirst, entry.keepLast);
  }
}

/** A value no longer than what would stay readable is hidden as a whole. */
function partialExpression(characters: string, keepFirst: number, keepLast: number): string {
  const length = `CHAR_LENGTH(${characters})`;
  const kept = keepFirst + keepLast;
  const parts = [
    ...(keepFirst > 0 ? [`LEFT(${characters}, ${keepFirst})`] : []),
    `REPEAT('*', ${length} - ${kept})`,
    ...(keepLast > 0 ? [`RIGHT(${characters}, ${keepLast})`] : []),
  ];
  const shown = parts.length === 1 ? parts[0] : `CONCAT(${parts.join(', ')})`;
  return `CASE WHEN ${length} <= ${kept} THEN REPEAT('*', ${length}) ELSE ${shown} END`;
}

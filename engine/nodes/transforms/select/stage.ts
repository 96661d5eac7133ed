/** The projection a select node stands for: the one truth of its operator, its output columns and its exports. */
import type { ProjectStage } from '../../../expressions/compile/stage.ts';
import { columnReference } from '../../../spec/column-path.ts';
import type { NamedExpression } from '../../../spec/field-values.ts';
import type { StageContext } from '../../../spec/stage-module.ts';
import { typeOrNull } from '../../../spec/type-expression.ts';
import type { Schema } from '../../../types/schema.ts';
import type { SelectConfig } from './node.ts';

/** Output columns in order, every one with the expression that makes it. */
export function selectColumns(config: SelectConfig, input: Schema): readonly NamedExpression[] {
  if (config.keep === 'listed') return config.columns;
  const listed = new Map(config.columns.map((column) => [column.name, column]));
  const kept = input.fields.flatMap((field): readonly NamedExpression[] => {
    const replaced = listed.get(field.name);
    if (replaced !== undefined) return [replaced];
    return config.remove.includes(field.name) ? [] : [{ name: field.name, expression: columnReference([field.name]) }];
  });
  const names = new Set(input.fields.map((field) => field.name));
  return [...kept, ...config.columns.filter((column) => !names.has(column.name))];
}

/** Columns whose expression does not check become NULL: problems are reported elsewhere, pickers still see the rest. */
export function selectStage(config: SelectConfig, context: StageContext): ProjectStage {
  const columns = selectColumns(config, context.inputSchema).map((column) => ({
    name: column.name,
    expression: typeOrNull(column.expression, context.inputSchema, context.settings),
  }));
  return { kind: 'project', nodeId: context.nodeId, columns };
}

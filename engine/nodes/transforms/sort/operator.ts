/** Runs the sort node. */
import { assert } from '../../../base/assert.ts';
import type { ColumnPath } from '../../../columnar/key-fields.ts';
import { createComparator } from '../../../expressions/evaluate/compare-values.ts';
import type { Operator, OperatorContext, WatermarkPolicy } from '../../../operators/operator.ts';
import { EventTimeSortOperator } from '../../../operators/sorting/event-time-sort-operator.ts';
import type { ResolvedColumn } from '../../../spec/column-path.ts';
import { resolveColumn } from '../../../spec/column-path.ts';
import { cellOfColumn } from '../../../state/stored-columns.ts';
import { printType } from '../../../types/print-type.ts';
import type { Schema } from '../../../types/schema.ts';
import type { SortConfig } from './node.ts';

const LATE_PORT = 1;

export function createOperator(config: SortConfig, context: OperatorContext): Operator & WatermarkPolicy {
  const [input] = context.inputSchemas;
  const keys = config.keys.map((path) => columnOf(input, path));
  const types = input.fields.map((field) => field.type);
  return new EventTimeSortOperator(
    {
      keys: keys.map((key): ColumnPath => key.path),
      keyTypes: keys.map((key) => key.type),
      rowtime: columnOf(input, input.rowtime ?? '').path,
      order: config.thenBy.map(({ column, direction }) => {
        const { path, type } = columnOf(input, column);
        return {
          cell: cellOfColumn(types, path),
          type,
          compare: createComparator(type, type, false),
          descending: direction === 'descending',
        };
      }),
      forgetAfterMs: config.forgetAfter,
      latePort: config.lateRows === 'late-output' ? LATE_PORT : null,
      meaning: `rows in order of time of (${types.map(printType).join(', ')}) by (${config.keys.join(', ')})`,
    },
    context,
  );
}

function columnOf(schema: Schema, path: string): ResolvedColumn {
  const column = resolveColumn(schema, path);
  assert(column !== null, `the node's check has found column ${path}`);
  return column;
}

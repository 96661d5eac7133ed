/** Runs the interval join node by the rules of Flink SQL. */
import { assert } from '../../../base/assert.ts';
import { IntervalJoinOperator } from '../../../operators/joining/interval-join-operator.ts';
import type { Operator, OperatorContext, WatermarkPolicy } from '../../../operators/operator.ts';
import type { ResolvedColumn } from '../../../spec/column-path.ts';
import { resolveColumn } from '../../../spec/column-path.ts';
import { printType } from '../../../types/print-type.ts';
import type { Schema } from '../../../types/schema.ts';
import type { IntervalJoinConfig } from './node.ts';
import { paddingOf } from './schema.ts';

const LATE_PORTS = [1, 2] as const;

export function createOperator(config: IntervalJoinConfig, context: OperatorContext): Operator & WatermarkPolicy {
  const [left, right] = context.inputSchemas;
  const keys = [columnsOf(left, config.leftKeys), columnsOf(right, config.rightKeys)] as const;
  const padding = paddingOf(config);
  const [before, after] = [BigInt(config.before), BigInt(config.after)];
  return new IntervalJoinOperator(
    {
      rules: 'table',
      keys: [keys[0].map((key) => key.path), keys[1].map((key) => key.path)],
      keyTypes: keys[0].map((key) => key.type),
      lower: -before,
      upper: after,
      rowtime: [rowtimeOf(left), rowtimeOf(right)],
      // A side is kept when the other one is padded.
      padded: [padding.right, padding.left],
      late: config.lateRows === 'late-output' ? LATE_PORTS : config.lateRows,
      timestamps: false,
      watermarkDelay: before > after ? before : after,
      meaning: `${config.kind} interval join (${before}, ${after}) ms of ${[left, right].map(printSchema).join(' and ')}`,
    },
    context,
  );
}

function columnsOf(schema: Schema, paths: readonly string[]): ResolvedColumn[] {
  return paths.map((path) => {
    const column = resolveColumn(schema, path);
    assert(column !== null, `the join's check has found column ${path}`);
    return column;
  });
}

function rowtimeOf(schema: Schema): readonly number[] {
  return columnsOf(schema, [schema.rowtime ?? ''])[0].path;
}

function printSchema(schema: Schema): string {
  return `(${schema.fields.map((field) => `${field.name} ${printType(field.type)}`).join(', ')})`;
}

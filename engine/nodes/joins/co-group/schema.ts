/** Columns that leave a co-group: the keys under the names of the left, the bounds, the aggregates of the left, those of the right. */
import { aggregateResultType } from '../../../expressions/aggregates.ts';
import { columnName, resolveColumn } from '../../../spec/column-path.ts';
import type { NodeInputs, PortShape } from '../../../spec/define-node.ts';
import { appendOnly } from '../../../spec/define-node.ts';
import type { Aggregate } from '../../../spec/field-values.ts';
import { LEFT, RIGHT } from '../../../spec/join-inputs.ts';
import type { Field, LogicalType } from '../../../types/logical-type.ts';
import { NULL_TYPE, notNull, timestampType, withNullable } from '../../../types/make-type.ts';
import type { Schema } from '../../../types/schema.ts';
import type { CoGroupConfig } from './node.ts';

const BOUND = notNull(timestampType(3));

export function coGroupSchema(config: CoGroupConfig, inputs: NodeInputs): { readonly [port: string]: PortShape } {
  const [left, right] = [inputs.schema(LEFT), inputs.schema(RIGHT)];
  const keys = config.leftKeys.map(
    (path, at): Field => ({ name: columnName(left, path), type: keyType(left, right, path, config.rightKeys[at]) }),
  );
  const bounds = ['window_start', 'window_end'].map((name): Field => ({ name, type: BOUND }));
  const isLocal = left.fields.find((field) => field.name === left.rowtime)?.type.kind === 'TIMESTAMP_LTZ';
  const timeType = isLocal ? ({ kind: 'TIMESTAMP_LTZ', precision: 3, nullable: false } as const) : BOUND;
  const time: Field[] = config.windowTime ? [{ name: 'window_time', type: timeType }] : [];
  const fields = [
    ...keys,
    ...bounds,
    ...time,
    ...config.leftAggregates.map((aggregate) => result(left, aggregate)),
    ...config.rightAggregates.map((aggregate) => result(right, aggregate)),
  ];
  return {
    out: appendOnly(config.windowTime ? { fields, rowtime: 'window_time' } : { fields }),
    leftLate: appendOnly(left),
    rightLate: appendOnly(right),
  };
}

/** A key of either side: NULL when one of them may be. */
export function keyType(left: Schema, right: Schema, leftKey: string, rightKey: string | undefined): LogicalType {
  const own = resolveColumn(left, leftKey)?.type ?? NULL_TYPE;
  const other = rightKey === undefined ? null : resolveColumn(right, rightKey);
  return withNullable(own, own.nullable || other === null || other.type.nullable);
}

/** The side may be empty. */
function result(schema: Schema, { name, function: called, column }: Aggregate): Field {
  const argument = column === null ? null : withNullable(resolveColumn(schema, column)?.type ?? NULL_TYPE, true);
  const type = aggregateResultType(called, argument);
  return { name, type: 'refused' in type ? NULL_TYPE : type };
}

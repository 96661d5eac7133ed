/** Columns of window results: keys, bounds, aggregates, and event time when asked for. */
import { aggregateResultType } from '../../../expressions/aggregates.ts';
import { columnName, resolveColumn } from '../../../spec/column-path.ts';
import type { NodeInputs, PortShape } from '../../../spec/define-node.ts';
import { appendOnly } from '../../../spec/define-node.ts';
import type { Field, LogicalType } from '../../../types/logical-type.ts';
import { NULL_TYPE, notNull, timestampType } from '../../../types/make-type.ts';
import type { Schema } from '../../../types/schema.ts';
import type { WindowAggregateConfig } from './node.ts';

const BOUND = notNull(timestampType(3));

/** Order: keys as chosen, window_start, window_end, (window_time,) aggregates as listed. */
export function windowAggregateSchema(config: WindowAggregateConfig, inputs: NodeInputs): { readonly [port: string]: PortShape } {
  const input = inputs.schema();
  const keys: Field[] = config.keys.map((path) => ({ name: columnName(input, path), type: resolveColumn(input, path)?.type ?? NULL_TYPE }));
  const bounds: Field[] = [
    { name: 'window_start', type: BOUND },
    { name: 'window_end', type: BOUND },
  ];
  const time: Field[] = config.windowTime ? [{ name: 'window_time', type: windowTimeType(input) }] : [];
  const aggregates: Field[] = config.aggregates.map((aggregate) => {
    const argument = aggregate.column === null ? null : (resolveColumn(input, aggregate.column)?.type ?? NULL_TYPE);
    const type = aggregateResultType(aggregate.function, argument);
    return { name: aggregate.name, type: 'refused' in type ? NULL_TYPE : type };
  });
  const fields = [...keys, ...bounds, ...time, ...aggregates];
  return {
    out: appendOnly(config.windowTime ? { fields, rowtime: 'window_time' } : { fields }),
    late: appendOnly(input),
  };
}

/** window_time keeps the kind of the input's event time: with or without time zone. */
function windowTimeType(input: Schema): LogicalType {
  const rowtime = input.fields.find((field) => field.name === input.rowtime);
  return notNull(rowtime?.type.kind === 'TIMESTAMP_LTZ' ? { kind: 'TIMESTAMP_LTZ', precision: 3, nullable: false } : timestampType(3));
}

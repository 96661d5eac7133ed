/** Columns of what a custom window emits: keys or whole rows, the bounds where there are any, aggregates. */
import { aggregateResultType } from '../../../expressions/aggregates.ts';
import { columnName, resolveColumn } from '../../../spec/column-path.ts';
import type { NodeInputs, PortShape } from '../../../spec/define-node.ts';
import { appendOnly } from '../../../spec/define-node.ts';
import type { Field, LogicalType } from '../../../types/logical-type.ts';
import { NULL_TYPE, notNull, timestampType } from '../../../types/make-type.ts';
import type { Schema } from '../../../types/schema.ts';
import type { CustomWindowConfig } from './fields.ts';
import { hasBounds } from './fields.ts';

const BOUND = notNull(timestampType(3));

/** Aggregates: keys as chosen, bounds, aggregates as listed. Rows: all columns as they came, bounds. */
export function customWindowSchema(config: CustomWindowConfig, inputs: NodeInputs): { readonly [port: string]: PortShape } {
  const input = inputs.schema();
  const fields =
    config.result === 'rows'
      ? [...input.fields, ...boundFields(config, input)]
      : [...keyFields(config, input), ...boundFields(config, input), ...aggregateFields(config, input)];
  return {
    out: appendOnly(showsTime(config) ? { fields, rowtime: 'window_time' } : { fields }),
    late: appendOnly(input),
  };
}

/** Names of the bounds that are shown. */
export function boundNames(config: CustomWindowConfig): readonly string[] {
  if (!hasBounds(config)) return [];
  return showsTime(config) ? ['window_start', 'window_end', 'window_time'] : ['window_start', 'window_end'];
}

/** Only windows of event time have an event time. */
function showsTime(config: CustomWindowConfig): boolean {
  return hasBounds(config) && config.time === 'event' && config.windowTime;
}

function boundFields(config: CustomWindowConfig, input: Schema): Field[] {
  return boundNames(config).map((name) => ({ name, type: name === 'window_time' ? windowTimeType(input) : BOUND }));
}

function keyFields(config: CustomWindowConfig, input: Schema): Field[] {
  return config.keys.map((path) => ({ name: columnName(input, path), type: resolveColumn(input, path)?.type ?? NULL_TYPE }));
}

function aggregateFields(config: CustomWindowConfig, input: Schema): Field[] {
  return config.aggregates.map((aggregate) => {
    const argument = aggregate.column === null ? null : (resolveColumn(input, aggregate.column)?.type ?? NULL_TYPE);
    // What leaves an evictor may be nothing at all, so that there is no value of a column that is never NULL.
    const type = aggregateResultType(aggregate.function, argument, config.keep === 'all');
    return { name: aggregate.name, type: 'refused' in type ? NULL_TYPE : type };
  });
}

function windowTimeType(input: Schema): LogicalType {
  const rowtime = input.fields.find((field) => field.name === input.rowtime);
  return notNull(rowtime?.type.kind === 'TIMESTAMP_LTZ' ? { kind: 'TIMESTAMP_LTZ', precision: 3, nullable: false } : timestampType(3));
}

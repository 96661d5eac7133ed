/** Columns that leave a running aggregate: those of the row, then the aggregates; a best row is a row as it came. */
import { aggregateResultType } from '../../../expressions/aggregates.ts';
import { resolveColumn } from '../../../spec/column-path.ts';
import type { NodeInputs, PortShape } from '../../../spec/define-node.ts';
import { appendOnly } from '../../../spec/define-node.ts';
import type { Field } from '../../../types/logical-type.ts';
import { NULL_TYPE } from '../../../types/make-type.ts';
import type { RunningAggregateConfig } from './node.ts';

/** A best row may be an old one: its time says nothing about the rows to come, so it is no event time any more. */
export function runningAggregateSchema(config: RunningAggregateConfig, inputs: NodeInputs): { readonly out: PortShape } {
  const input = inputs.schema();
  if (config.result !== 'aggregates') return { out: appendOnly({ fields: input.fields }) };
  const aggregates = config.aggregates.map((aggregate): Field => {
    const argument = aggregate.column === null ? null : (resolveColumn(input, aggregate.column)?.type ?? NULL_TYPE);
    const type = aggregateResultType(aggregate.function, argument);
    return { name: aggregate.name, type: 'refused' in type ? NULL_TYPE : type };
  });
  return { out: appendOnly({ ...input, fields: [...input.fields, ...aggregates] }) };
}

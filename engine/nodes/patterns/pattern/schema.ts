/** Columns of matches: keys, measures as listed, and event time when asked for. */
import { columnName, resolveColumn } from '../../../spec/column-path.ts';
import type { NodeInputs, PortShape } from '../../../spec/define-node.ts';
import { appendOnly } from '../../../spec/define-node.ts';
import type { Field, LogicalType } from '../../../types/logical-type.ts';
import { NULL_TYPE, notNull, timestampType } from '../../../types/make-type.ts';
import type { Schema } from '../../../types/schema.ts';
import type { PatternConfig } from './node.ts';
import { planPattern } from './pattern-plan.ts';

export const MATCH_TIME = 'match_time';

export function patternSchema(config: PatternConfig, inputs: NodeInputs): { readonly [port: string]: PortShape } {
  const input = inputs.schema();
  const matches = appendOnly(matchSchema(config, input, planPattern(config, input, inputs.settings).measures));
  return { out: matches, timeout: matches, late: appendOnly(input) };
}

/** A measure with a problem is NULL: the problem is reported by the check, pickers still see the rest. */
function matchSchema(
  config: PatternConfig,
  input: Schema,
  measures: readonly { readonly name: string; readonly measure: { readonly type: LogicalType } }[],
): Schema {
  const keys = config.keys.map((path): Field => ({ name: columnName(input, path), type: resolveColumn(input, path)?.type ?? NULL_TYPE }));
  const types = new Map(measures.map(({ name, measure }) => [name, measure.type]));
  const columns = config.measures.map(({ name }): Field => ({ name, type: types.get(name) ?? NULL_TYPE }));
  if (!config.matchTime) return { fields: [...keys, ...columns] };
  return { fields: [...keys, ...columns, { name: MATCH_TIME, type: matchTimeType(input) }], rowtime: MATCH_TIME };
}

/** match_time keeps the kind of the input's event time: with or without time zone. */
export function matchTimeType(input: Schema): LogicalType {
  const rowtime = input.fields.find((field) => field.name === input.rowtime);
  return notNull(rowtime?.type.kind === 'TIMESTAMP_LTZ' ? { kind: 'TIMESTAMP_LTZ', precision: 3, nullable: false } : timestampType(3));
}

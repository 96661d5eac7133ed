/** Columns of a union: those of the first input; nullable where any input's is, event time only where all agree. */
import type { NodeInputs, PortShape } from '../../../spec/define-node.ts';
import { withNullable } from '../../../types/make-type.ts';
import type { ChangelogMode } from '../../../types/schema.ts';

export function unionSchema(inputs: NodeInputs): PortShape {
  const [first, ...others] = inputs.edges();
  if (first === undefined) return inputs.shape();
  const fields = first.schema.fields.map((field, index) => {
    const nullable = field.type.nullable || others.some((edge) => edge.schema.fields[index]?.type.nullable === true);
    return { name: field.name, type: withNullable(field.type, nullable) };
  });
  const rowtime = first.schema.rowtime;
  const shared = rowtime !== undefined && others.every((edge) => edge.schema.rowtime === rowtime);
  return { schema: shared ? { fields, rowtime } : { fields }, changelog: weakest(inputs.edges().map((edge) => edge.changelog)) };
}

function weakest(modes: readonly ChangelogMode[]): ChangelogMode {
  if (modes.includes('retract')) return 'retract';
  return modes.includes('upsert') ? 'upsert' : 'append';
}

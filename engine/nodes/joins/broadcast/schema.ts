/** Columns that leave a broadcast: those of the rows, then those of the rule that are asked for. */
import type { NodeInputs, PortShape } from '../../../spec/define-node.ts';
import { appendOnly } from '../../../spec/define-node.ts';
import { joinedFields } from '../../../spec/join-inputs.ts';
import type { BroadcastConfig } from './node.ts';

export const ROWS = 'in';
export const RULES = 'rules';

/** Names are those that the condition uses; event time goes on in the rows' column. */
export function broadcastSchema(config: BroadcastConfig, inputs: NodeInputs): { readonly out: PortShape } {
  const [rows, rules] = [inputs.schema(ROWS), inputs.schema(RULES)];
  const joined = joinedFields(rows, rules, { left: false, right: config.unmatched === 'keep' });
  const added = config.columns.flatMap((name) => {
    const at = rules.fields.findIndex((field) => field.name === name);
    return at < 0 ? [] : [joined[rows.fields.length + at]];
  });
  const fields = [...rows.fields, ...added];
  return { out: appendOnly(rows.rowtime === undefined ? { fields } : { fields, rowtime: rows.rowtime }) };
}

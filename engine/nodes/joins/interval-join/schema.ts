/** Columns of the pairs of an interval join. */
import type { NodeInputs, PortShape } from '../../../spec/define-node.ts';
import { appendOnly } from '../../../spec/define-node.ts';
import type { Padding } from '../../../spec/join-inputs.ts';
import { joinedFields, LEFT, RIGHT } from '../../../spec/join-inputs.ts';
import type { Schema } from '../../../types/schema.ts';
import type { IntervalJoinConfig } from './node.ts';

/** Event time goes on in the column of the side that is never null; with both sides kept there is none. */
export function intervalJoinSchema(config: IntervalJoinConfig, inputs: NodeInputs): { readonly [port: string]: PortShape } {
  const [left, right] = [inputs.schema(LEFT), inputs.schema(RIGHT)];
  const fields = joinedFields(left, right, paddingOf(config));
  const rowtime = config.kind === 'full' ? undefined : config.kind === 'right' ? nameOfRight(fields, left, right) : left.rowtime;
  return {
    out: appendOnly(rowtime === undefined ? { fields } : { fields, rowtime }),
    leftLate: appendOnly(left),
    rightLate: appendOnly(right),
  };
}

export function paddingOf({ kind }: IntervalJoinConfig): Padding {
  return { left: kind === 'right' || kind === 'full', right: kind === 'left' || kind === 'full' };
}

function nameOfRight(fields: Schema['fields'], left: Schema, right: Schema): string | undefined {
  const at = right.fields.findIndex((field) => field.name === right.rowtime);
  return at < 0 ? undefined : fields[left.fields.length + at].name;
}

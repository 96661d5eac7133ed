/** Columns that leave a window join: those of the sides, window_start, window_end and, if wanted, window_time. */
import type { NodeInputs, PortShape } from '../../../spec/define-node.ts';
import { appendOnly } from '../../../spec/define-node.ts';
import { joinedFields, LEFT, RIGHT } from '../../../spec/join-inputs.ts';
import type { Field } from '../../../types/logical-type.ts';
import { notNull, timestampType } from '../../../types/make-type.ts';
import type { WindowJoinConfig } from './node.ts';

const BOUND = notNull(timestampType(3));

export function windowJoinSchema(config: WindowJoinConfig, inputs: NodeInputs): { readonly out: PortShape } {
  const left = inputs.schema(LEFT);
  const right = showsRight(config) ? inputs.schema(RIGHT) : { fields: [] };
  const padding = {
    left: config.kind === 'right' || config.kind === 'full',
    right: config.kind === 'left' || config.kind === 'full',
  };
  const bounds: Field[] = ['window_start', 'window_end'].map((name) => ({ name, type: BOUND }));
  const isLocal = left.fields.find((field) => field.name === left.rowtime)?.type.kind === 'TIMESTAMP_LTZ';
  const timeType = isLocal ? ({ kind: 'TIMESTAMP_LTZ', precision: 3, nullable: false } as const) : BOUND;
  const time: Field[] = config.windowTime ? [{ name: 'window_time', type: timeType }] : [];
  const fields = [...joinedFields(left, right, padding), ...bounds, ...time];
  return { out: appendOnly(config.windowTime ? { fields, rowtime: 'window_time' } : { fields }) };
}

/** A semi or anti join only asks whether there is a partner. */
export function showsRight({ kind }: WindowJoinConfig): boolean {
  return kind !== 'semi' && kind !== 'anti';
}

/** What the writers of the walker's code share. */
import type { DecodePlan, SchemaPlan } from '../decode-plan.ts';
import type { TimestampFormat } from '../temporal-bytes.ts';
import type { LineShape } from './shape.ts';

export interface Emission {
  readonly lines: string[];
  readonly plan: SchemaPlan;
  readonly shape: LineShape;
  readonly format: TimestampFormat;
  /** First cache slot by plan index of the timestamp columns. */
  readonly caches: Map<number, number>;
}

/** JavaScript that is true when `null` stands at `p` and may. */
export function nullTest(plan: DecodePlan): string {
  return plan.type.nullable ? 'view.getInt32(p, true) === 0x6c6c756e' : 'false';
}

/** JavaScript that makes the value of this row null. */
export function storeNull(plan: DecodePlan): string {
  return `valid[${plan.index} * stride + row] = 0;`;
}

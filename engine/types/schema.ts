/** The columns that flow over an edge, and which of them carries event time. */
import type { Field } from './logical-type.ts';

export interface Schema {
  readonly fields: readonly Field[];
  /**
   * Name of the top-level column that is the event-time attribute, set by a watermark node; absent before one.
   * Its type is TIMESTAMP(p) or TIMESTAMP_LTZ(p) with p <= 3.
   */
  readonly rowtime?: string;
}

/** Which row kinds may appear on an edge: `append` only +I; `upsert` +I +U -D by key; `retract` all four. */
export type ChangelogMode = 'append' | 'upsert' | 'retract';

/** What a pattern needs to know of the rows it looks at; made of expressions by the node, of anything by tests. */
import type { Batch, Column } from '../../columnar/batch.ts';
import type { Address } from '../../columnar/job-memory.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import type { MatchConditions } from './decisions.ts';
import type { CompareRows } from './keyed-patterns.ts';
import type { MatchBuffer } from './match-buffer.ts';

/** Bits of a mask: conditions a pattern may have. */
export const CONDITIONS_MAX = 30;

/** A value that is kept of a row, as it is written. */
export interface KeptValue {
  readonly text: string;
  readonly type: LogicalType;
}

export interface PatternRows {
  readonly conditionCount: number;
  /** Bit set = the condition is decided by the row alone. */
  readonly simpleBits: number;
  /** What is kept of a row until nobody needs it any more. */
  readonly kept: readonly KeptValue[];
  /** Bits of the simple conditions (i32 per physical row, for selected rows) and the columns to keep; valid during the step. */
  look(batch: Batch): { readonly masks: Address; readonly columns: readonly Column[] };
  /** The other conditions, asked for one partial match. */
  conditions(buffer: MatchBuffer): MatchConditions;
  /** Order of rows of the same time; null = as they came. */
  order(buffer: MatchBuffer): CompareRows | null;
  close(): void;
}

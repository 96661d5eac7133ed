/** What an expression over the rows of a match asks for: values of single rows, and aggregates over the rows of a step. */
import type { LogicalType } from '../../types/logical-type.ts';
import type { AggregateFunction } from '../aggregates.ts';
import type { TypedExpression } from '../typed-expression.ts';

/** An expression over one row, kept with the row for as long as matches may ask for it. */
export interface KeptColumn {
  /** How it is written; equal texts are kept once. */
  readonly text: string;
  readonly expression: TypedExpression;
}

/** The value of one row. `step` null: any row of the match. */
export interface NavigationSlot {
  readonly kind: 'navigate';
  readonly from: 'first' | 'last';
  /** Rows to go on from the first, or back from the last. */
  readonly offset: number;
  readonly step: number | null;
  readonly column: number;
  readonly type: LogicalType;
}

export interface AggregateSlot {
  readonly kind: 'aggregate';
  readonly function: AggregateFunction;
  readonly step: number | null;
  /** Null: COUNT(*), all rows. */
  readonly column: number | null;
  readonly argumentType: LogicalType | null;
  readonly type: LogicalType;
}

export type Slot = NavigationSlot | AggregateSlot;

export function isSameSlot(left: Slot, right: Slot): boolean {
  if (left.step !== right.step || left.column !== right.column) return false;
  if (left.kind === 'navigate') return right.kind === 'navigate' && left.from === right.from && left.offset === right.offset;
  return right.kind === 'aggregate' && left.function === right.function;
}

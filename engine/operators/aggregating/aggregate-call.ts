/** The aggregates of a grouping operator, resolved against its input. */
import type { ColumnPath } from '../../columnar/key-fields.ts';
import type { AggregateFunction } from '../../expressions/aggregates.ts';
import type { LogicalType } from '../../types/logical-type.ts';

export interface AggregateCall {
  readonly function: AggregateFunction;
  /** Column of the argument; null for COUNT(*). */
  readonly argument: ColumnPath | null;
  /** Null for COUNT(*). */
  readonly argumentType: LogicalType | null;
  readonly resultType: LogicalType;
}

/** Types of the aggregate functions, exactly as Flink derives them: which arguments they take and what they answer. */

import type { LogicalType } from '../types/logical-type.ts';
import { BIGINT, decimalType, isCharacter, isDatetime, isNumeric, notNull, withNullable } from '../types/make-type.ts';
import type { Refusal } from './functions/define-function.ts';
import { refuse } from './functions/define-function.ts';

export type AggregateFunction = 'COUNT' | 'SUM' | 'MIN' | 'MAX' | 'AVG' | 'COUNT_DISTINCT';

const DECIMAL_PRECISION_MAX = 38;
const AVG_SCALE_MIN = 6;
const NOT_DISTINCT: readonly string[] = ['BINARY', 'VARBINARY', 'MAP', 'MULTISET', 'ROW'];

/**
 * The result type of `name` over a column of type `argument` (`null` = COUNT(*)) in a grouped query.
 * SUM and AVG keep the input's type (integers wrap and truncate, as in Flink); SUM of DECIMAL(p, s) is DECIMAL(38, s), AVG is
 * DECIMAL(38, max(6, s)). `grouped` false (no GROUP BY) makes all but COUNT nullable.
 */
export function aggregateResultType(name: AggregateFunction, argument: LogicalType | null, grouped = true): LogicalType | Refusal {
  if (name === 'COUNT' || name === 'COUNT_DISTINCT') {
    if (argument === null && name === 'COUNT_DISTINCT') return refuse('COUNT(DISTINCT …) needs a column');
    if (name === 'COUNT_DISTINCT' && argument !== null && NOT_DISTINCT.includes(argument.kind))
      return refuse(`COUNT(DISTINCT …) does not take ${argument.kind}`);
    return notNull(BIGINT);
  }
  if (argument === null) return refuse(`${name} needs a column`);
  const nullable = argument.nullable || !grouped;
  if (name === 'MIN' || name === 'MAX') {
    if (isOrdered(argument)) return withNullable(argument, nullable);
    return refuse(`${name} needs values with an order (numbers, text, dates and times, BOOLEAN), not ${argument.kind}`);
  }
  if (!isNumeric(argument)) return refuse(`${name} needs numbers, not ${argument.kind}`);
  if (argument.kind !== 'DECIMAL') return withNullable(argument, nullable);
  const scale = name === 'AVG' ? Math.max(AVG_SCALE_MIN, argument.scale) : argument.scale;
  return decimalType(DECIMAL_PRECISION_MAX, scale, nullable);
}

function isOrdered(type: LogicalType): boolean {
  return isNumeric(type) || isCharacter(type) || isDatetime(type) || type.kind === 'BOOLEAN';
}

/** Which explicit casts Flink knows: which type may become which, apart from what the value then says. */

import type { LogicalType } from './logical-type.ts';
import { isBinary, isCharacter, isConstructed, isDatetime, isExactNumeric, isInterval, isNumeric } from './make-type.ts';

/** Units that are a single field; only they take a number as their value. */
const SINGLE_UNIT = /^(?:YEAR|QUARTER|MONTH|WEEK|DAY|HOUR|MINUTE|SECOND)(?:\([\d, ]*\))?$/;

/**
 * `no`: never; `null-only`: Flink's planner refuses unless the operand is the constant NULL;
 * `literal-only`: only a constant number.
 */
export type CastSupport = 'yes' | 'no' | 'null-only' | 'literal-only';

export function castSupport(from: LogicalType, to: LogicalType): CastSupport {
  if (from.kind === 'NULL') return 'yes';
  if (isConstructed(to) || isConstructed(from)) return 'no';
  if (isCharacter(to)) return 'yes';
  if (isCharacter(from)) return isInterval(to) ? 'null-only' : 'yes';
  if (isInterval(to)) return castToInterval(from, to);
  if (isInterval(from)) return 'no';
  if (isBinary(from)) return isBinary(to) ? 'yes' : isDatetime(to) ? 'null-only' : 'no';
  if (isBinary(to)) return 'no';
  if (from.kind === 'BOOLEAN') return to.kind === 'BOOLEAN' || isNumeric(to) ? 'yes' : 'no';
  if (to.kind === 'BOOLEAN') return isNumeric(from) ? 'yes' : 'no';
  if (isNumeric(from)) return isNumeric(to) ? 'yes' : to.kind === 'TIMESTAMP' || to.kind === 'TIMESTAMP_LTZ' ? 'null-only' : 'no';
  if (isNumeric(to)) return from.kind === 'TIMESTAMP' || from.kind === 'TIMESTAMP_LTZ' ? 'null-only' : 'no';
  if (from.kind === 'DATE' && to.kind === 'TIME') return 'no';
  if (from.kind === 'TIME' && to.kind === 'DATE') return 'no';
  return 'yes';
}

function castToInterval(from: LogicalType, to: LogicalType): CastSupport {
  if (from.kind === to.kind) return 'yes';
  if (!isExactNumeric(from) || !('unit' in to) || !SINGLE_UNIT.test(to.unit)) return 'no';
  return from.kind === 'DECIMAL' ? 'literal-only' : 'yes';
}

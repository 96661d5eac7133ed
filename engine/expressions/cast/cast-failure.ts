/** What a cast is, and what it throws when a value cannot become the wanted type. */
import type { LogicalType } from '../../types/logical-type.ts';
import { printBare } from '../../types/print-type.ts';
import { EvaluationError } from '../evaluation-error.ts';
import type { Value } from '../value.ts';

/** A cast of a present (not NULL) value; NULL where Flink answers NULL. */
export type CastEvaluator = (value: Value) => Value;

const SHOWN_CHARACTERS_MAX = 100;

export function cannotCast(value: Value, to: LogicalType): EvaluationError {
  const text = typeof value === 'string' && value.length > SHOWN_CHARACTERS_MAX ? `${value.slice(0, SHOWN_CHARACTERS_MAX)}…` : value;
  const shown = typeof text === 'string' ? `'${text}'` : String(text);
  return new EvaluationError('MR3002', `${shown} cannot be cast to ${printBare(to)}; TRY_CAST gives NULL instead`);
}

/** ROUND, TRUNCATE, FLOOR and CEIL over exact numbers, and over doubles by way of their printed digits, as Flink has it. */
import { printDouble } from '../../../columnar/floating-text.ts';
import type { ExactNumber } from '../../decimal.ts';
import { divideHalfUp, exactToNumber, parseExact, pow10 } from '../../decimal.ts';
import { EvaluationError } from '../../evaluation-error.ts';

export type Rounding = 'half up' | 'down';

/** The number with at most `digits` digits behind the point; negative digits round before it. */
export function roundExact(number: ExactNumber, digits: number, rounding: Rounding): ExactNumber {
  const dropped = number.scale - digits;
  if (dropped <= 0) return number;
  const unit = pow10(dropped);
  const kept = rounding === 'down' ? number.unscaled / unit : divideHalfUp(number.unscaled, unit);
  return { unscaled: kept, scale: digits };
}

/** The unscaled value of a number at a scale that it fits. */
export function atScale(number: ExactNumber, scale: number): bigint {
  return scale >= number.scale ? number.unscaled * pow10(scale - number.scale) : number.unscaled / pow10(number.scale - scale);
}

export function roundInteger(value: bigint, digits: number, rounding: Rounding): bigint {
  return digits >= 0 ? value : atScale(roundExact({ unscaled: value, scale: 0 }, Math.max(digits, -400), rounding), 0);
}

/** Rounds the decimal digits that Java prints for the value. */
export function roundDouble(value: number, digits: number, rounding: Rounding): number {
  const exact = Number.isFinite(value) ? parseExact(printDouble(value)) : null;
  if (exact === null) throw new EvaluationError('MR3003', `${value} cannot be rounded`);
  return exactToNumber(roundExact(exact, Math.max(digits, -400), rounding));
}

/** Whole part towards negative (FLOOR) or positive (CEIL) infinity. */
export function wholePart(unscaled: bigint, scale: number, up: boolean): bigint {
  const unit = pow10(scale);
  const quotient = unscaled / unit;
  if (quotient * unit === unscaled) return quotient;
  if (up) return unscaled > 0n ? quotient + 1n : quotient;
  return unscaled < 0n ? quotient - 1n : quotient;
}

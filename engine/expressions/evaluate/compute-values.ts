/** Arithmetic on boxed values: wrapping integers, IEEE doubles, exact decimals, intervals and dates. */

import { addMonths, civilFromDays, MILLIS_PER_DAY } from '../../base/calendar.ts';
import { asDecimal } from '../../types/common-type.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { isInterval, isTimestamp } from '../../types/make-type.ts';
import { divide38, fitDecimal, pow10, rescale, toDecimal } from '../decimal.ts';
import { EvaluationError } from '../evaluation-error.ts';
import type { ArithmeticExpression, ArithmeticOperator } from '../typed-expression.ts';
import type { Value } from '../value.ts';
import { NANOS_PER_MILLI, timestampMillis } from '../value.ts';

/** Computes present values. */
export type BinaryEvaluator = (left: Value, right: Value) => Value;

const DAY_MILLIS = BigInt(MILLIS_PER_DAY);

export function divisionByZero(): EvaluationError {
  return new EvaluationError('MR3001', 'division by zero; guard it with NULLIF(divisor, 0) or CASE');
}

export function createArithmetic(node: ArithmeticExpression): BinaryEvaluator {
  const { operator, type } = node;
  switch (type.kind) {
    case 'TINYINT':
      return integerArithmetic(operator, 24);
    case 'SMALLINT':
      return integerArithmetic(operator, 16);
    case 'INTEGER':
      return integerArithmetic(operator, 0);
    case 'BIGINT':
      return longArithmetic(operator);
    case 'FLOAT':
      return floatArithmetic(operator);
    case 'DOUBLE':
      return doubleArithmetic(operator);
    case 'DECIMAL':
      return decimalArithmetic(operator, node.left.type, node.right.type, type.precision, type.scale);
    default:
      return temporalArithmetic(operator, node.left.type, node.right.type, type);
  }
}

function integerArithmetic(operator: ArithmeticOperator, shift: number): BinaryEvaluator {
  const compute = (a: number, b: number): number => {
    switch (operator) {
      case '+':
        return (a + b) | 0;
      case '-':
        return (a - b) | 0;
      case '*':
        return Math.imul(a, b);
      default:
        if (b === 0) throw divisionByZero();
        // `| 0` also turns -0 into 0.
        return operator === '/' ? (a / b) | 0 : (a % b) | 0;
    }
  };
  if (shift === 0) return (a, b) => compute(a as number, b as number);
  return (a, b) => (compute(a as number, b as number) << shift) >> shift;
}

function longArithmetic(operator: ArithmeticOperator): BinaryEvaluator {
  return (left, right) => {
    const a = left as bigint;
    const b = right as bigint;
    switch (operator) {
      case '+':
        return BigInt.asIntN(64, a + b);
      case '-':
        return BigInt.asIntN(64, a - b);
      case '*':
        return BigInt.asIntN(64, a * b);
      default:
        if (b === 0n) throw divisionByZero();
        return BigInt.asIntN(64, operator === '/' ? a / b : a % b);
    }
  };
}

function doubleArithmetic(operator: ArithmeticOperator): BinaryEvaluator {
  switch (operator) {
    case '+':
      return (a, b) => (a as number) + (b as number);
    case '-':
      return (a, b) => (a as number) - (b as number);
    case '*':
      return (a, b) => (a as number) * (b as number);
    default:
      return (a, b) => (a as number) / (b as number);
  }
}

function floatArithmetic(operator: ArithmeticOperator): BinaryEvaluator {
  const compute = doubleArithmetic(operator);
  return (a, b) => Math.fround(compute(a, b) as number);
}

function decimalArithmetic(
  operator: ArithmeticOperator,
  leftType: LogicalType,
  rightType: LogicalType,
  precision: number,
  scale: number,
): BinaryEvaluator {
  const leftScale = asDecimal(leftType)?.scale ?? 0;
  const rightScale = asDecimal(rightType)?.scale ?? 0;
  const common = Math.max(leftScale, rightScale);
  const leftFactor = pow10(common - leftScale);
  const rightFactor = pow10(common - rightScale);
  const big = (value: Value): bigint => BigInt(value as number | bigint);
  switch (operator) {
    case '+':
      return (a, b) => fitDecimal(rescale(big(a) * leftFactor + big(b) * rightFactor, common, scale), precision);
    case '-':
      return (a, b) => fitDecimal(rescale(big(a) * leftFactor - big(b) * rightFactor, common, scale), precision);
    case '*':
      return (a, b) => fitDecimal(rescale(big(a) * big(b), leftScale + rightScale, scale), precision);
    case '/':
      return (a, b) => {
        const divisor = big(b);
        if (divisor === 0n) throw divisionByZero();
        return toDecimal(divide38({ unscaled: big(a), scale: leftScale }, { unscaled: divisor, scale: rightScale }), precision, scale);
      };
    default:
      return (a, b) => {
        const divisor = big(b) * rightFactor;
        if (divisor === 0n) throw divisionByZero();
        return fitDecimal(rescale((big(a) * leftFactor) % divisor, common, scale), precision);
      };
  }
}

function temporalArithmetic(operator: ArithmeticOperator, left: LogicalType, right: LogicalType, result: LogicalType): BinaryEvaluator {
  if (operator === '*') return scaleInterval(result);
  const sign = operator === '-' ? -1 : 1;
  if (isInterval(left) && isInterval(right)) {
    if (left.kind === 'INTERVAL_YEAR_MONTH') return (a, b) => ((a as number) + sign * (b as number)) | 0;
    return (a, b) => BigInt.asIntN(64, (a as bigint) + BigInt(sign) * (b as bigint));
  }
  if (isInterval(right)) return right.kind === 'INTERVAL_YEAR_MONTH' ? shiftMonths(left, sign) : shiftMillis(left, BigInt(sign));
  return difference(left, result);
}

function scaleInterval(result: LogicalType): BinaryEvaluator {
  const big = (value: Value): bigint => BigInt(value as number | bigint);
  if (result.kind === 'INTERVAL_YEAR_MONTH') return (a, b) => Number(BigInt.asIntN(32, big(a) * big(b)));
  return (a, b) => BigInt.asIntN(64, big(a) * big(b));
}

/** A DATE moves by the whole days of the interval; a TIME goes round the clock. */
function shiftMillis(type: LogicalType, sign: bigint): BinaryEvaluator {
  switch (type.kind) {
    case 'DATE':
      return (date, millis) => ((date as number) + Number(sign * ((millis as bigint) / DAY_MILLIS))) | 0;
    case 'TIME':
      return (time, millis) => {
        const moved = Number((BigInt(time as number) + sign * (millis as bigint)) % DAY_MILLIS);
        return moved < 0 ? moved + MILLIS_PER_DAY : moved;
      };
    default:
      return (value, millis) => {
        const nanos = value as bigint;
        const before = timestampMillis(nanos);
        return BigInt.asIntN(64, before + sign * (millis as bigint)) * NANOS_PER_MILLI + (nanos - before * NANOS_PER_MILLI);
      };
  }
}

function shiftMonths(type: LogicalType, sign: number): BinaryEvaluator {
  if (type.kind === 'DATE') return (date, months) => addMonths(date as number, sign * (months as number)) | 0;
  if (type.kind === 'TIME') return (time) => time;
  return (value, months) => {
    const nanos = value as bigint;
    const millis = Number(timestampMillis(nanos));
    const days = Math.floor(millis / MILLIS_PER_DAY);
    const moved = addMonths(days, sign * (months as number));
    return nanos + BigInt(moved - days) * DAY_MILLIS * NANOS_PER_MILLI;
  };
}

function difference(type: LogicalType, result: LogicalType): BinaryEvaluator {
  if (result.kind === 'INTERVAL_YEAR_MONTH') {
    if (type.kind === 'DATE') return (a, b) => monthsBetween(a as number, 0, b as number, 0);
    return (a, b) => {
      const [x, y] = [Number(timestampMillis(a as bigint)), Number(timestampMillis(b as bigint))];
      const [dayX, dayY] = [Math.floor(x / MILLIS_PER_DAY), Math.floor(y / MILLIS_PER_DAY)];
      return monthsBetween(dayX, x - dayX * MILLIS_PER_DAY, dayY, y - dayY * MILLIS_PER_DAY);
    };
  }
  if (isTimestamp(type)) return (a, b) => BigInt.asIntN(64, timestampMillis(a as bigint) - timestampMillis(b as bigint));
  return (a, b) => BigInt((a as number) - (b as number)) * DAY_MILLIS;
}

/** Whole months from the second time to the first. */
export function monthsBetween(dayA: number, millisA: number, dayB: number, millisB: number): number {
  if (dayA < dayB || (dayA === dayB && millisA < millisB)) return -monthsBetween(dayB, millisB, dayA, millisA) | 0;
  const a = civilFromDays(dayA);
  const b = civilFromDays(dayB);
  let months = (a.year - b.year) * 12 + (a.month - b.month);
  const reached = addMonths(dayB, months);
  if (reached > dayA || (reached === dayA && millisB > millisA)) months--;
  return months;
}

/** Casts of values: one evaluator per pair of types, exactly Flink's answers; failures throw, TRY_CAST catches. */

import { printDouble } from '../../columnar/floating-text.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { isCharacter, isInteger } from '../../types/make-type.ts';
import { exactToNumber, fitDecimal, parseExact, pow10, rescale, toDecimal } from '../decimal.ts';
import { EvaluationError } from '../evaluation-error.ts';
import { encodeUtf8 } from '../utf8.ts';
import { castToDatetime } from './cast-datetime.ts';
import type { CastEvaluator } from './cast-failure.ts';
import { cannotCast } from './cast-failure.ts';
import { castToText, fitBinary } from './cast-text.ts';
import { parseDecimal, parseDouble, parseWhole } from './parse-number.ts';

const RANGES: Readonly<Record<string, readonly [bigint, bigint]>> = {
  TINYINT: [-128n, 127n],
  SMALLINT: [-32768n, 32767n],
  INTEGER: [-2147483648n, 2147483647n],
  BIGINT: [-(2n ** 63n), 2n ** 63n - 1n],
};

/** Call only where castSupport allows it. */
export function createCast(from: LogicalType, to: LogicalType, timeZone: string): CastEvaluator {
  if (from.kind === 'NULL') return () => null;
  if (isCharacter(to)) return castToText(from, to, timeZone);
  switch (to.kind) {
    case 'BOOLEAN':
      return castToBoolean(from);
    case 'TINYINT':
    case 'SMALLINT':
    case 'INTEGER':
    case 'BIGINT':
      return castToInteger(from, to);
    case 'FLOAT':
    case 'DOUBLE':
      return castToFloating(from, to.kind);
    case 'DECIMAL':
      return castToDecimal(from, to, to.precision, to.scale);
    case 'BINARY':
    case 'VARBINARY':
      return castToBinary(from, to);
    case 'INTERVAL_YEAR_MONTH':
    case 'INTERVAL_DAY_TIME':
      return castToInterval(from, to);
    default:
      return castToDatetime(from, to, timeZone);
  }
}

const TRUE_TEXTS = ['t', 'true', 'y', 'yes', '1'];
const FALSE_TEXTS = ['f', 'false', 'n', 'no', '0'];

function castToBoolean(from: LogicalType): CastEvaluator {
  if (from.kind === 'BOOLEAN') return (value) => value;
  if (!isCharacter(from)) return (value) => value !== 0 && value !== 0n;
  return (value) => {
    const text = String(value).toLowerCase();
    if (TRUE_TEXTS.includes(text)) return true;
    if (FALSE_TEXTS.includes(text)) return false;
    throw cannotCast(value, { kind: 'BOOLEAN', nullable: true });
  };
}

function castToInteger(from: LogicalType, to: LogicalType): CastEvaluator {
  const wrap = wrapInteger(to.kind);
  if (from.kind === 'BOOLEAN') return (value) => wrap(value === true ? 1n : 0n);
  if (isInteger(from)) return from.kind === to.kind ? (value) => value : (value) => wrap(BigInt(value as number | bigint));
  if (from.kind === 'DECIMAL') {
    const unit = pow10(from.scale);
    return (value) => wrap((value as bigint) / unit);
  }
  if (from.kind === 'FLOAT' || from.kind === 'DOUBLE') return floatingToInteger(to.kind, wrap);
  const [min, max] = RANGES[to.kind];
  return (value) => {
    const whole = parseWhole(String(value), min, max);
    if (whole === null) throw cannotCast(value, to);
    return wrap(whole);
  };
}

/** Java's narrowing: the low bits. */
function wrapInteger(kind: string): (value: bigint) => number | bigint {
  switch (kind) {
    case 'TINYINT':
      return (value) => Number(BigInt.asIntN(8, value));
    case 'SMALLINT':
      return (value) => Number(BigInt.asIntN(16, value));
    case 'INTEGER':
      return (value) => Number(BigInt.asIntN(32, value));
    default:
      return (value) => BigInt.asIntN(64, value);
  }
}

/** INT and BIGINT saturate; the narrower ones go through INT and wrap; NaN is 0. */
function floatingToInteger(kind: string, wrap: (value: bigint) => number | bigint): CastEvaluator {
  const [min, max] = RANGES[kind === 'BIGINT' ? 'BIGINT' : 'INTEGER'];
  return (value) => {
    const number = value as number;
    if (Number.isNaN(number)) return wrap(0n);
    if (number >= Number(max)) return wrap(max);
    if (number <= Number(min)) return wrap(min);
    return wrap(BigInt(Math.trunc(number)));
  };
}

function castToFloating(from: LogicalType, kind: 'FLOAT' | 'DOUBLE'): CastEvaluator {
  const round = kind === 'FLOAT' ? Math.fround : (value: number) => value;
  if (from.kind === 'BOOLEAN') return (value) => (value === true ? 1 : 0);
  if (from.kind === 'FLOAT' || from.kind === 'DOUBLE') return (value) => round(value as number);
  if (isInteger(from)) return (value) => round(Number(value));
  if (from.kind === 'DECIMAL') return (value) => round(exactToNumber({ unscaled: value as bigint, scale: from.scale }));
  return (value) => {
    const number = parseDouble(String(value));
    if (number === null) throw cannotCast(value, { kind, nullable: true });
    return round(number);
  };
}

function castToDecimal(from: LogicalType, to: LogicalType, precision: number, scale: number): CastEvaluator {
  if (from.kind === 'BOOLEAN') return (value) => fitDecimal(value === true ? pow10(scale) : 0n, precision);
  if (isInteger(from)) return (value) => fitDecimal(BigInt(value as number | bigint) * pow10(scale), precision);
  if (from.kind === 'DECIMAL') {
    if (from.scale === scale && from.precision <= precision) return (value) => value;
    return (value) => fitDecimal(rescale(value as bigint, from.scale, scale), precision);
  }
  if (from.kind === 'FLOAT' || from.kind === 'DOUBLE') {
    return (value) => {
      const exact = parseExact(printDouble(value as number));
      // NaN and Infinity fail the job, TRY_CAST too.
      if (exact === null) throw new EvaluationError('MR3003', `${String(value)} has no DECIMAL value`);
      return toDecimal(exact, precision, scale);
    };
  }
  return (value) => {
    const unscaled = parseDecimal(String(value), precision, scale);
    if (unscaled === undefined) throw cannotCast(value, to);
    return unscaled;
  };
}

function castToBinary(from: LogicalType, to: LogicalType): CastEvaluator {
  const length = 'length' in to ? to.length : 0;
  const fixed = to.kind === 'BINARY';
  if (isCharacter(from)) return (value) => fitBinary(encodeUtf8(String(value)), length, fixed);
  return (value) => fitBinary(value as Uint8Array, length, fixed);
}

/** The planner turns a constant number into that many units (see check-cast); at run time a number is months or milliseconds. */
function castToInterval(from: LogicalType, to: LogicalType): CastEvaluator {
  if (from.kind === to.kind) return (value) => value;
  const divisor = from.kind === 'DECIMAL' ? pow10(from.scale) : 1n;
  if (to.kind === 'INTERVAL_YEAR_MONTH') return (value) => Number(BigInt.asIntN(32, BigInt(value as number | bigint) / divisor));
  return (value) => BigInt.asIntN(64, BigInt(value as number | bigint) / divisor);
}

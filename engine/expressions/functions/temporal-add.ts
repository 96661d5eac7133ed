/** TIMESTAMPADD and TIMESTAMPDIFF: steps and distances in calendar and clock units. */

import { addMonths } from '../../base/calendar.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { BIGINT, INT, isTimestamp, timestampType } from '../../types/make-type.ts';
import { EvaluationError } from '../evaluation-error.ts';
import type { Value } from '../value.ts';
import { timestampMillis } from '../value.ts';
import type { Argument, CallSite, Evaluator, FunctionDefinition, Refusal, ResolvedCall } from './define-function.ts';
import { defineFunction, refuse } from './define-function.ts';
import { monthsBetweenDays, subtractMonths } from './support/month-arithmetic.ts';
import { integerOf, longOf } from './support/read-value.ts';
import { belongsTo } from './support/signature.ts';

const MILLIS_PER_DAY = 86_400_000n;
const NANOS_PER_DAY = 86_400_000_000_000n;

const MONTHS: Readonly<Record<string, number>> = { MONTH: 1, QUARTER: 3, YEAR: 12, DECADE: 120, CENTURY: 1200, MILLENNIUM: 12_000 };
const MILLIS: Readonly<Record<string, bigint>> = {
  MILLISECOND: 1n,
  SECOND: 1000n,
  MINUTE: 60_000n,
  HOUR: 3_600_000n,
  DAY: MILLIS_PER_DAY,
  WEEK: 7n * MILLIS_PER_DAY,
};
/** Finer than a millisecond: Flink has no interval of them to add. */
const FINE_PRECISION: Readonly<Record<string, number>> = { MICROSECOND: 6, NANOSECOND: 9 };

function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value < 0n && quotient * by !== value ? quotient - 1n : quotient;
}

function addToDate(unit: string): Evaluator {
  const months = MONTHS[unit];
  if (months !== undefined) {
    return (_unit, count, days) => {
      const moved = addMonths(integerOf(days), Math.imul(integerOf(count), months));
      if (moved !== (moved | 0)) throw new EvaluationError('MR3003', `the date moved by ${count} units is out of range`);
      return moved;
    };
  }
  const step = Number(MILLIS[unit] / MILLIS_PER_DAY);
  return (_unit, count, days) => (integerOf(days) + integerOf(count) * step) | 0;
}

/** Months keep the time of day; the rest is plain milliseconds in 64 bits. */
function addToTimestamp(unit: string, nanosOf: (value: Value) => bigint): Evaluator {
  const months = MONTHS[unit];
  if (months !== undefined) {
    return (_unit, count, value) => {
      const nanos = nanosOf(value);
      const days = floorDivide(nanos, NANOS_PER_DAY);
      const moved = addMonths(Number(days), Math.imul(integerOf(count), months)) | 0;
      return nanos + (BigInt(moved) - days) * NANOS_PER_DAY;
    };
  }
  const step = MILLIS[unit];
  return (_unit, count, value) => {
    const nanos = nanosOf(value);
    const millis = timestampMillis(nanos);
    const moved = BigInt.asIntN(64, millis + longOf(count) * step);
    return nanos + (moved - millis) * 1_000_000n;
  };
}

/** A time of day goes round; days and months leave it as it is. */
function addToTime(unit: string): Evaluator {
  const step = MILLIS[unit] ?? 0n;
  return (_unit, count, value) => {
    const moved = longOf(value) + BigInt.asIntN(64, longOf(count) * step);
    return Number(((moved % MILLIS_PER_DAY) + MILLIS_PER_DAY) % MILLIS_PER_DAY);
  };
}

function nanosOfDate(days: Value): bigint {
  return longOf(days) * NANOS_PER_DAY;
}

interface Addition {
  readonly type: LogicalType;
  readonly evaluator: Evaluator;
}

function additionTo(unit: string, type: LogicalType): Addition | undefined {
  if (MONTHS[unit] === undefined && MILLIS[unit] === undefined) return undefined;
  switch (type.kind) {
    case 'DATE':
      if (MONTHS[unit] !== undefined || unit === 'DAY' || unit === 'WEEK') return { type, evaluator: addToDate(unit) };
      if (unit === 'MILLISECOND') return undefined;
      return { type: timestampType(6), evaluator: addToTimestamp(unit, nanosOfDate) };
    case 'TIME':
      return { type, evaluator: addToTime(unit) };
    case 'TIMESTAMP':
    case 'TIMESTAMP_LTZ': {
      const precision = unit === 'MILLISECOND' ? Math.max(3, type.precision) : type.precision;
      return { type: { ...type, precision }, evaluator: addToTimestamp(unit, longOf) };
    }
    default:
      return undefined;
  }
}

/** A constant NULL makes the whole call NULL before the unit matters. */
function constantNull(unit: string, operands: readonly Argument[]): LogicalType | undefined {
  const fine = FINE_PRECISION[unit];
  const target = operands[1].type;
  if (fine === undefined || !operands.some((operand) => operand.literal === null)) return undefined;
  if (target.kind === 'TIMESTAMP' || target.kind === 'TIMESTAMP_LTZ')
    return { ...target, precision: Math.max(fine, target.precision), nullable: true };
  return target.kind === 'TIME' ? { ...target, nullable: true } : undefined;
}

const timestampAdd = defineFunction({
  name: 'TIMESTAMPADD',
  family: 'temporal',
  nulls: 'receive',
  help: {
    signatures: ['TIMESTAMPADD(unit, count, datetime)'],
    summary: {
      en: 'A date or time moved by a number of units; months end on the last day where the day does not exist.',
      zh: '将日期或时间移动若干单位；目标月份没有该日时取月末。',
    },
  },
  resolve(call): ResolvedCall | Refusal {
    const [unit, count, source] = call.arguments;
    if (unit?.symbol === undefined || source === undefined) return refuse('TIMESTAMPADD is called as TIMESTAMPADD(unit, count, datetime)');
    if (!belongsTo(count.type, 'integer') || !belongsTo(source.type, 'date or time')) {
      return refuse(`TIMESTAMPADD takes a unit, an integer and a date or time, not ${count.type.kind} and ${source.type.kind}`);
    }
    const nothing = constantNull(unit.symbol, [count, source]);
    if (nothing !== undefined) return { type: nothing, create: () => () => null };
    const addition = additionTo(unit.symbol, source.type);
    if (addition === undefined) return refuse(`TIMESTAMPADD cannot add ${unit.symbol} to ${source.type.kind}`);
    return {
      type: { ...addition.type, nullable: count.type.nullable || source.type.nullable },
      create: () => (symbol, number, value) => (number === null || value === null ? null : addition.evaluator(symbol, number, value)),
    };
  },
});

/** Days of a DATE as milliseconds; a TIME is milliseconds of 1970-01-01. */
function millisReader(type: LogicalType): (value: Value) => bigint {
  if (type.kind === 'DATE') return (days) => longOf(days) * MILLIS_PER_DAY;
  return type.kind === 'TIME' ? longOf : (nanos) => timestampMillis(longOf(nanos));
}

function toInt(value: bigint): number {
  return Number(BigInt.asIntN(32, value));
}

/** Decades are counted as years in Flink. */
const MONTH_DIVISORS: Readonly<Record<string, number>> = { ...MONTHS, DECADE: 12 };

/** Whole seconds are counted first: what is finer is those multiplied, a week is divided out of 32 bits of them. */
const SECOND_MULTIPLES: Readonly<Record<string, bigint>> = { MILLISECOND: 1000n, MICROSECOND: 1_000_000n };
const SECONDS_PER_WEEK = 604_800;

function clockDifference(unit: string, between: (left: Value, right: Value) => bigint): Evaluator | undefined {
  if (unit === 'NANOSECOND') return (_unit, left, right) => BigInt.asIntN(64, (between(left, right) / 1000n) * 1_000_000_000n);
  if (unit === 'WEEK') return (_unit, left, right) => Math.trunc(toInt(between(left, right) / 1000n) / SECONDS_PER_WEEK);
  const multiple = SECOND_MULTIPLES[unit];
  if (multiple !== undefined) return (_unit, left, right) => toInt((between(left, right) / 1000n) * multiple);
  const length = MILLIS[unit];
  return length === undefined ? undefined : (_unit, left, right) => toInt(between(left, right) / length);
}

/** Flink takes a TIME for a day number when it counts months to a DATE or another TIME. */
function dayNumberDifference(divisor: number): Evaluator {
  return (_unit, left, right) => Math.trunc(monthsBetweenDays(integerOf(right), integerOf(left)) / divisor);
}

function differenceOf(unit: string, from: LogicalType, to: LogicalType): Evaluator | undefined {
  const early = millisReader(from);
  const late = millisReader(to);
  const instants = from.kind === 'TIMESTAMP_LTZ' || to.kind === 'TIMESTAMP_LTZ';
  if (instants && from.kind !== to.kind) return undefined;
  if (![from, to].every((type) => belongsTo(type, 'date or time'))) return undefined;
  const divisor = MONTH_DIVISORS[unit];
  const times = from.kind === 'TIME' || to.kind === 'TIME';
  if (divisor === undefined) return times ? undefined : clockDifference(unit, (left, right) => late(right) - early(left));
  const onlyDays = times && from.kind !== 'TIMESTAMP' && to.kind !== 'TIMESTAMP';
  if (onlyDays) return dayNumberDifference(divisor);
  return (_unit, left, right) => Math.trunc(subtractMonths(late(right), early(left)) / divisor);
}

function differenceType(unit: string, call: CallSite): LogicalType {
  const [, from, to] = call.arguments;
  return { ...(unit === 'NANOSECOND' ? BIGINT : INT), nullable: from.type.nullable || to.type.nullable };
}

const timestampDiff = defineFunction({
  name: 'TIMESTAMPDIFF',
  family: 'temporal',
  nulls: 'receive',
  help: {
    signatures: ['TIMESTAMPDIFF(unit, from, to)'],
    summary: {
      en: 'How many whole units lie between two dates or times; negative when to comes first.',
      zh: '两个日期或时间之间的完整单位数；to 在前时为负。',
    },
  },
  resolve(call): ResolvedCall | Refusal {
    const [unit, from, to] = call.arguments;
    if (unit?.symbol === undefined || to === undefined) return refuse('TIMESTAMPDIFF is called as TIMESTAMPDIFF(unit, from, to)');
    const evaluator = differenceOf(unit.symbol, from.type, to.type);
    const anyLiteralNull = from.literal === null || to.literal === null;
    const temporal = (type: LogicalType) => type.kind === 'DATE' || type.kind === 'TIME' || isTimestamp(type);
    if (evaluator === undefined) {
      const known = MONTHS[unit.symbol] !== undefined || MILLIS[unit.symbol] !== undefined || FINE_PRECISION[unit.symbol] !== undefined;
      if (anyLiteralNull && known && temporal(from.type) && temporal(to.type)) {
        return { type: differenceType(unit.symbol, call), create: () => () => null };
      }
      return refuse(`TIMESTAMPDIFF cannot count ${unit.symbol} between ${from.type.kind} and ${to.type.kind}`);
    }
    return {
      type: differenceType(unit.symbol, call),
      create: () => (symbol, left, right) => (left === null || right === null ? null : evaluator(symbol, left, right)),
    };
  },
});

export const temporalAddFunctions: readonly FunctionDefinition[] = [timestampAdd, timestampDiff];

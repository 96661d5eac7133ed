/** EXTRACT and its short forms (YEAR, HOUR, …). */
import { BIGINT } from '../../types/make-type.ts';
import { timestampMillis, timestampNanosOfMilli } from '../value.ts';
import type { CallSite, Evaluator, FunctionDefinition, FunctionRuntime, Refusal, ResolvedCall } from './define-function.ts';
import { defineFunction, refuse } from './define-function.ts';
import type { DayUnit } from './support/extract-field.ts';
import { clockField, dayField, isClockUnit, isDayUnit, isMonthUnit, monthField } from './support/extract-field.ts';
import { sessionZone } from './support/legacy-dates/legacy-zone.ts';
import { integerOf, longOf } from './support/read-value.ts';

const MILLIS_PER_DAY = 86_400_000n;

function fromDate(unit: string): Evaluator | undefined {
  if (unit === 'EPOCH') return (days) => longOf(days) * 86_400n;
  // Flink takes the day number for milliseconds here.
  if (isClockUnit(unit)) return (days) => clockField(unit, longOf(days));
  return isDayUnit(unit) ? (days) => BigInt(dayField(unit, integerOf(days))) : undefined;
}

function fromTime(unit: string): Evaluator | undefined {
  return isClockUnit(unit) ? (millis) => clockField(unit, longOf(millis)) : undefined;
}

type Reader = (millis: bigint, nanosOfMilli: number) => bigint;

/** Milliseconds and days round towards zero, so times before 1970 come out as Flink has them. */
function instantReader(unit: string): Reader | undefined {
  switch (unit) {
    case 'EPOCH':
      return (millis) => millis / 1000n;
    case 'MICROSECOND':
      return (millis, nanos) => (millis % 1000n) * 1000n + BigInt(Math.trunc(nanos / 1000));
    case 'NANOSECOND':
      return (millis, nanos) => (millis % 1000n) * 1_000_000n + BigInt(nanos);
    default:
  }
  if (isClockUnit(unit)) return (millis) => clockField(unit, millis);
  if (!isDayUnit(unit)) return undefined;
  const dayUnit: DayUnit = unit;
  return (millis) => BigInt(dayField(dayUnit, Number(millis / MILLIS_PER_DAY)));
}

function fromTimestamp(reader: Reader): Evaluator {
  return (value) => {
    const nanos = longOf(value);
    return reader(timestampMillis(nanos), timestampNanosOfMilli(nanos));
  };
}

function fromLocalTimestamp(reader: Reader, runtime: FunctionRuntime): Evaluator {
  const zone = sessionZone(runtime.timeZone);
  return (value) => {
    const nanos = longOf(value);
    const millis = timestampMillis(nanos);
    return reader(millis + BigInt(zone.offsetAt(Number(millis))), timestampNanosOfMilli(nanos));
  };
}

function fromDayTime(unit: string): Evaluator | undefined {
  if (unit === 'DAY') return (millis) => longOf(millis) / MILLIS_PER_DAY;
  return isClockUnit(unit) ? (millis) => clockField(unit, longOf(millis)) : undefined;
}

/** How a unit is read from a type; `undefined` when the type does not have it. */
function evaluatorFor(call: CallSite, unit: string): ((runtime: FunctionRuntime) => Evaluator) | undefined {
  const { kind } = call.arguments[1].type;
  const fixed = (evaluator: Evaluator | undefined) => (evaluator === undefined ? undefined : () => evaluator);
  switch (kind) {
    case 'DATE':
      return fixed(fromDate(unit));
    case 'TIME':
      return fixed(fromTime(unit));
    case 'TIMESTAMP':
    case 'TIMESTAMP_LTZ': {
      const reader = instantReader(unit);
      if (reader === undefined) return undefined;
      return kind === 'TIMESTAMP' ? () => fromTimestamp(reader) : (runtime) => fromLocalTimestamp(reader, runtime);
    }
    case 'INTERVAL_DAY_TIME':
      return fixed(fromDayTime(unit));
    case 'INTERVAL_YEAR_MONTH':
      return isMonthUnit(unit) ? () => (months) => BigInt(monthField(unit, integerOf(months))) : undefined;
    default:
      return undefined;
  }
}

const extract = defineFunction({
  name: 'EXTRACT',
  family: 'temporal',
  nulls: 'receive',
  help: {
    signatures: [
      'EXTRACT(unit FROM datetime)',
      'YEAR(date)',
      'QUARTER(date)',
      'MONTH(date)',
      'WEEK(date)',
      'DAYOFYEAR(date)',
      'DAYOFMONTH(date)',
      'DAYOFWEEK(date)',
      'HOUR(timestamp)',
      'MINUTE(timestamp)',
      'SECOND(timestamp)',
    ],
    summary: {
      en: 'One field of a date, time, timestamp or interval; weeks are ISO weeks, DOW counts from 1 for Sunday.',
      zh: '取日期、时间、时间戳或时间间隔的某个字段；WEEK 为 ISO 周，DOW 以星期日为 1。',
    },
  },
  resolve(call): ResolvedCall | Refusal {
    const [unit, source] = call.arguments;
    if (unit?.symbol === undefined || source === undefined || call.arguments.length !== 2) {
      return refuse('EXTRACT is called as EXTRACT(unit FROM datetime)');
    }
    const type = { ...BIGINT, nullable: source.type.nullable };
    const create = evaluatorFor(call, unit.symbol);
    if (create === undefined) {
      // A constant NULL never gets as far as the unit in Flink.
      const temporal = source.type.kind === 'DATE' || source.type.kind === 'TIME';
      if (source.literal === null && temporal) return { type, create: () => () => null };
      return refuse(`EXTRACT cannot take ${unit.symbol} from ${source.type.kind}`);
    }
    return {
      type,
      create: (runtime) => {
        const evaluate = create(runtime);
        return (_unit, value) => (value === null ? null : evaluate(value));
      },
    };
  },
});

export const temporalExtractFunctions: readonly FunctionDefinition[] = [extract];

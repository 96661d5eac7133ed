/** FLOOR and CEIL: of numbers to whole ones, and of dates and times to a unit. */
import type { LogicalType } from '../../types/logical-type.ts';
import { isNumeric } from '../../types/make-type.ts';
import { fitDecimal } from '../decimal.ts';
import { EvaluationError } from '../evaluation-error.ts';
import type { Value } from '../value.ts';
import { timestampMillis, timestampNanosOfMilli } from '../value.ts';
import type { CallSite, Evaluator, FunctionDefinition, FunctionRuntime, Refusal, ResolvedCall } from './define-function.ts';
import { defineFunction, refuse } from './define-function.ts';
import { sessionZone } from './support/legacy-dates/legacy-zone.ts';
import { doubleOf, integerOf, longOf } from './support/read-value.ts';
import { isRoundUnit, roundDays } from './support/round-date.ts';
import { wholePart } from './support/round-number.ts';

type Build = (runtime: FunctionRuntime) => Evaluator;

const MILLIS_PER_DAY = 86_400_000n;
/** ISOYEAR is taken for a dozen milliseconds. */
const STEPS: Readonly<Record<string, bigint>> = {
  DAY: MILLIS_PER_DAY,
  HOUR: 3_600_000n,
  MINUTE: 60_000n,
  SECOND: 1000n,
  MILLISECOND: 1n,
  ISOYEAR: 12n,
};
const UNITS_OF_DATES = ['EPOCH', 'DOY', 'DOW', 'ISODOW', 'ISOYEAR', 'HOUR', 'MINUTE', 'SECOND', 'MILLISECOND', 'MICROSECOND', 'NANOSECOND'];

function roundNumber(type: LogicalType, up: boolean): { readonly type: LogicalType; readonly evaluator: Evaluator } {
  switch (type.kind) {
    case 'DECIMAL': {
      const result: LogicalType = { ...type, scale: 0 };
      return { type: result, evaluator: (value) => fitDecimal(wholePart(longOf(value), type.scale, up), type.precision) };
    }
    case 'FLOAT':
    case 'DOUBLE':
      return { type, evaluator: (value) => (up ? Math.ceil(doubleOf(value)) : Math.floor(doubleOf(value))) };
    default:
      return { type, evaluator: (value) => value };
  }
}

function roundMillis(millis: bigint, step: bigint, up: boolean): bigint {
  const rest = ((millis % step) + step) % step;
  if (rest === 0n) return millis;
  return up ? millis - rest + step : millis - rest;
}

function divisionByZero(): never {
  throw new EvaluationError('MR3001', 'FLOOR and CEIL know no unit finer than MILLISECOND');
}

/** Milliseconds of a local time rounded to a unit; days are cut off towards zero, as Flink does. */
function millisRounder(unit: string, up: boolean): ((millis: bigint) => bigint) | undefined {
  const step = STEPS[unit];
  if (step !== undefined) return (millis) => roundMillis(millis, step, up);
  if (isRoundUnit(unit)) return (millis) => BigInt(roundDays(unit, Number(millis / MILLIS_PER_DAY), up)) * MILLIS_PER_DAY;
  return unit === 'MICROSECOND' || unit === 'NANOSECOND' ? divisionByZero : undefined;
}

function roundTimestamp(unit: string, up: boolean): Build | undefined {
  const round = millisRounder(unit, up);
  if (round === undefined) return undefined;
  const nextMilli = up && unit === 'MILLISECOND';
  return () => (value) => {
    const nanos = longOf(value);
    const rounded = round(timestampMillis(nanos));
    return (nextMilli && timestampNanosOfMilli(nanos) > 0 ? rounded + 1n : rounded) * 1_000_000n;
  };
}

/** The zone's offset at the instant itself is used throughout, even when the rounded time has another. */
function roundInstant(unit: string, up: boolean): Build | undefined {
  const round = unit === 'ISOYEAR' || unit === 'MICROSECOND' || unit === 'NANOSECOND' ? undefined : millisRounder(unit, up);
  if (round === undefined) return undefined;
  return (runtime) => {
    const zone = sessionZone(runtime.timeZone);
    return (value) => {
      const millis = timestampMillis(longOf(value));
      const offset = BigInt(zone.offsetAt(Number(millis)));
      return (round(millis + offset) - offset) * 1_000_000n;
    };
  };
}

function roundDate(unit: string, up: boolean): Build | undefined {
  if (isRoundUnit(unit)) return () => (days) => roundDays(unit, integerOf(days), up) | 0;
  return UNITS_OF_DATES.includes(unit) ? () => (days) => days : undefined;
}

function checkTime(millis: number): Value {
  if (millis >= 0 && millis < 86_400_000) return millis;
  throw new EvaluationError('MR3003', 'the rounded time is outside the day');
}

/** Calendar units take the milliseconds of a TIME for days, as Flink does. */
function roundTime(unit: string, up: boolean): Build | undefined {
  if (isRoundUnit(unit)) return () => (millis) => checkTime(roundDays(unit, integerOf(millis), up));
  const step = STEPS[unit];
  if (step !== undefined) return () => (millis) => checkTime(Number(roundMillis(longOf(millis), step, up)));
  return unit === 'MICROSECOND' || unit === 'NANOSECOND' ? () => divisionByZero : undefined;
}

function roundTo(type: LogicalType, unit: string, up: boolean): Build | undefined {
  switch (type.kind) {
    case 'DATE':
      return roundDate(unit, up);
    case 'TIME':
      return roundTime(unit, up);
    case 'TIMESTAMP':
      return roundTimestamp(unit, up);
    case 'TIMESTAMP_LTZ':
      return roundInstant(unit, up);
    default:
      return undefined;
  }
}

function resolveUnit(call: CallSite, unit: string, up: boolean): ResolvedCall | Refusal {
  const [source] = call.arguments;
  const build = roundTo(source.type, unit, up);
  const known = STEPS[unit] !== undefined || isRoundUnit(unit) || UNITS_OF_DATES.includes(unit);
  const temporal = ['DATE', 'TIME', 'TIMESTAMP', 'TIMESTAMP_LTZ'].includes(source.type.kind);
  if (source.literal === null && known && temporal) return { type: source.type, create: () => () => null };
  if (build === undefined) return refuse(`${call.name} cannot round ${source.type.kind} to ${unit}`);
  return {
    type: source.type,
    create: (runtime) => {
      const evaluate = build(runtime);
      return (value) => (value === null ? null : evaluate(value));
    },
  };
}

function roundFunction(name: 'FLOOR' | 'CEIL', aliases: readonly string[], up: boolean, en: string, zh: string): FunctionDefinition {
  return defineFunction({
    name,
    aliases,
    family: 'math',
    nulls: 'receive',
    help: { signatures: [`${name}(number)`, `${name}(datetime TO unit)`], summary: { en, zh } },
    resolve(call): ResolvedCall | Refusal {
      const [source, unit] = call.arguments;
      if (source === undefined || call.arguments.length > 2) return refuse(`${name} takes a number, or a date or time and a unit`);
      if (unit !== undefined) return unit.symbol === undefined ? refuse(`${name} takes one number`) : resolveUnit(call, unit.symbol, up);
      if (!isNumeric(source.type)) return refuse(`${name} takes a number, or a date or time TO a unit, not ${source.type.kind}`);
      const rounded = roundNumber(source.type, up);
      return { type: rounded.type, create: () => (value) => (value === null ? null : rounded.evaluator(value)) };
    },
  });
}

export const mathFloorFunctions: readonly FunctionDefinition[] = [
  roundFunction(
    'FLOOR',
    [],
    false,
    'The number without its fraction, towards minus infinity; or a date or time at the start of its unit.',
    '向下取整；或将日期时间取到单位的起点。',
  ),
  roundFunction(
    'CEIL',
    ['CEILING'],
    true,
    'The next whole number, towards plus infinity; or a date or time at the start of the next unit.',
    '向上取整；或将日期时间取到下一单位的起点。',
  ),
];

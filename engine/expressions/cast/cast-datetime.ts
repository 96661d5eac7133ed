/** Casts to DATE, TIME, TIMESTAMP and TIMESTAMP_LTZ. */

import { NANOS_PER_DAY } from '../../base/calendar.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { isCharacter } from '../../types/make-type.ts';
import { parseDate, parseTime, parseTimestamp } from '../datetime/parse-datetime.ts';
import type { Zone } from '../datetime/zone.ts';
import { requireZone } from '../datetime/zone.ts';
import type { Value } from '../value.ts';
import { NANOS_PER_MILLI, timestampMillis } from '../value.ts';
import type { CastEvaluator } from './cast-failure.ts';
import { cannotCast } from './cast-failure.ts';

const MILLIS_PER_DAY = 86_400_000n;
const NANOS_PER_SECOND = 1_000_000_000n;

export function castToDatetime(from: LogicalType, to: LogicalType, timeZone: string): CastEvaluator {
  if (isCharacter(from)) return castText(to, timeZone);
  switch (to.kind) {
    case 'DATE':
      return from.kind === 'DATE' ? (value) => value : toDays(from, timeZone);
    case 'TIME':
      if (from.kind === 'TIME') return (value) => value;
      return toTime(from, timeZone);
    case 'TIMESTAMP':
    case 'TIMESTAMP_LTZ':
      return castToTimestamp(from, to.kind, to.precision, timeZone);
    default:
      return (value) => value;
  }
}

function castText(to: LogicalType, timeZone: string): CastEvaluator {
  const parse = textParser(to, timeZone);
  return (value) => {
    const parsed = parse(String(value));
    if (parsed === null) throw cannotCast(value, to);
    return parsed;
  };
}

function textParser(to: LogicalType, timeZone: string): (text: string) => Value {
  if (to.kind === 'DATE') return parseDate;
  if (to.kind === 'TIME') return (text) => truncateTime(parseTime(text), to.precision);
  const precision = 'precision' in to ? to.precision : 9;
  const zone = to.kind === 'TIMESTAMP_LTZ' ? requireZone(timeZone) : null;
  return (text) => {
    const nanos = parseTimestamp(text);
    if (nanos === null) return null;
    return truncateDown(zone === null ? nanos : toInstant(zone, nanos), precision);
  };
}

function castToTimestamp(from: LogicalType, kind: 'TIMESTAMP' | 'TIMESTAMP_LTZ', precision: number, timeZone: string): CastEvaluator {
  const zone = requireZone(timeZone);
  const local = kind === 'TIMESTAMP';
  if (from.kind === 'DATE') {
    return (value) => {
      const nanos = BigInt(value as number) * NANOS_PER_DAY;
      return local ? nanos : toInstant(zone, nanos);
    };
  }
  if (from.kind === 'TIME') {
    return (value) => {
      const nanos = BigInt(value as number) * NANOS_PER_MILLI;
      return local ? nanos : toInstant(zone, nanos);
    };
  }
  if (from.kind === kind) {
    if ('precision' in from && from.precision <= precision) return (value) => value;
    return (value) => truncate(value as bigint, precision);
  }
  if (local) return (value) => truncate(toLocal(zone, value as bigint), precision);
  return (value) => truncate(toInstant(zone, value as bigint), precision);
}

/** A TIMESTAMP's day is cut towards 1970, a local one's towards the past: both as Flink does. */
function toDays(from: LogicalType, timeZone: string): CastEvaluator {
  if (from.kind === 'TIMESTAMP') return fromTimestamp(from, timeZone, (millis) => Number(millis / MILLIS_PER_DAY));
  return fromTimestamp(from, timeZone, (millis) => Number(floorDivide(millis, MILLIS_PER_DAY)));
}

/** Whole seconds of the day; before 1970 only local times count from midnight. */
function toTime(from: LogicalType, timeZone: string): CastEvaluator {
  const local = from.kind === 'TIMESTAMP_LTZ';
  return fromTimestamp(from, timeZone, (millis) => {
    const ofDay = millis % MILLIS_PER_DAY;
    const counted = local && ofDay < 0n ? ofDay + MILLIS_PER_DAY : ofDay;
    return Number((counted / 1000n) * 1000n);
  });
}

/** Reads the local milliseconds of a TIMESTAMP or TIMESTAMP_LTZ. */
function fromTimestamp(from: LogicalType, timeZone: string, convert: (millis: bigint) => number): CastEvaluator {
  if (from.kind === 'TIMESTAMP') return (value) => convert(timestampMillis(value as bigint));
  const zone = requireZone(timeZone);
  return (value) => convert(timestampMillis(toLocal(zone, value as bigint)));
}

function truncateTime(millis: number | null, precision: number): number | null {
  const unit = precision >= 3 ? 1 : 10 ** (3 - precision);
  return millis === null ? null : millis - (millis % unit);
}

export function toLocal(zone: Zone, nanos: bigint): bigint {
  return nanos + BigInt(zone.offsetAt(Number(timestampMillis(nanos)))) * NANOS_PER_MILLI;
}

export function toInstant(zone: Zone, nanos: bigint): bigint {
  const millis = timestampMillis(nanos);
  return BigInt(zone.instantOf(Number(millis))) * NANOS_PER_MILLI + (nanos - millis * NANOS_PER_MILLI);
}

/**
 * Drops digits of the second beyond `precision` as Flink does: milliseconds towards 1970, and nothing at all while the
 * nanoseconds of the second, written as a number, have no more digits than the precision.
 */
export function truncate(nanos: bigint, precision: number): bigint {
  const ofSecond = ((nanos % NANOS_PER_SECOND) + NANOS_PER_SECOND) % NANOS_PER_SECOND;
  if (precision >= 9 || ofSecond < 10n ** BigInt(precision)) return nanos;
  const millis = timestampMillis(nanos);
  if (precision <= 3) {
    const unit = 10n ** BigInt(3 - precision);
    return (millis / unit) * unit * NANOS_PER_MILLI;
  }
  const unit = 10n ** BigInt(9 - precision);
  return millis * NANOS_PER_MILLI + ((nanos - millis * NANOS_PER_MILLI) / unit) * unit;
}

/** Drops digits beyond `precision` towards the past. */
function truncateDown(nanos: bigint, precision: number): bigint {
  const unit = 10n ** BigInt(9 - precision);
  return floorDivide(nanos, unit) * unit;
}

function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend < 0n && quotient * divisor !== dividend ? quotient - 1n : quotient;
}

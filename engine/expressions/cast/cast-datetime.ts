/** Casts to DATE, TIME, TIMESTAMP and TIMESTAMP_LTZ. */
import { isCharacter } from '../../types/make-type.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { NANOS_PER_DAY } from '../datetime/calendar.ts';
import { parseDate, parseTime, parseTimestamp } from '../datetime/parse-datetime.ts';
import { requireZone } from '../datetime/zone.ts';
import type { Zone } from '../datetime/zone.ts';
import { NANOS_PER_MILLI, timestampMillis } from '../value.ts';
import type { Value } from '../value.ts';
import { cannotCast } from './cast-failure.ts';
import type { CastEvaluator } from './cast-failure.ts';

const MILLIS_PER_DAY = 86_400_000n;

export function castToDatetime(from: LogicalType, to: LogicalType, timeZone: string): CastEvaluator {
  if (isCharacter(from)) return castText(to, timeZone);
  switch (to.kind) {
    case 'DATE':
      return from.kind === 'DATE' ? (value) => value : fromTimestamp(from, timeZone, (millis) => Number(floorDivide(millis, MILLIS_PER_DAY)));
    case 'TIME':
      if (from.kind === 'TIME') return (value) => value;
      return fromTimestamp(from, timeZone, (millis) => Number(((millis % MILLIS_PER_DAY) / 1000n) * 1000n));
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
  if (to.kind === 'TIME') return parseTime;
  const precision = 'precision' in to ? to.precision : 9;
  const zone = to.kind === 'TIMESTAMP_LTZ' ? requireZone(timeZone) : null;
  return (text) => {
    const nanos = parseTimestamp(text);
    if (nanos === null) return null;
    return truncate(zone === null ? nanos : toInstant(zone, nanos), precision);
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
      return truncate(local ? nanos : toInstant(zone, nanos), precision);
    };
  }
  if (from.kind === kind) {
    if ('precision' in from && from.precision <= precision) return (value) => value;
    return (value) => truncate(value as bigint, precision);
  }
  if (local) return (value) => truncate(toLocal(zone, value as bigint), precision);
  return (value) => truncate(toInstant(zone, value as bigint), precision);
}

/** Reads the local milliseconds of a TIMESTAMP or TIMESTAMP_LTZ. */
function fromTimestamp(from: LogicalType, timeZone: string, convert: (millis: bigint) => number): CastEvaluator {
  if (from.kind === 'TIMESTAMP') return (value) => convert(timestampMillis(value as bigint));
  const zone = requireZone(timeZone);
  return (value) => convert(timestampMillis(toLocal(zone, value as bigint)));
}

export function toLocal(zone: Zone, nanos: bigint): bigint {
  return nanos + BigInt(zone.offsetAt(Number(timestampMillis(nanos)))) * NANOS_PER_MILLI;
}

export function toInstant(zone: Zone, nanos: bigint): bigint {
  const millis = timestampMillis(nanos);
  return BigInt(zone.instantOf(Number(millis))) * NANOS_PER_MILLI + (nanos - millis * NANOS_PER_MILLI);
}

/** Drops digits of the second beyond `precision`, towards the past. */
export function truncate(nanos: bigint, precision: number): bigint {
  if (precision >= 9) return nanos;
  const unit = 10n ** BigInt(9 - precision);
  return floorDivide(nanos, unit) * unit;
}

function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend < 0n && quotient * divisor !== dividend ? quotient - 1n : quotient;
}

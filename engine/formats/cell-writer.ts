/** Puts one value written as text into a column: what CSV cells and quoted JSON values have in common. Not the hot path. */
import { printType } from '../types/print-type.ts';
import type { DecodePlan } from './decode-plan.ts';
import type { DecodeTarget } from './decode-target.ts';
import { lastRead, readDate, readTime, readTimestamp, type TimestampFormat } from './temporal-bytes.ts';

const INTEGER_BOUNDS: Readonly<Record<string, bigint>> = { TINYINT: 2n ** 7n, SMALLINT: 2n ** 15n, INTEGER: 2n ** 31n, BIGINT: 2n ** 63n };
const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;
const SPECIAL_NUMBERS: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '+Infinity': Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
};
const TEXT_IN_REASON_MAX = 60;
/** Exponents beyond this cannot be a DECIMAL or integer of any precision; guards against `1e999999999`. */
const EXPONENT_MAX = 400;

/** Why a value does not fit, in words; null = written. */
export type Refusal = string | null;

/** Writes `text` (trimmed for everything but characters, as Flink does) as a value of the plan's type. */
export function writeText(target: DecodeTarget, plan: DecodePlan, row: number, text: string, format: TimestampFormat): Refusal {
  const trimmed = text.trim();
  switch (plan.type.kind) {
    case 'BOOLEAN':
      return writeBoolean(target, plan, row, trimmed);
    case 'TINYINT':
    case 'SMALLINT':
    case 'INTEGER':
    case 'BIGINT':
    case 'DECIMAL':
      return writeExact(target, plan, row, trimmed);
    case 'FLOAT':
    case 'DOUBLE':
      return writeFloating(target, plan, row, trimmed);
    case 'DATE':
    case 'TIME':
    case 'TIMESTAMP':
    case 'TIMESTAMP_LTZ':
      return writeTemporal(target, plan, row, trimmed, format);
    default:
      return `text cannot be read as ${printType(plan.type)}`;
  }
}

function writeBoolean(target: DecodeTarget, plan: DecodePlan, row: number, text: string): Refusal {
  const lower = text.toLowerCase();
  if (lower !== 'true' && lower !== 'false') return notOfType(text, plan);
  target.setBoolean(plan, row, lower === 'true');
  return null;
}

function writeFloating(target: DecodeTarget, plan: DecodePlan, row: number, text: string): Refusal {
  const special = SPECIAL_NUMBERS[text];
  if (special === undefined && (!NUMBER.test(text) || !/\d/.test(text))) return notOfType(text, plan);
  target.setFloating(plan, row, special ?? Number(text));
  return null;
}

/** Integers and decimals, exactly: integers take no fraction other than zero, decimals round half up to their scale. */
function writeExact(target: DecodeTarget, plan: DecodePlan, row: number, text: string): Refusal {
  const { type } = plan;
  const scale = type.kind === 'DECIMAL' ? type.scale : 0;
  const parsed = parseExact(text, scale);
  if (parsed === null) return notOfType(text, plan);
  if (type.kind === 'DECIMAL') {
    if (magnitude(parsed.unscaled) >= 10n ** BigInt(type.precision)) return outOfRange(text, plan);
    target.setDecimal(plan, row, parsed.unscaled);
    return null;
  }
  if (!parsed.exact) return `${quoted(text)} has a fraction and the column is ${printType(type)}`;
  const bound = INTEGER_BOUNDS[type.kind];
  if (parsed.unscaled < -bound || parsed.unscaled >= bound) return outOfRange(text, plan);
  if (type.kind === 'BIGINT') target.setLong(plan, row, parsed.unscaled);
  else target.setInteger(plan, row, Number(parsed.unscaled));
  return null;
}

function parseExact(text: string, scale: number): { unscaled: bigint; exact: boolean } | null {
  const match = NUMBER.exec(text);
  if (match === null) return null;
  const [, sign, whole, fraction = '', power = '0'] = match;
  const digits = whole + fraction;
  if (digits === '' || digits.length > 4096) return null;
  const exponent = Number(power);
  const mantissa = BigInt(digits);
  if (mantissa === 0n) return { unscaled: 0n, exact: true };
  if (Math.abs(exponent) > EXPONENT_MAX) return exponent < 0 ? { unscaled: 0n, exact: false } : null;
  const shift = scale + exponent - fraction.length;
  if (shift >= 0) return { unscaled: signed(sign, mantissa * 10n ** BigInt(shift)), exact: true };
  const divisor = 10n ** BigInt(-shift);
  const quotient = mantissa / divisor;
  const rest = mantissa - quotient * divisor;
  return { unscaled: signed(sign, 2n * rest >= divisor ? quotient + 1n : quotient), exact: rest === 0n };
}

function writeTemporal(target: DecodeTarget, plan: DecodePlan, row: number, text: string, format: TimestampFormat): Refusal {
  const { type } = plan;
  const bytes = Uint8Array.from(text, (character) => Math.min(character.charCodeAt(0), 255));
  if (type.kind === 'DATE' || type.kind === 'TIME') {
    const value = type.kind === 'DATE' ? readDate(bytes, 0, bytes.length) : readTime(bytes, 0, bytes.length, false);
    if (Number.isNaN(value)) return notOfType(text, plan);
    target.setInteger(plan, row, value);
    return null;
  }
  const millis = readTimestamp(bytes, 0, bytes.length, format, type.kind === 'TIMESTAMP_LTZ');
  if (Number.isNaN(millis)) return notOfType(text, plan, format);
  target.setTimestamp(plan, row, millis, lastRead.nanosOfMilli);
  return null;
}

function signed(sign: string, magnitudeValue: bigint): bigint {
  return sign === '-' ? -magnitudeValue : magnitudeValue;
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

export function notOfType(text: string, plan: DecodePlan, format?: TimestampFormat): string {
  const hint =
    format === undefined
      ? ''
      : ` (the timestamp format of this node is ${format === 'sql' ? 'YYYY-MM-DD HH:mm:ss.SSS' : 'YYYY-MM-DDTHH:mm:ss.SSS'})`;
  return `${quoted(text)} is not a ${printType(plan.type)}${hint}`;
}

function outOfRange(text: string, plan: DecodePlan): string {
  return `${quoted(text)} does not fit in ${printType(plan.type)}`;
}

export function quoted(text: string): string {
  return JSON.stringify(text.length > TEXT_IN_REASON_MAX ? `${text.slice(0, TEXT_IN_REASON_MAX)}…` : text);
}

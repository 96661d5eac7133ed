/** Functions that keep the kind of number they are given: ABS, SIGN, ROUND, TRUNCATE. */
import type { LogicalType } from '../../types/logical-type.ts';
import { DECIMAL_PRECISION_MAX, fitDecimal, pow10 } from '../decimal.ts';
import type { Value } from '../value.ts';
import type { CallSite, Evaluator, FunctionDefinition } from './define-function.ts';
import { doubleOf, integerOf, longOf } from './support/read-value.ts';
import type { Rounding } from './support/round-number.ts';
import { atScale, roundDouble, roundExact, roundInteger } from './support/round-number.ts';
import { simpleFunction } from './support/signature.ts';

/** An integer of any size as a value of an integer type: Java's silent wrap-around. */
function wrapTo(type: LogicalType, value: bigint): Value {
  switch (type.kind) {
    case 'TINYINT':
      return Number(BigInt.asIntN(8, value));
    case 'SMALLINT':
      return Number(BigInt.asIntN(16, value));
    case 'INTEGER':
      return Number(BigInt.asIntN(32, value));
    default:
      return BigInt.asIntN(64, value);
  }
}

function isApproximate(type: LogicalType): boolean {
  return type.kind === 'FLOAT' || type.kind === 'DOUBLE';
}

function absoluteOf(type: LogicalType): Evaluator {
  if (isApproximate(type)) return (value) => Math.abs(doubleOf(value));
  const magnitude = (value: Value) => {
    const whole = longOf(value);
    return whole < 0n ? -whole : whole;
  };
  return type.kind === 'DECIMAL' ? magnitude : (value) => wrapTo(type, magnitude(value));
}

const abs = simpleFunction({
  name: 'ABS',
  family: 'math',
  forms: [['number']],
  type: (call) => call.arguments[0].type,
  help: {
    signatures: ['ABS(number)'],
    summary: { en: 'The number without its sign; the smallest integer of a type stays negative.', zh: '绝对值；整数类型的最小值仍为负。' },
  },
  create: (_runtime, call) => absoluteOf(call.arguments[0].type),
});

function signOf(type: LogicalType): Evaluator {
  if (isApproximate(type)) return (value) => Math.sign(doubleOf(value));
  const sign = (value: Value) => {
    const whole = longOf(value);
    return whole > 0n ? 1n : whole < 0n ? -1n : 0n;
  };
  if (type.kind === 'DECIMAL') return (value) => fitDecimal(sign(value) * pow10(type.scale), type.precision);
  return (value) => wrapTo(type, sign(value));
}

const sign = simpleFunction({
  name: 'SIGN',
  family: 'math',
  forms: [['number']],
  type: (call) => call.arguments[0].type,
  help: {
    signatures: ['SIGN(number)'],
    summary: { en: '-1, 0 or 1 as the number is negative, zero or positive.', zh: '负数、零、正数分别返回 -1、0、1。' },
  },
  create: (_runtime, call) => signOf(call.arguments[0].type),
});

/** A literal number of digits decides the DECIMAL's scale; without one the type stays. */
function roundedType(call: CallSite): LogicalType {
  const [number, digits] = call.arguments;
  const { type } = number;
  const literal = digits === undefined ? 0 : digits.literal;
  if (type.kind !== 'DECIMAL' || typeof literal !== 'number' || literal >= type.scale) return type;
  const whole = 1 + type.precision - type.scale;
  if (literal < 0) return { ...type, precision: Math.min(DECIMAL_PRECISION_MAX, whole), scale: 0 };
  return { ...type, precision: whole + literal, scale: literal };
}

function rounder(call: CallSite, rounding: Rounding): Evaluator {
  const { type } = call.arguments[0];
  const result = roundedType(call);
  const digitsOf = (digits: Value | undefined) => (digits === undefined ? 0 : integerOf(digits));
  if (type.kind === 'DECIMAL' && result.kind === 'DECIMAL') {
    return (value, digits) => {
      const rounded = roundExact({ unscaled: longOf(value), scale: type.scale }, Math.max(digitsOf(digits), -400), rounding);
      return fitDecimal(atScale(rounded, result.scale), result.precision);
    };
  }
  if (type.kind === 'FLOAT') return (value, digits) => Math.fround(roundDouble(doubleOf(value), digitsOf(digits), rounding));
  if (type.kind === 'DOUBLE') return (value, digits) => roundDouble(doubleOf(value), digitsOf(digits), rounding);
  return (value, digits) => wrapTo(type, roundInteger(longOf(value), digitsOf(digits), rounding));
}

function roundFunction(name: 'ROUND' | 'TRUNCATE', rounding: Rounding, en: string, zh: string, spark: string | null): FunctionDefinition {
  return simpleFunction({
    name,
    family: 'math',
    forms: [['number'], ['number', 'integer of at most 32 bits']],
    type: roundedType,
    spark,
    help: { signatures: [`${name}(number[, digits])`], summary: { en, zh } },
    create: (_runtime, call) => rounder(call, rounding),
  });
}

export const mathExactFunctions: readonly FunctionDefinition[] = [
  abs,
  sign,
  roundFunction('ROUND', 'half up', 'The number rounded half away from zero to a number of digits.', '按指定小数位数四舍五入。', 'ROUND'),
  roundFunction('TRUNCATE', 'down', 'The number cut off after a number of digits.', '截断到指定小数位数。', null),
];

/** Functions of real numbers: every argument is brought to DOUBLE first, and so is the answer. */
import { DOUBLE } from '../../types/make-type.ts';
import type { FunctionDefinition, Refusal, ResolvedCall } from './define-function.ts';
import { anyNullable, defineFunction, refuse } from './define-function.ts';
import { doubleOf } from './support/read-value.ts';
import { belongsTo, simpleFunction } from './support/signature.ts';

function unary(name: string, compute: (value: number) => number, en: string, zh: string, spark?: string | null): FunctionDefinition {
  return simpleFunction({
    name,
    family: 'math',
    forms: [['number']],
    type: DOUBLE,
    argumentTypes: () => [DOUBLE],
    spark,
    help: { signatures: [`${name}(number)`], summary: { en, zh } },
    create: () => (value) => compute(doubleOf(value)),
  });
}

function constant(name: string, value: number, en: string, zh: string): FunctionDefinition {
  return simpleFunction({
    name,
    family: 'math',
    forms: [[]],
    type: DOUBLE,
    nullable: 'never',
    help: { signatures: [`${name}()`], summary: { en, zh } },
    create: () => () => value,
  });
}

const power = simpleFunction({
  name: 'POWER',
  family: 'math',
  forms: [['number', 'number']],
  type: DOUBLE,
  argumentTypes: () => [DOUBLE, DOUBLE],
  help: {
    signatures: ['POWER(base, exponent)'],
    summary: { en: 'The base raised to the exponent.', zh: '底数的指数次幂。' },
  },
  create: () => (base, exponent) => doubleOf(base) ** doubleOf(exponent),
});

const log = simpleFunction({
  name: 'LOG',
  family: 'math',
  forms: [['number'], ['number', 'number']],
  type: DOUBLE,
  argumentTypes: (call) => call.arguments.map(() => DOUBLE),
  help: {
    signatures: ['LOG(number)', 'LOG(base, number)'],
    summary: { en: 'The natural logarithm, or the logarithm to a base.', zh: '自然对数，或以指定底数的对数。' },
  },
  create: () => (first, second) =>
    second === undefined ? Math.log(doubleOf(first)) : Math.log(doubleOf(second)) / Math.log(doubleOf(first)),
});

const atan2 = defineFunction({
  name: 'ATAN2',
  family: 'math',
  nulls: 'propagate',
  help: {
    signatures: ['ATAN2(y, x)'],
    summary: { en: 'The angle of the point (x, y) in radians.', zh: '点 (x, y) 的弧度角。' },
  },
  resolve(call): ResolvedCall | Refusal {
    const types = call.arguments.map((argument) => argument.type);
    if (types.length !== 2 || !types.every((type) => belongsTo(type, 'number'))) return refuse('ATAN2 takes two numbers');
    const decimals = types.filter((type) => type.kind === 'DECIMAL').length;
    if (decimals === 1) return refuse('ATAN2 takes two DECIMAL numbers or none; CAST the other one');
    return {
      type: { ...DOUBLE, nullable: anyNullable(call) },
      argumentTypes: [DOUBLE, DOUBLE],
      create: () => (y, x) => Math.atan2(doubleOf(y), doubleOf(x)),
    };
  },
});

export const mathDoubleFunctions: readonly FunctionDefinition[] = [
  unary('SQRT', (value) => value ** 0.5, 'The square root.', '平方根。'),
  unary('EXP', Math.exp, 'e raised to the number.', 'e 的指定次幂。'),
  unary('LN', Math.log, 'The natural logarithm.', '自然对数。'),
  unary('LOG10', Math.log10, 'The logarithm to base 10.', '以 10 为底的对数。'),
  unary('LOG2', (value) => Math.log(value) / Math.log(2), 'The logarithm to base 2.', '以 2 为底的对数。'),
  unary('SIN', Math.sin, 'The sine of an angle in radians.', '弧度角的正弦。'),
  unary('COS', Math.cos, 'The cosine of an angle in radians.', '弧度角的余弦。'),
  unary('TAN', Math.tan, 'The tangent of an angle in radians.', '弧度角的正切。'),
  unary('COT', (value) => 1 / Math.tan(value), 'The cotangent of an angle in radians.', '弧度角的余切。'),
  unary('ASIN', Math.asin, 'The angle in radians whose sine is the number.', '反正弦（弧度）。'),
  unary('ACOS', Math.acos, 'The angle in radians whose cosine is the number.', '反余弦（弧度）。'),
  unary('ATAN', Math.atan, 'The angle in radians whose tangent is the number.', '反正切（弧度）。'),
  unary('SINH', Math.sinh, 'The hyperbolic sine.', '双曲正弦。'),
  unary('COSH', Math.cosh, 'The hyperbolic cosine.', '双曲余弦。'),
  unary('TANH', Math.tanh, 'The hyperbolic tangent.', '双曲正切。'),
  unary('DEGREES', (value) => value * (180 / Math.PI), 'An angle in radians as degrees.', '弧度转换为角度。'),
  unary('RADIANS', (value) => value * (Math.PI / 180), 'An angle in degrees as radians.', '角度转换为弧度。'),
  power,
  log,
  atan2,
  constant('E', Math.E, "Euler's number.", '自然常数 e。'),
  constant('PI', Math.PI, 'The ratio of a circle.', '圆周率。'),
];

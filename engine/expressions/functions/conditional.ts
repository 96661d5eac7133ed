/** Choosing among values: GREATEST, LEAST and IFNULL compute all their arguments; COALESCE, IF and NULLIF are CASE underneath. */
import { leastRestrictive } from '../../types/common-type.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { isBinary, isCharacter, isConstructed, withNullable } from '../../types/make-type.ts';
import { compareBytes, compareText } from '../evaluate/compare-values.ts';
import type { Value } from '../value.ts';
import type { CallSite, FunctionDefinition, FunctionFamily, FunctionHelp, Refusal, ResolvedCall } from './define-function.ts';
import { defineFunction, refuse } from './define-function.ts';

/** A call that the checker writes as other expressions, because its arguments must not all be computed. */
export interface SpecialForm {
  readonly name: string;
  readonly family: FunctionFamily;
  readonly help: FunctionHelp;
}

/** Flink's common type for functions: a date or time of day together with a timestamp stays what it is. */
export function commonArgumentType(types: readonly LogicalType[]): LogicalType | null {
  const common = leastRestrictive(types, true);
  if (common !== null) return common;
  const kinds = new Set(types.filter((type) => type.kind !== 'NULL').map((type) => type.kind));
  if (kinds.size !== 2 || !kinds.has('TIMESTAMP')) return null;
  const kept = types.find((type) => type.kind === 'DATE' || type.kind === 'TIME');
  return kept === undefined
    ? null
    : withNullable(
        kept,
        types.some((type) => type.nullable),
      );
}

function kindsOf(call: CallSite): string {
  return call.arguments.map((argument) => argument.type.kind).join(', ');
}

/** Java's order of doubles: NaN is greatest, -0.0 below 0.0. */
function compareDoubles(left: number, right: number): number {
  if (left < right) return -1;
  if (left > right) return 1;
  const rank = (value: number) => (Number.isNaN(value) ? 2 : Object.is(value, -0) ? -1 : 0);
  return rank(left) - rank(right);
}

function compareSame(left: Value, right: Value): number {
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right);
  if (typeof left === 'number' && typeof right === 'number') return compareDoubles(left, right);
  if (left instanceof Uint8Array && right instanceof Uint8Array) return compareBytes(left, right);
  if (left === right) return 0;
  return left !== null && right !== null && left < right ? -1 : 1;
}

function extreme(name: 'GREATEST' | 'LEAST', direction: 1 | -1, en: string, zh: string): FunctionDefinition {
  return defineFunction({
    name,
    family: 'conditional',
    nulls: 'propagate',
    help: { signatures: [`${name}(value, …)`], summary: { en, zh } },
    resolve(call): ResolvedCall | Refusal {
      const types = call.arguments.map((argument) => argument.type);
      const common = types.some((type) => type.kind === 'NULL') ? null : commonArgumentType(types);
      if (common === null || isConstructed(common)) {
        return refuse(`${name} takes values that can be compared with each other, not (${kindsOf(call)})`);
      }
      return {
        type: common,
        argumentTypes: types.map(() => common),
        create:
          () =>
          (...values) =>
            values.reduce((best, value) => (compareSame(value, best) * direction > 0 ? value : best)),
      };
    },
  });
}

/** A first argument that is never NULL keeps its own type where it is text: Flink needs no cast there. */
function ifNullType(input: LogicalType, replacement: LogicalType): LogicalType | null {
  const common = commonArgumentType([input, replacement]);
  if (common === null) return null;
  if (input.nullable) return withNullable(common, replacement.nullable);
  return withNullable(isCharacter(input) || isBinary(input) ? input : common, false);
}

const ifNull = defineFunction({
  name: 'IFNULL',
  family: 'conditional',
  nulls: 'receive',
  help: {
    signatures: ['IFNULL(value, replacement)'],
    summary: { en: 'The value, or the replacement when it is NULL; both are computed.', zh: '值为 NULL 时返回替代值；两个参数都会计算。' },
  },
  resolve(call): ResolvedCall | Refusal {
    const [input, replacement] = call.arguments.map((argument) => argument.type);
    if (replacement === undefined || call.arguments.length !== 2) return refuse('IFNULL takes two arguments');
    const type = ifNullType(input, replacement);
    if (type === null) return refuse(`IFNULL takes two values of a common type, not (${kindsOf(call)})`);
    return {
      type,
      argumentTypes: [type, type],
      create: () => (value, other) => (value === null ? other : value),
    };
  },
});

export const conditionalFunctions: readonly FunctionDefinition[] = [
  extreme('GREATEST', 1, 'The greatest of the values; NULL when one is NULL.', '最大值；任一参数为 NULL 时结果为 NULL。'),
  extreme('LEAST', -1, 'The least of the values; NULL when one is NULL.', '最小值；任一参数为 NULL 时结果为 NULL。'),
  ifNull,
];

export const specialForms: readonly SpecialForm[] = [
  {
    name: 'COALESCE',
    family: 'conditional',
    help: {
      signatures: ['COALESCE(value, …)'],
      summary: { en: 'The first value that is not NULL; later ones are not computed.', zh: '第一个非 NULL 的值；其后的参数不再计算。' },
    },
  },
  {
    name: 'IF',
    family: 'conditional',
    help: {
      signatures: ['IF(condition, value, otherwise)'],
      summary: {
        en: 'The value when the condition is TRUE, else the other; only the chosen one is computed.',
        zh: '条件为 TRUE 时返回 value，否则返回 otherwise；只计算被选中的参数。',
      },
    },
  },
  {
    name: 'NULLIF',
    family: 'conditional',
    help: {
      signatures: ['NULLIF(value, other)'],
      summary: { en: 'NULL when the two are equal, else the first.', zh: '两者相等时为 NULL，否则为第一个值。' },
    },
  },
  {
    name: 'MOD',
    family: 'math',
    help: {
      signatures: ['MOD(dividend, divisor)'],
      summary: { en: 'The remainder of a division, with the sign of the dividend.', zh: '除法的余数，符号与被除数相同。' },
    },
  },
];

/** Comparing boxed values as SQL orders them. */

import { asDecimal } from '../../types/common-type.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { isApproximateNumeric, isCharacter } from '../../types/make-type.ts';
import { exactToNumber, pow10 } from '../decimal.ts';
import type { ComparisonOperator } from '../typed-expression.ts';
import type { Value } from '../value.ts';

/** Orders UTF-16 strings by code point, which is the order of their UTF-8 bytes. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    let x = a.charCodeAt(i);
    let y = b.charCodeAt(i);
    if (x === y) continue;
    // Surrogates stand for code points above every other unit.
    if (x >= 0xd800) x = x >= 0xe000 ? x - 0x800 : x + 0x2000;
    if (y >= 0xd800) y = y >= 0xe000 ? y - 0x800 : y + 0x2000;
    return x - y;
  }
  return a.length - b.length;
}

export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return a.length - b.length;
}

/** Negative, zero, positive; NaN when the two have no order. */
export type Comparator = (a: Value, b: Value) => number;

/** Compares present values; `constants` are compared by UTF-16 unit, as Flink does before text is bytes. */
export function createComparator(left: LogicalType, right: LogicalType, constants: boolean): Comparator {
  if (isApproximateNumeric(left) && right.kind === 'DECIMAL')
    return (a, b) => compareDoubles(a as number, exactToNumber({ unscaled: b as bigint, scale: right.scale }));
  if (left.kind === 'DECIMAL' && isApproximateNumeric(right))
    return (a, b) => compareDoubles(exactToNumber({ unscaled: a as bigint, scale: left.scale }), b as number);
  if (left.kind === 'DECIMAL' || right.kind === 'DECIMAL') return decimalComparator(left, right);
  if (isCharacter(left)) {
    if (constants) return (a, b) => (a === b ? 0 : String(a) < String(b) ? -1 : 1);
    return (a, b) => compareText(String(a), String(b));
  }
  if (left.kind === 'BINARY' || left.kind === 'VARBINARY')
    return (a, b) => (a instanceof Uint8Array && b instanceof Uint8Array ? compareBytes(a, b) : Number.NaN);
  return (a, b) => {
    const x = a as number | bigint | boolean;
    const y = b as number | bigint | boolean;
    return x < y ? -1 : x > y ? 1 : x === y ? 0 : Number.NaN;
  };
}

/** Java's Double.compare: NaN is greatest, -0.0 is below 0.0. */
export function compareDoubles(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  const x = Number.isNaN(a) ? 2 : Object.is(a, -0) ? -1 : 0;
  const y = Number.isNaN(b) ? 2 : Object.is(b, -0) ? -1 : 0;
  return a === b || Number.isNaN(a) || Number.isNaN(b) ? x - y : 0;
}

function decimalComparator(left: LogicalType, right: LogicalType): Comparator {
  const a = asDecimal(left);
  const b = asDecimal(right);
  const scale = Math.max(a?.scale ?? 0, b?.scale ?? 0);
  const leftFactor = pow10(scale - (a?.scale ?? 0));
  const rightFactor = pow10(scale - (b?.scale ?? 0));
  return (x, y) => {
    const difference = BigInt(x as number | bigint) * leftFactor - BigInt(y as number | bigint) * rightFactor;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  };
}

export function decideComparison(operator: ComparisonOperator): (order: number) => boolean {
  switch (operator) {
    case '=':
      return (order) => order === 0;
    case '<>':
      return (order) => order !== 0;
    case '<':
      return (order) => order < 0;
    case '<=':
      return (order) => order <= 0;
    case '>':
      return (order) => order > 0;
    default:
      return (order) => order >= 0;
  }
}

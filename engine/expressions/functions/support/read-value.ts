/** Reads a boxed value as the JavaScript type its SQL type promises; a mismatch is our own mistake. */
import type { Value } from '../../value.ts';

function mismatch(wanted: string, value: Value): never {
  throw new TypeError(`a function expected ${wanted} but was handed ${typeof value}`);
}

export function textOf(value: Value): string {
  return typeof value === 'string' ? value : mismatch('a string', value);
}

export function bytesOf(value: Value): Uint8Array {
  return value instanceof Uint8Array ? value : mismatch('bytes', value);
}

/** Any integer type, as a number; a BIGINT beyond 2^53 loses digits, so only for positions, lengths and counts. */
export function integerOf(value: Value): number {
  if (typeof value === 'number') return value;
  return typeof value === 'bigint' ? Number(value) : mismatch('an integer', value);
}

/** Any integer type, as a bigint. */
export function longOf(value: Value): bigint {
  if (typeof value === 'bigint') return value;
  return typeof value === 'number' ? BigInt(value) : mismatch('an integer', value);
}

export function doubleOf(value: Value): number {
  return typeof value === 'number' ? value : mismatch('a number', value);
}

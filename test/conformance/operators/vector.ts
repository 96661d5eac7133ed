/** Recorded vectors as they stand in the files, with every integer read as a bigint. */

/** A JSON value in which integers, quoted or not, are bigints. */
export type Exact = null | boolean | bigint | number | string | readonly Exact[] | { readonly [key: string]: Exact };
export type ExactObject = { readonly [key: string]: Exact };

export interface Step {
  readonly in: ExactObject;
  readonly out: readonly ExactObject[];
}

export interface Vector {
  readonly family: string;
  readonly id: string;
  readonly description: string;
  readonly operator: ExactObject;
  readonly compare: 'timer-groups' | 'step-per-key' | 'step-multiset';
  readonly steps: readonly Step[];
}

/** Only integers are ever quoted so; texts never look like numbers. */
const QUOTED_INTEGER = /^-?\d+$/;

export function toExact(value: unknown): Exact {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (typeof value === 'string') return QUOTED_INTEGER.test(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(toExact);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, toExact(each)]));
  return value as Exact;
}

export function parseVectors(text: string): Vector[] {
  return (JSON.parse(text) as Record<string, unknown>[]).map((vector) => toExact(vector) as unknown as Vector);
}

/** One text per value: the keys of objects sorted, integers without quotes. */
export function print(value: Exact | undefined): string {
  if (value === undefined) return 'undefined';
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(print).join(',')}]`;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${print(each)}`).join(',')}}`;
}

export function integer(value: Exact | undefined): bigint {
  if (typeof value !== 'bigint') throw new Error(`an integer is expected, not ${print(value)}`);
  return value;
}

export function optionalInteger(value: Exact | undefined): bigint | null {
  return value === undefined || value === null ? null : integer(value);
}

export function object(value: Exact | undefined): ExactObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`an object is expected, not ${print(value)}`);
  return value as ExactObject;
}

export function list(value: Exact | undefined): readonly Exact[] {
  if (!Array.isArray(value)) throw new Error(`a list is expected, not ${print(value)}`);
  return value;
}

export function text(value: Exact | undefined): string {
  if (typeof value !== 'string') throw new Error(`a text is expected, not ${print(value)}`);
  return value;
}

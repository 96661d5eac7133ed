/** Where two JSON values differ, as short texts: lists of named entries are matched by name, others place by place. Pure. */
import type { JsonObject, JsonValue } from '../../engine/base/json.ts';

export interface DifferingValue {
  readonly path: readonly string[];
  /** Null: absent. */
  readonly before: string | null;
  readonly after: string | null;
}

const DEPTH_MAX = 6;

export function differingValues(before: JsonValue | undefined, after: JsonValue | undefined): readonly DifferingValue[] {
  return compare(before, after, []);
}

function compare(before: JsonValue | undefined, after: JsonValue | undefined, path: readonly string[]): readonly DifferingValue[] {
  if (isSame(before, after)) return [];
  const whole = { path, before: printValue(before), after: printValue(after) };
  if (path.length >= DEPTH_MAX) return [whole];
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => compare(own(before, name), own(after, name), [...path, name]));
  }
  const [oldEntries, entries] = [entriesOf(before), entriesOf(after)];
  if (oldEntries === null || entries === null) return [whole];
  const names = [...new Set([...entries.keys(), ...oldEntries.keys()])];
  const found = names.flatMap((name) => compare(oldEntries.get(name), entries.get(name), [...path, name]));
  // The same entries in another order are a change too.
  return found.length === 0 ? [whole] : found;
}

/** A list as a map by name, or by place (from 1); null when it is no list or has a name twice. */
function entriesOf(value: JsonValue | undefined): ReadonlyMap<string, JsonValue> | null {
  if (!Array.isArray(value)) return null;
  const list: readonly JsonValue[] = value;
  const named = list.every((entry) => isObject(entry) && typeof own(entry, 'name') === 'string');
  const plain = list.every((entry) => typeof entry === 'string');
  const nameOf = (entry: JsonValue, index: number): string =>
    plain ? String(entry) : named && isObject(entry) ? String(own(entry, 'name')) : String(index + 1);
  const entries = new Map(list.map((entry, index) => [nameOf(entry, index), entry]));
  return entries.size === list.length ? entries : null;
}

function printValue(value: JsonValue | undefined): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value;
  return JSON.stringify(value, null, typeof value === 'object' ? 1 : 0).replaceAll(/\n\s*/g, ' ');
}

/** Keys in another order are no difference. */
function isSame(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  if (left === right || (left ?? null) === (right ?? null)) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    const [a, b]: readonly (readonly JsonValue[])[] = [left, right];
    return a.length === b.length && a.every((entry, index) => isSame(entry, b[index]));
  }
  if (!isObject(left) || !isObject(right)) return false;
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((name) => isSame(own(left, name), own(right, name)));
}

function own(value: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

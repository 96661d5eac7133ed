/** A value of the document as it is shown inside a message: never longer than a line. */
import type { JsonValue } from '../base/json.ts';

const LENGTH_MAX = 60;

export function shortJson(value: JsonValue | undefined): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return value.length <= LENGTH_MAX ? value : `${value.slice(0, LENGTH_MAX)}…`;
  if (Array.isArray(value)) return `[… ${value.length}]`;
  if (typeof value === 'object' && value !== null) return '{…}';
  return String(value);
}

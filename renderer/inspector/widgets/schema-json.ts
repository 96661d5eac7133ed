/** Columns out of pasted JSON: a schema as documents write it, or rows whose members say names and types. */
import type { JsonObject, JsonValue } from '../../../engine/base/json.ts';

export interface PastedColumn {
  readonly name: string;
  readonly type: string;
}

const TIME = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z?$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Null when the text has no columns in it: not JSON, or neither a schema nor rows. */
export function columnsOfJson(text: string): readonly PastedColumn[] | null {
  const json = parse(text);
  if (json === undefined) return null;
  const list = Array.isArray(json) ? (json as readonly JsonValue[]) : [json];
  const objects = list.filter(isObject);
  if (objects.length === 0) return null;
  if (objects.every((entry) => typeof entry['name'] === 'string' && typeof entry['type'] === 'string' && Object.keys(entry).length === 2))
    return objects.map((entry) => ({ name: String(entry['name']), type: String(entry['type']) }));
  const types = new Map<string, string | null>();
  for (const row of objects)
    for (const [name, value] of Object.entries(row)) types.set(name, wider(types.get(name) ?? null, typeOf(value)));
  return types.size === 0 ? null : [...types].map(([name, type]) => ({ name, type: type ?? 'STRING' }));
}

/** JSON, or one JSON object a line. */
function parse(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    if (lines.length < 2) return undefined;
    try {
      return lines.map((line) => JSON.parse(line) as JsonValue);
    } catch {
      return undefined;
    }
  }
}

function typeOf(value: JsonValue): string | null {
  if (value === null) return null;
  if (typeof value === 'boolean') return 'BOOLEAN';
  if (typeof value === 'number') return Number.isInteger(value) ? 'BIGINT' : 'DOUBLE';
  if (typeof value === 'string')
    return TIME.test(value) ? (value.endsWith('Z') ? 'TIMESTAMP_LTZ(3)' : 'TIMESTAMP(3)') : DATE.test(value) ? 'DATE' : 'STRING';
  if (!isObject(value)) return 'STRING';
  const members = Object.entries(value).map(([name, inner]) => `\`${name.replaceAll('`', '``')}\` ${typeOf(inner) ?? 'STRING'}`);
  return members.length === 0 ? 'STRING' : `ROW<${members.join(', ')}>`;
}

function wider(known: string | null, next: string | null): string | null {
  if (known === null || next === null || known === next) return known ?? next;
  const both = [known, next];
  return both.every((type) => type === 'BIGINT' || type === 'DOUBLE') ? 'DOUBLE' : 'STRING';
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

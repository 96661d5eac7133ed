/**
 * Prints JSON for files that live in git: two spaces, short values on one line, long ones one entry per line. The same
 * value always gives the same text.
 */
import type { JsonValue } from '../../base/json.ts';

const LINE_MAX = 110;

/** True for containers that always take one line per entry, whatever their length. */
export type AlwaysBroken = (path: readonly string[]) => boolean;

export function printJson(
  value: JsonValue,
  indent = 0,
  path: readonly string[] = [],
  alwaysBroken: AlwaysBroken = () => false,
  used = 0,
): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = isList(value)
    ? value.map((item): [string, JsonValue] => ['', item])
    : Object.entries(value).filter((entry) => entry[1] !== undefined);
  const [open, close] = isList(value) ? '[]' : '{}';
  if (entries.length === 0) return open + close;
  if (!alwaysBroken(path)) {
    const line = printLine(value);
    if (line !== null && indent + used + line.length <= LINE_MAX) return line;
  }
  const pad = ' '.repeat(indent + 2);
  const lines = entries.map(([key, entry], index) => {
    const name = isList(value) ? '' : `${JSON.stringify(key)}: `;
    return `${pad}${name}${printJson(entry, indent + 2, [...path, isList(value) ? String(index) : key], alwaysBroken, name.length)}`;
  });
  return `${open}\n${lines.join(',\n')}\n${' '.repeat(indent)}${close}`;
}

/** The value on one line, or null when it is too long for one. */
function printLine(value: JsonValue): string | null {
  const text = printFlat(value, LINE_MAX);
  return text.length <= LINE_MAX ? text : null;
}

function printFlat(value: JsonValue, room: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  let text = isList(value) ? '[' : '{ ';
  let first = true;
  for (const [key, entry] of Object.entries(value)) {
    if (entry === undefined) continue;
    if (text.length > room) return text;
    text += `${first ? '' : ', '}${isList(value) ? '' : `${JSON.stringify(key)}: `}${printFlat(entry, room - text.length)}`;
    first = false;
  }
  if (first) return isList(value) ? '[]' : '{}';
  return text + (isList(value) ? ']' : ' }');
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

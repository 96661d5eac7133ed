/** Rows as sorted canonical text, so that files of different engines can be compared. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { JsonValue } from '../../engine/base/json.ts';
import type { JsonTree } from '../../engine/spec/document-text/json-tree.ts';
import { parseJsonTree } from '../../engine/spec/document-text/json-tree.ts';

/** Every JSON line of every visible file of a folder, or of one file. */
export function readJsonLines(place: string): readonly string[] {
  if (!existsSync(place)) return [];
  const files = place.endsWith('.ndjson') ? [place] : visibleFiles(place);
  const lines = files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== ''),
  );
  return lines.map(canonicalLine).sort();
}

function visibleFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !entry.name.startsWith('_'))
    .map((entry) => path.join(folder, entry.name));
}

const LINE_LIMITS = { lengthMax: 10_000_000, depthMax: 64, valuesMax: 100_000 };

/** Keys in order; 3.0 and 3 are the same number, but no digit of a big integer is lost. */
function canonicalLine(line: string): string {
  const parsed = parseJsonTree(line, LINE_LIMITS);
  if (!('tree' in parsed) || parsed.tree.kind !== 'object') throw new Error(`not a JSON object: ${line}`);
  const members = parsed.tree.members.map((member) => [member.key, exactValue(line, member.value)] as const);
  return JSON.stringify(Object.fromEntries(members.sort(([left], [right]) => (left < right ? -1 : 1))));
}

/** Integers beyond 2^53 stay text. */
export function exactValue(line: string, tree: JsonTree): JsonValue {
  const text = line.slice(tree.start, tree.end);
  return typeof tree.value === 'number' && /^-?\d+$/.test(text) && !Number.isSafeInteger(tree.value) ? text : tree.value;
}

/** Null when equal; otherwise a few rows of each side that the other lacks. */
export function describeDifference(expected: readonly string[], actual: readonly string[]): string | null {
  const missing = without(expected, actual);
  const surplus = without(actual, expected);
  if (missing.length === 0 && surplus.length === 0) return null;
  const show = (rows: readonly string[]): string => rows.slice(0, 3).join('\n    ');
  return `${expected.length} rows expected, ${actual.length} found; ${missing.length} missing:\n    ${show(missing)}\n  ${surplus.length} too many:\n    ${show(surplus)}`;
}

function without(rows: readonly string[], others: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const row of others) counts.set(row, (counts.get(row) ?? 0) + 1);
  return rows.filter((row) => {
    const count = counts.get(row) ?? 0;
    counts.set(row, count - 1);
    return count <= 0;
  });
}

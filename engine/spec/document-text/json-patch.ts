/** Rewrites a JSON text so that it says another value, keeping every byte that need not change. */
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { isObject } from '../../base/json.ts';
import { printJson } from './json-print.ts';
import type { JsonMember, JsonTree } from './json-tree.ts';

/** `tree` is what `text` parses to; the answer parses to `value`. */
export function patchJson(text: string, tree: JsonTree, value: JsonValue): string {
  return text.slice(0, tree.start) + rewrite(text, tree, value, 0) + text.slice(tree.end);
}

export function equalJson(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const keys = definedKeys(left);
  if (keys.length !== definedKeys(right).length) return false;
  return keys.every((key) => Object.hasOwn(right, key) && equalJson(read(left, key), read(right, key)));
}

function definedKeys(value: object): string[] {
  return Object.keys(value).filter((key) => (value as { [key: string]: unknown })[key] !== undefined);
}

function read(value: object, key: string): JsonValue | undefined {
  return (value as { [key: string]: JsonValue | undefined })[key];
}

function rewrite(text: string, tree: JsonTree, value: JsonValue, indent: number): string {
  if (equalJson(tree.value, value)) return text.slice(tree.start, tree.end);
  if (tree.kind === 'object' && isObject(value) && tree.members.length > 0) return rewriteObject(text, tree, value);
  if (tree.kind === 'array' && Array.isArray(value) && tree.items.length > 0) {
    const rewritten = rewriteArray(text, tree, value);
    if (rewritten !== null) return rewritten;
  }
  return printJson(value, indent);
}

/** One entry of a container with the white space around it. */
interface Piece {
  readonly before: string;
  readonly text: string;
  readonly after: string;
}

function rewriteObject(text: string, tree: JsonTree & { readonly kind: 'object' }, value: JsonObject): string {
  const gaps = readGaps(
    text,
    tree.start,
    tree.members.map((member) => ({ start: member.keyStart, end: member.value.end })),
  );
  const kept: Piece[] = [];
  for (const [index, member] of tree.members.entries()) {
    const next = read(value, member.key);
    if (next === undefined) continue;
    kept.push({ ...gaps[index], text: rewriteMember(text, member, next, indentOf(gaps[index].before)) });
  }
  const known = new Set(tree.members.map((member) => member.key));
  const style = gaps[gaps.length - 1];
  const indent = indentOf(style.before);
  for (const key of definedKeys(value)) {
    const added = read(value, key);
    if (known.has(key) || added === undefined) continue;
    kept.push({ before: style.before, text: `${JSON.stringify(key)}: ${printJson(added, indent)}`, after: '' });
  }
  return join('{', kept, '}', endingOf(text, tree, tree.members[tree.members.length - 1].value));
}

function rewriteMember(text: string, member: JsonMember, value: JsonValue, indent: number): string {
  return text.slice(member.keyStart, member.value.start) + rewrite(text, member.value, value, indent);
}

/** Entries are matched by `id`, or by place when only the tail differs; null when the list is better written anew. */
function rewriteArray(text: string, tree: JsonTree & { readonly kind: 'array' }, value: readonly JsonValue[]): string | null {
  const gaps = readGaps(text, tree.start, tree.items);
  const style = gaps[gaps.length - 1];
  const indent = indentOf(style.before);
  const oldIds = tree.items.map((item) => idOf(item.value));
  const newIds = value.map(idOf);
  const byId = isUnique(oldIds) && isUnique(newIds);
  const matches = value.map((_, index) => (byId ? oldIds.indexOf(newIds[index]) : index < tree.items.length ? index : -1));
  const found = matches.filter((index) => index >= 0);
  if (found.length === 0 || found.some((index, at) => at > 0 && index < found[at - 1])) return null;
  const pieces = value.map((item, index): Piece => {
    const match = matches[index];
    if (match < 0) return { before: style.before, text: printJson(item, indent), after: '' };
    return { ...gaps[match], text: rewrite(text, tree.items[match], item, indentOf(gaps[match].before)) };
  });
  return join('[', pieces, ']', endingOf(text, tree, tree.items[tree.items.length - 1]));
}

function isUnique(ids: readonly (string | null)[]): boolean {
  return !ids.includes(null) && new Set(ids).size === ids.length;
}

function idOf(value: JsonValue): string | null {
  return isObject(value) && typeof value.id === 'string' ? value.id : null;
}

/** White space before every entry, and behind it up to its comma. */
function readGaps(
  text: string,
  start: number,
  entries: readonly { readonly start: number; readonly end: number }[],
): { readonly before: string; readonly after: string }[] {
  return entries.map((entry, index) => {
    const previousEnd = index === 0 ? start + 1 : text.indexOf(',', entries[index - 1].end) + 1;
    const after = index === entries.length - 1 ? '' : text.slice(entry.end, text.indexOf(',', entry.end));
    return { before: text.slice(previousEnd, entry.start), after };
  });
}

/** White space before the closing bracket. */
function endingOf(text: string, tree: JsonTree, last: JsonTree): string {
  return text.slice(last.end, tree.end - 1);
}

function join(open: string, pieces: readonly Piece[], close: string, ending: string): string {
  if (pieces.length === 0) return open + close;
  const parts = pieces.map((piece, index) => piece.before + piece.text + (index === pieces.length - 1 ? ending : piece.after));
  return open + parts.join(',') + close;
}

/** Spaces behind the last line end; nothing when entries share a line. */
function indentOf(space: string): number {
  const lineEnd = space.lastIndexOf('\n');
  return lineEnd < 0 ? 0 : space.length - lineEnd - 1;
}

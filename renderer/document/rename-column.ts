/**
 * A column gets another name: everything downstream that means it follows, and nothing else. Where it is meant is known
 * from the field kinds and from the parser, never from the look of a text; how far the name travels is known from the
 * columns that flow before and after.
 */
import type { JsonObject, JsonValue } from '../../engine/base/json.ts';
import { parseExpression } from '../../engine/expressions/parse-expression.ts';
import { printName } from '../../engine/expressions/print-expression.ts';
import type { NameSyntax } from '../../engine/expressions/syntax.ts';
import { walkSyntax } from '../../engine/expressions/syntax.ts';
import { parseAggregate, printAggregate } from '../../engine/spec/aggregate-text.ts';
import { printColumnPath, splitColumnPath } from '../../engine/spec/column-path.ts';
import type { EdgeSpec, NodeSpec, PipelineDocument } from '../../engine/spec/document.ts';
import type { AnyField, Fields } from '../../engine/spec/fields.ts';
import { joinedSchema } from '../../engine/spec/join-inputs.ts';
import type { ResolvedNode } from '../../engine/spec/resolved-graph.ts';
import type { Schema } from '../../engine/types/schema.ts';
import { nodeShape, resolveDocument } from './definitions.ts';

const NO_COLUMNS: Schema = { fields: [] };

/** Old name → new name, of top-level columns. */
export type Renames = ReadonlyMap<string, string>;

/** One text of a node that changes, to be shown before it does. */
export interface RenamedUse {
  readonly nodeId: string;
  /** Place in the config, as problems name it. */
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

export interface FollowedRename {
  readonly document: PipelineDocument;
  /** Outside the node in which the name was edited, in the order rows flow. */
  readonly uses: readonly RenamedUse[];
}

/**
 * `before` has the old name, `edited` is the same document with the new name in node `nodeId`. Answers `edited` with the
 * uses changed; without any when the new name is empty or already taken, because then nothing would mean one column.
 */
export function followRename(before: PipelineDocument, edited: PipelineDocument, nodeId: string): FollowedRename {
  const uses: RenamedUse[] = [];
  let document = followPorts(before, edited, nodeId);
  const old = resolveDocument(before).graph;
  document = followOwnSchema(before, document, nodeId);
  let graph = resolveDocument(document).graph;
  for (const { id } of old.nodes) {
    const oldNode = old.node.get(id);
    const newNode = graph.node.get(id);
    if (id === nodeId || oldNode === undefined || newNode === undefined) continue;
    const renames = oldNode.inputs.map((input, index) => renamesBetween(input.schema, newNode.inputs[index]?.schema ?? input.schema));
    if (renames.every((one) => one.size === 0)) continue;
    const spec = document.nodes.find((node) => node.id === id);
    if (spec === undefined) continue;
    const config = renameInConfig(spec, oldNode, newNode, renames, uses);
    if (config === spec.config) continue;
    document = { ...document, nodes: document.nodes.map((node) => (node.id === id ? { ...node, config } : node)) };
    graph = resolveDocument(document).graph;
  }
  return { document, uses };
}

/** Same place, another name: only then is it known which column became which. */
export function renamesBetween(before: Schema, after: Schema): Renames {
  const renames = new Map<string, string>();
  if (before.fields.length !== after.fields.length) return renames;
  const taken = new Map<string, number>();
  for (const field of after.fields) taken.set(field.name, (taken.get(field.name) ?? 0) + 1);
  for (const [index, field] of before.fields.entries()) {
    const next = after.fields[index].name;
    if (next !== field.name && next.trim() !== '' && taken.get(next) === 1) renames.set(field.name, next);
  }
  return renames;
}

/** Ports that are named by the config keep their edges. */
function followPorts(before: PipelineDocument, edited: PipelineDocument, nodeId: string): PipelineDocument {
  const old = before.nodes.find((node) => node.id === nodeId);
  const now = edited.nodes.find((node) => node.id === nodeId);
  if (old === undefined || now === undefined) return edited;
  const portsBefore = nodeShape(old).outputs.map((port) => port.name);
  const portsAfter = nodeShape(now).outputs.map((port) => port.name);
  if (portsBefore.length !== portsAfter.length || new Set(portsAfter).size !== portsAfter.length) return edited;
  const moved = new Map(portsBefore.map((port, index) => [port, portsAfter[index]]));
  let changed = false;
  const edges = edited.edges.map((edge): EdgeSpec => {
    const port = edge.from.node === nodeId ? moved.get(edge.from.port) : undefined;
    if (port === undefined || port === edge.from.port || port.trim() === '') return edge;
    changed = true;
    return { ...edge, from: { ...edge.from, port } };
  });
  return changed ? { ...edited, edges } : edited;
}

/** Rows written down in the node itself, and its texts that name a column of its own schema. */
function followOwnSchema(before: PipelineDocument, edited: PipelineDocument, nodeId: string): PipelineDocument {
  const old = before.nodes.find((node) => node.id === nodeId);
  const now = edited.nodes.find((node) => node.id === nodeId);
  const fields = now === undefined ? undefined : nodeShape(now).definition?.fields;
  if (old === undefined || now === undefined || fields === undefined) return edited;
  let config = now.config;
  for (const [name, field] of Object.entries(fields)) {
    if (field.kind !== 'schema') continue;
    const renames = renamesOfEntries(old.config[name], now.config[name]);
    if (renames.size > 0) config = renameOwn(fields, config, name, renames);
  }
  return config === now.config
    ? edited
    : { ...edited, nodes: edited.nodes.map((node) => (node.id === nodeId ? { ...node, config } : node)) };
}

function renamesOfEntries(before: JsonValue | undefined, after: JsonValue | undefined): Renames {
  const names = (list: JsonValue | undefined) => (Array.isArray(list) ? list.map((entry) => textIn(entry, 'name')) : []);
  const renames = new Map<string, string>();
  const [old, now] = [names(before), names(after)];
  if (old.length !== now.length) return renames;
  for (const [index, name] of old.entries())
    if (name !== now[index] && name !== '' && now[index].trim() !== '' && now.filter((other) => other === now[index]).length === 1)
      renames.set(name, now[index]);
  return renames;
}

function renameOwn(fields: Fields, config: JsonObject, schemaField: string, renames: Renames): JsonObject {
  let next = config;
  for (const [name, field] of Object.entries(fields)) {
    const value = next[name];
    if (value === undefined) continue;
    if (field.kind === 'text' && field.columnOf === schemaField && typeof value === 'string')
      next = { ...next, [name]: renames.get(value) ?? value };
    if (field.kind === 'rows' && field.schemaField === schemaField && Array.isArray(value))
      next = { ...next, [name]: value.map((row) => renameMembers(row, renames)) };
    if (field.kind === 'list' && Array.isArray(value))
      next = { ...next, [name]: value.map((item) => (isObject(item) ? renameOwn(field.item, item, schemaField, renames) : item)) };
  }
  return next;
}

function renameMembers(row: JsonValue, renames: Renames): JsonValue {
  return isObject(row) ? Object.fromEntries(Object.entries(row).map(([name, value]) => [renames.get(name) ?? name, value])) : row;
}

/** The node's config with every reference to a renamed column changed; the same object when there is none. */
function renameInConfig(
  spec: NodeSpec,
  node: ResolvedNode,
  edited: ResolvedNode,
  renames: readonly Renames[],
  uses: RenamedUse[],
): JsonObject {
  const indexOf = (input: string | undefined) =>
    input === undefined ? 0 : node.inputs.findIndex((candidate) => candidate.port.name === input);
  const joinedIn = ({ inputs }: ResolvedNode, [left, right]: readonly number[]): Schema =>
    joinedSchema(inputs[left]?.schema ?? NO_COLUMNS, inputs[right]?.schema ?? NO_COLUMNS);
  const renamesOf: RenamesOf = (input, joined) => {
    if (joined === undefined) return renames[indexOf(input)] ?? new Map();
    const sides = [indexOf(input), indexOf(joined)];
    return renamesBetween(joinedIn(node, sides), joinedIn(edited, sides));
  };
  const note = (field: string, before: string, after: string) => uses.push({ nodeId: spec.id, field, before, after });
  return renameInFields(node.definition.fields, spec.config, '', renamesOf, note);
}

/** What became of the columns of an input, or of two of them side by side. */
type RenamesOf = (input: string | undefined, joined?: string) => Renames;
type Note = (field: string, before: string, after: string) => void;

function renameInFields(fields: Fields, config: JsonObject, prefix: string, renamesOf: RenamesOf, note: Note): JsonObject {
  let next = config;
  for (const [name, field] of Object.entries(fields)) {
    const value = config[name];
    if (value === undefined) continue;
    const joined = 'joined' in field ? field.joined : undefined;
    const renames = 'input' in field || needsColumns(field) ? renamesOf('input' in field ? field.input : undefined, joined) : null;
    const changed = renameInValue(field, value, `${prefix}${name}`, renames, renamesOf, note);
    if (changed !== value) next = { ...next, [name]: changed };
  }
  return next;
}

const WITH_COLUMNS: readonly AnyField['kind'][] = [
  'column',
  'columns',
  'expression',
  'conditions',
  'projections',
  'aggregates',
  'watermark',
];

function needsColumns(field: AnyField): boolean {
  return WITH_COLUMNS.includes(field.kind);
}

function renameInValue(
  field: AnyField,
  value: JsonValue,
  path: string,
  renames: Renames | null,
  renamesOf: RenamesOf,
  note: Note,
): JsonValue {
  const text = (before: JsonValue, place: string, rename: (words: string, renames: Renames) => string): JsonValue => {
    if (typeof before !== 'string' || renames === null) return before;
    const after = rename(before, renames);
    if (after !== before) note(place, before, after);
    return after;
  };
  if (field.kind === 'watermark') return withMember(value, 'column', (words) => text(words, `${path}.column`, renamePath));
  switch (field.kind) {
    case 'column':
      return text(value, path, renamePath);
    case 'columns':
      return mapList(value, (entry, index) => text(entry, `${path}[${index}]`, renamePath));
    case 'expression':
      return text(value, path, field.scope === 'pattern' ? renameInPattern : renameInExpression);
    case 'conditions':
    case 'projections': {
      const rename = field.kind === 'projections' && field.scope === 'pattern' ? renameInPattern : renameInExpression;
      return mapList(value, (entry, index) =>
        withMember(entry, 'expression', (words) => text(words, `${path}[${index}].expression`, rename)),
      );
    }
    case 'aggregates':
      return mapList(value, (entry, index) =>
        withMember(entry, 'expression', (words) => text(words, `${path}[${index}].expression`, renameInAggregate)),
      );
    case 'list':
      return mapList(value, (entry, index) =>
        isObject(entry) ? renameInFields(field.item, entry, `${path}[${index}].`, renamesOf, note) : entry,
      );
    default:
      return value;
  }
}

/** A column as configs name it: only its first part can be a column of the row. */
function renamePath(path: string, renames: Renames): string {
  const whole = renames.get(path);
  if (whole !== undefined) return whole;
  const names = splitColumnPath(path);
  const first = names === null || names.length < 2 ? undefined : renames.get(names[0]);
  return first === undefined || names === null ? path : printColumnPath([first, ...names.slice(1)]);
}

export function renameInExpression(words: string, renames: Renames): string {
  return renameNames(words, (parts) => renamedColumn(parts, renames));
}

/** The same where a name may begin with a step of a pattern (`small.amount`). */
export function renameInPattern(words: string, renames: Renames): string {
  return renameNames(words, ([first, ...rest]) => {
    const own = renamedColumn([first, ...rest], renames);
    const behind = own === null && rest.length > 0 ? renamedColumn(rest, renames) : null;
    return behind === null ? own : [first, ...behind];
  });
}

/** Null when the column keeps its name. */
function renamedColumn(parts: readonly string[], renames: Renames): readonly string[] | null {
  const whole = renames.get(parts.join('.'));
  if (whole !== undefined) return [whole];
  const first = renames.get(parts[0]);
  return first === undefined ? null : [first, ...parts.slice(1)];
}

/** Replaces names at their places, so that the rest of the text stays as it was written. */
function renameNames(words: string, rename: (parts: readonly string[]) => readonly string[] | null): string {
  const parsed = parseExpression(words);
  if ('problem' in parsed) return words;
  const found: { readonly name: NameSyntax; readonly parts: readonly string[] }[] = [];
  walkSyntax(parsed.syntax, (node) => {
    const parts = node.kind === 'name' ? rename(node.parts) : null;
    if (node.kind === 'name' && parts !== null) found.push({ name: node, parts });
  });
  let text = words;
  for (const { name, parts } of found.sort((a, b) => b.name.span.start - a.name.span.start))
    text = text.slice(0, name.span.start) + parts.map(printName).join('.') + text.slice(name.span.end);
  return text;
}

function renameInAggregate(words: string, renames: Renames): string {
  const call = parseAggregate(words);
  if (call === null || call.column === null) return words;
  const column = renamePath(call.column, renames);
  return column === call.column ? words : printAggregate({ ...call, column });
}

function mapList(value: JsonValue, change: (entry: JsonValue, index: number) => JsonValue): JsonValue {
  if (!Array.isArray(value)) return value;
  const list = value as readonly JsonValue[];
  const next = list.map(change);
  return next.every((entry, index) => entry === list[index]) ? value : next;
}

function withMember(entry: JsonValue, name: string, change: (value: JsonValue) => JsonValue): JsonValue {
  if (!isObject(entry) || entry[name] === undefined) return entry;
  const value = change(entry[name]);
  return value === entry[name] ? entry : { ...entry, [name]: value };
}

function textIn(value: JsonValue, name: string): string {
  const member = isObject(value) ? value[name] : undefined;
  return typeof member === 'string' ? member : '';
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

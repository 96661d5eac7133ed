/** Writes a pipeline file: files we wrote always look the same, files written by others keep the bytes that were not edited. */
import type { JsonObject, JsonValue } from '../base/json.ts';
import type { PipelineDocument } from './document.ts';
import { DOCUMENT_SCHEMA_ID } from './document.ts';
import { equalJson, patchJson } from './document-text/json-patch.ts';
import { printJson } from './document-text/json-print.ts';
import type { LoadedDocument } from './load-document.ts';

/** Keys in the order in which they are written; others follow in their own order. */
const KEY_ORDER: { readonly [place: string]: readonly string[] } = {
  document: ['$schema', 'format', 'version', 'id', 'name', 'job', 'nodes', 'edges', 'drawing'],
  node: ['id', 'type', 'label', 'disabled', 'parallelism', 'chaining', 'configVersion', 'config'],
  edge: ['id', 'from', 'to'],
  reference: ['node', 'port'],
  drawing: ['positions', 'stacks', 'notes', 'groups', 'results'],
  note: ['id', 'text', 'x', 'y', 'width', 'height', 'colour', 'node', 'group'],
  group: ['id', 'label', 'description', 'colour', 'parent', 'members', 'pills'],
  result: ['view', 'keys', 'time', 'value', 'unit', 'threshold'],
};

/** The text of a document that was never saved, or was always saved by us. */
export function printDocument(document: PipelineDocument): string {
  const value = document as unknown as JsonObject;
  const ordered = order('document', {
    $schema: DOCUMENT_SCHEMA_ID,
    ...value,
    nodes: document.nodes.map((node) => order('node', node as unknown as JsonObject)),
    edges: document.edges.map((edge) => order('edge', orderEdge(edge as unknown as JsonObject))),
    drawing: orderDrawing(value.drawing as JsonObject),
  });
  return `${printJson(ordered, 0, [], isAlwaysBroken)}\n`;
}

/**
 * The text to write for `document`, which was opened as `opened` (null: it is new). Undefined behaviour is excluded by the
 * caller: a read-only file is never saved over.
 */
export function saveDocument(document: PipelineDocument, opened: LoadedDocument | null): string {
  if (opened === null || opened.document === null || opened.tree === null) return printDocument(document);
  if (opened.document === document) return opened.text;
  if (isOurs(opened, opened.document)) return printDocument(document);
  return patchJson(opened.text, opened.tree, withoutDefaults(document, opened.document, opened.tree.value));
}

const ours = new WeakMap<LoadedDocument, boolean>();

/** Whether the file looks as we write it; drafts ask a few times a second, so it is worked out once. */
function isOurs(opened: LoadedDocument, document: PipelineDocument): boolean {
  const known = ours.get(opened);
  if (known !== undefined) return known;
  const same = printDocument(document) === opened.text;
  ours.set(opened, same);
  return same;
}

/** What the reader filled in and nobody changed is not written. */
function withoutDefaults(document: PipelineDocument, before: PipelineDocument, written: JsonValue): JsonObject {
  const value = { ...(document as unknown as { readonly [key: string]: JsonValue }) };
  const original = written as JsonObject;
  const loaded = before as unknown as JsonObject;
  for (const key of ['job', 'drawing', 'version']) {
    if (equalJson(value[key], loaded[key]) && !equalJson(value[key], original[key])) {
      if (original[key] === undefined) delete value[key];
      else value[key] = original[key];
    }
  }
  const nodes = (original.nodes as readonly JsonObject[]).map((node) => [node.id, node] as const);
  const writtenNodes = new Map(nodes);
  value.nodes = document.nodes.map((node) => {
    const json = node as unknown as JsonObject;
    const old = writtenNodes.get(node.id);
    if (old === undefined || old.config !== undefined || Object.keys(node.config).length > 0) return json;
    return Object.fromEntries(Object.entries(json).filter(([key]) => key !== 'config'));
  });
  return value;
}

function orderEdge(edge: JsonObject): JsonObject {
  return { ...edge, from: order('reference', edge.from as JsonObject), to: order('reference', edge.to as JsonObject) };
}

function orderDrawing(drawing: JsonObject): JsonObject {
  const lists: { [key: string]: JsonValue } = {};
  for (const [key, place] of [
    ['notes', 'note'],
    ['groups', 'group'],
  ] as const) {
    const list = drawing[key] as readonly JsonObject[] | undefined;
    if (list !== undefined && list.length > 0) lists[key] = list.map((entry) => order(place, entry));
  }
  const results = Object.entries((drawing.results ?? {}) as JsonObject).map(([id, result]) => [id, order('result', result as JsonObject)]);
  if (results.length > 0) lists['results'] = Object.fromEntries(results) as JsonObject;
  const rest = Object.fromEntries(
    Object.entries(drawing).filter(
      ([key, value]) => key !== 'results' && !(Array.isArray(value) && value.length === 0 && ['notes', 'groups', 'stacks'].includes(key)),
    ),
  );
  return order('drawing', { ...rest, ...lists });
}

function order(place: string, value: JsonObject): JsonObject {
  const known = KEY_ORDER[place].filter((key) => value[key] !== undefined);
  const others = Object.keys(value).filter((key) => !KEY_ORDER[place].includes(key));
  return Object.fromEntries([...known, ...others].map((key) => [key, value[key]]));
}

/** One line per setting, node field and position, so that a change in git is the line that changed. */
function isAlwaysBroken(path: readonly string[]): boolean {
  const [first, , third] = path;
  switch (path.length) {
    case 0:
      return true;
    case 1:
      return true;
    case 2:
      return first === 'nodes' || (first === 'drawing' && (path[1] === 'positions' || path[1] === 'results'));
    case 3:
      return first === 'nodes' && third === 'config';
    default:
      return false;
  }
}

/** Every change of a pipeline: pure functions from one immutable document to the next. What does not change keeps its identity. */
import type { JsonObject, JsonValue } from '../../engine/base/json.ts';
import type { EdgeSpec, NodeSpec, PipelineDocument, Point, PortReference, ResultSpec } from '../../engine/spec/document.ts';
import { DOCUMENT_FORMAT, DOCUMENT_VERSION } from '../../engine/spec/document.ts';
import { nodeRunJson } from '../../engine/spec/node-run.ts';
import type { DocumentEdit } from '../../engine/spec/problem.ts';
import { newDocumentId, newEdgeId, newNodeId } from './identifiers.ts';

export interface NewNode {
  readonly type: string;
  readonly label?: string;
  readonly config: JsonObject;
}

export function createDocument(name: string): PipelineDocument {
  return {
    format: DOCUMENT_FORMAT,
    version: DOCUMENT_VERSION,
    id: newDocumentId(),
    name,
    job: {},
    nodes: [],
    edges: [],
    drawing: { positions: {} },
  };
}

export function addNode(
  document: PipelineDocument,
  node: NewNode,
  at: Point,
): { readonly document: PipelineDocument; readonly id: string } {
  const id = newNodeId(document, node.type);
  const spec: NodeSpec =
    node.label === undefined
      ? { id, type: node.type, config: node.config }
      : { id, type: node.type, label: node.label, config: node.config };
  const next = { ...document, nodes: [...document.nodes, spec] };
  return { document: placeNodes(next, { [id]: at }), id };
}

/** An input port takes one edge; a second one replaces the first, as dropping a wire there means. */
export function connect(document: PipelineDocument, from: PortReference, to: PortReference, replace: boolean): PipelineDocument {
  const same = (edge: EdgeSpec) => samePort(edge.from, from) && samePort(edge.to, to);
  if (document.edges.some(same)) return document;
  const kept = replace ? document.edges.filter((edge) => !samePort(edge.to, to)) : document.edges;
  return { ...document, edges: [...kept, { id: newEdgeId(document), from, to }] };
}

export function reconnect(document: PipelineDocument, edgeId: string, from: PortReference, to: PortReference): PipelineDocument {
  return { ...document, edges: document.edges.map((edge) => (edge.id === edgeId ? { ...edge, from, to } : edge)) };
}

export function removeEdges(document: PipelineDocument, ids: ReadonlySet<string>): PipelineDocument {
  if (!document.edges.some((edge) => ids.has(edge.id))) return document;
  return { ...document, edges: document.edges.filter((edge) => !ids.has(edge.id)) };
}

/** Nodes go with their edges, their place in stacks, groups and the notes tied to them stay where they are. */
export function removeNodes(document: PipelineDocument, ids: ReadonlySet<string>): PipelineDocument {
  if (!document.nodes.some((node) => ids.has(node.id))) return document;
  const { drawing } = document;
  const positions = Object.fromEntries(Object.entries(drawing.positions).filter(([id]) => !ids.has(id)));
  const stacks = drawing.stacks?.map((stack) => stack.filter((id) => !ids.has(id))).filter((stack) => stack.length > 1);
  for (const stack of drawing.stacks ?? []) {
    const head = stack.find((id) => !ids.has(id));
    if (head !== undefined && positions[head] === undefined) positions[head] = drawing.positions[stack[0]] ?? { x: 0, y: 0 };
  }
  const groups = drawing.groups?.map((group) =>
    group.members.some((id) => ids.has(id)) ? { ...group, members: group.members.filter((id) => !ids.has(id)) } : group,
  );
  const without: PipelineDocument = {
    ...document,
    nodes: document.nodes.filter((node) => !ids.has(node.id)),
    edges: document.edges.filter((edge) => !ids.has(edge.from.node) && !ids.has(edge.to.node)),
    drawing: { ...drawing, positions, ...(stacks === undefined ? {} : { stacks }), ...(groups === undefined ? {} : { groups }) },
  };
  return [...ids].reduce((kept, id) => setResult(kept, id, {}), without);
}

/** How the rows of a sink are shown; nothing said = as its columns suggest. */
export function setResult(document: PipelineDocument, nodeId: string, result: ResultSpec): PipelineDocument {
  const { results: before = {}, ...rest } = document.drawing;
  const isEmpty = Object.keys(result).length === 0;
  if (isEmpty && before[nodeId] === undefined) return document;
  const others = Object.entries(before).filter(([id]) => id !== nodeId);
  const results = Object.fromEntries(isEmpty ? others : [...others, [nodeId, result]]);
  return { ...document, drawing: { ...rest, ...(Object.keys(results).length === 0 ? {} : { results }) } };
}

export function placeNodes(document: PipelineDocument, places: Readonly<Record<string, Point>>): PipelineDocument {
  const changed = Object.entries(places).filter(([id, point]) => {
    const old = document.drawing.positions[id];
    return old === undefined || old.x !== point.x || old.y !== point.y;
  });
  if (changed.length === 0) return document;
  const positions = { ...document.drawing.positions };
  for (const [id, point] of changed) positions[id] = { x: Math.round(point.x), y: Math.round(point.y) };
  return { ...document, drawing: { ...document.drawing, positions } };
}

/** `undefined` returns a field to its default by removing it. */
export function setField(document: PipelineDocument, nodeId: string, field: string, value: JsonValue | undefined): PipelineDocument {
  return updateNode(document, nodeId, (node) => ({ ...node, config: withEntry(node.config, field, value) }));
}

/** The same value into a field of several nodes. */
export function setFields(
  document: PipelineDocument,
  ids: ReadonlySet<string>,
  field: string,
  value: JsonValue | undefined,
): PipelineDocument {
  let next = document;
  for (const id of ids) next = setField(next, id, field, value);
  return next;
}

/** How the node is run; `undefined`, or joining where possible, leaves nothing in the document. */
export function setRun(document: PipelineDocument, nodeId: string, field: string, value: JsonValue | undefined): PipelineDocument {
  return updateNode(document, nodeId, (node) => {
    const kept = value === 'join' ? undefined : value;
    const { parallelism: _parallelism, chaining: _chaining, ...rest } = node;
    const run = withEntry(nodeRunJson(node), field, kept);
    return run[field] === nodeRunJson(node)[field] ? node : { ...rest, ...run };
  });
}

export function setLabel(document: PipelineDocument, nodeId: string, label: string): PipelineDocument {
  return updateNode(document, nodeId, (node) => {
    const { label: old, ...rest } = node;
    if ((old ?? '') === label) return node;
    return label === '' ? rest : { ...rest, label };
  });
}

export function setDisabled(document: PipelineDocument, ids: ReadonlySet<string>, disabled: boolean): PipelineDocument {
  let next = document;
  for (const id of ids) {
    next = updateNode(next, id, (node) => {
      const { disabled: old, ...rest } = node;
      if ((old ?? false) === disabled) return node;
      return disabled ? { ...rest, disabled: true } : rest;
    });
  }
  return next;
}

export function setJob(document: PipelineDocument, field: string, value: JsonValue | undefined): PipelineDocument {
  return { ...document, job: withEntry(document.job, field, value) };
}

export function setName(document: PipelineDocument, name: string): PipelineDocument {
  return document.name === name ? document : { ...document, name };
}

/** Puts a node into an edge: the edge's rows then go through it. */
export function insertOnEdge(
  document: PipelineDocument,
  edgeId: string,
  node: NewNode,
  ports: { readonly input: string; readonly output: string },
  at: Point,
): { readonly document: PipelineDocument; readonly id: string } {
  const edge = document.edges.find((candidate) => candidate.id === edgeId);
  const added = addNode(document, node, at);
  if (edge === undefined) return added;
  const without = removeEdges(added.document, new Set([edgeId]));
  const first = connect(without, edge.from, { node: added.id, port: ports.input }, false);
  return { document: connect(first, { node: added.id, port: ports.output }, edge.to, false), id: added.id };
}

/** Edits that need no place on the canvas. */
export type PlainEdit = Exclude<DocumentEdit, { kind: 'insert-node' | 'merge-edges' | 'connect-port' }>;

/** A value at the end of a path such as `columns[2].expression`. */
export function setNestedField(document: PipelineDocument, nodeId: string, path: string, value: JsonValue): PipelineDocument {
  const [field, ...inner] = path.split(/[.[\]]+/).filter((part) => part !== '');
  const node = document.nodes.find((candidate) => candidate.id === nodeId);
  if (node === undefined || field === undefined) return document;
  return setField(document, nodeId, field, withNested(node.config[field], inner, value));
}

function withNested(before: JsonValue | undefined, path: readonly string[], value: JsonValue): JsonValue {
  const [part, ...rest] = path;
  if (part === undefined) return value;
  if (Array.isArray(before))
    return before.map((entry: JsonValue, index) => (String(index) === part ? withNested(entry, rest, value) : entry));
  const object = typeof before === 'object' && before !== null ? (before as JsonObject) : {};
  return { ...object, [part]: withNested(object[part], rest, value) };
}

/** Every edge into the port ends at the new node instead, which leads on to the port. */
export function mergeEdges(
  document: PipelineDocument,
  target: PortReference,
  node: NewNode,
  ports: { readonly input: string; readonly output: string },
  at: Point,
): { readonly document: PipelineDocument; readonly id: string } {
  const edges = document.edges.filter((edge) => samePort(edge.to, target));
  const added = addNode(removeEdges(document, new Set(edges.map((edge) => edge.id))), node, at);
  const own = { node: added.id, port: ports.input };
  const joined = edges.reduce((next, edge) => connect(next, edge.from, own, false), added.document);
  return { document: connect(joined, { node: added.id, port: ports.output }, target, false), id: added.id };
}

/** What a problem's fix asks for; what needs a place on the canvas is made by the caller. */
export function applyEdit(document: PipelineDocument, edit: PlainEdit): PipelineDocument {
  switch (edit.kind) {
    case 'set-field':
      return setNestedField(document, edit.nodeId, edit.field, edit.value);
    case 'set-run':
      return setRun(document, edit.nodeId, edit.field, edit.value ?? undefined);
    case 'set-job':
      return setJob(document, edit.field, edit.value);
    case 'remove-node':
      return removeNodes(document, new Set([edit.nodeId]));
    case 'remove-edge':
      return removeEdges(document, new Set([edit.edgeId]));
  }
}

function updateNode(document: PipelineDocument, id: string, change: (node: NodeSpec) => NodeSpec): PipelineDocument {
  const index = document.nodes.findIndex((node) => node.id === id);
  if (index < 0) return document;
  const node = change(document.nodes[index]);
  if (node === document.nodes[index]) return document;
  const nodes = document.nodes.slice();
  nodes[index] = node;
  return { ...document, nodes };
}

function withEntry(object: JsonObject, key: string, value: JsonValue | undefined): JsonObject {
  const { [key]: _old, ...rest } = object;
  return value === undefined ? rest : { ...object, [key]: value };
}

function samePort(a: PortReference, b: PortReference): boolean {
  return a.node === b.node && a.port === b.port;
}

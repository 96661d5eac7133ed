/** Nodes as text, for the clipboard: readable JSON that pastes into a chat and back; ids are made new, secrets stay behind. */
import type { JsonObject, JsonValue } from '../../engine/base/json.ts';
import type { EdgeSpec, NodeSpec, PipelineDocument, Point } from '../../engine/spec/document.ts';
import { addNode, connect } from './commands.ts';
import { definitionOf } from './definitions.ts';

const FORMAT = 'millrace-nodes';
const NODES_MAX = 2000;
const TEXT_MAX = 4_000_000;

interface Clip {
  readonly nodes: readonly NodeSpec[];
  readonly edges: readonly EdgeSpec[];
  readonly positions: { readonly [id: string]: Point };
}

export function copyNodes(document: PipelineDocument, ids: ReadonlySet<string>, positionOf: (id: string) => Point): string {
  const nodes = document.nodes.filter((node) => ids.has(node.id)).map((node) => ({ ...node, config: withoutSecrets(node) }));
  const edges = document.edges.filter((edge) => ids.has(edge.from.node) && ids.has(edge.to.node));
  const positions = Object.fromEntries(nodes.map((node) => [node.id, positionOf(node.id)]));
  return `${JSON.stringify({ format: FORMAT, nodes, edges, positions }, null, 2)}\n`;
}

/** Null when the text is something else. */
export function readClip(text: string): Clip | null {
  if (text.length > TEXT_MAX || !text.includes(FORMAT)) return null;
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch {
    return null;
  }
  const clip = asObject(value);
  if (clip?.['format'] !== FORMAT) return null;
  const nodes = list(clip['nodes']).flatMap((entry) => {
    const node = asObject(entry);
    const { id, type, label, config } = node ?? {};
    if (typeof id !== 'string' || typeof type !== 'string') return [];
    const spec: NodeSpec = { id, type, config: asObject(config) ?? {}, ...(typeof label === 'string' ? { label } : {}) };
    return [spec];
  });
  if (nodes.length === 0 || nodes.length > NODES_MAX) return null;
  const edges = list(clip['edges']).flatMap((entry) => {
    const edge = asObject(entry);
    const from = reference(edge?.['from']);
    const to = reference(edge?.['to']);
    return from === null || to === null ? [] : [{ id: '', from, to }];
  });
  const positions: Record<string, Point> = {};
  for (const [id, entry] of Object.entries(asObject(clip['positions']) ?? {})) {
    const point = asObject(entry);
    if (typeof point?.['x'] === 'number' && typeof point['y'] === 'number') positions[id] = { x: point['x'], y: point['y'] };
  }
  return { nodes, edges, positions };
}

/** The middle of what is pasted lands at `at`; answers the ids of the new nodes. */
export function pasteNodes(
  document: PipelineDocument,
  clip: Clip,
  at: Point,
): { readonly document: PipelineDocument; readonly ids: readonly string[] } {
  const places = clip.nodes.map((node) => clip.positions[node.id] ?? { x: 0, y: 0 });
  const middle = (values: readonly number[]) => (Math.min(...values) + Math.max(...values)) / 2;
  const shift = { x: at.x - middle(places.map((place) => place.x)), y: at.y - middle(places.map((place) => place.y)) };
  const renamed = new Map<string, string>();
  let next = document;
  clip.nodes.forEach((node, index) => {
    const place = { x: Math.round(places[index].x + shift.x), y: Math.round(places[index].y + shift.y) };
    const added = addNode(next, { type: node.type, label: node.label, config: node.config }, place);
    renamed.set(node.id, added.id);
    next = added.document;
  });
  for (const edge of clip.edges) {
    const from = renamed.get(edge.from.node);
    const to = renamed.get(edge.to.node);
    if (from !== undefined && to !== undefined)
      next = connect(next, { node: from, port: edge.from.port }, { node: to, port: edge.to.port }, false);
  }
  return { document: next, ids: [...renamed.values()] };
}

function withoutSecrets(node: NodeSpec): JsonObject {
  const fields = definitionOf(node.type)?.fields ?? {};
  return Object.fromEntries(Object.entries(node.config).filter(([name]) => fields[name]?.kind !== 'secret'));
}

function asObject(value: JsonValue | undefined): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

function list(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}

function reference(value: JsonValue | undefined): { readonly node: string; readonly port: string } | null {
  const { node, port } = asObject(value) ?? {};
  return typeof node === 'string' && typeof port === 'string' ? { node, port } : null;
}

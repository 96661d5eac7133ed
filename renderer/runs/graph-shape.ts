/** Which nodes of a document begin and end it and what stands before what, as the live figures need it. */
import type { PipelineDocument } from '../../engine/spec/document.ts';
import { nodeShape } from '../document/definitions.ts';
import type { GraphShape } from './live-metrics.ts';

const cache = new WeakMap<PipelineDocument, GraphShape>();

export function graphShape(document: PipelineDocument): GraphShape {
  const known = cache.get(document);
  if (known !== undefined) return known;
  const upstream = new Map<string, string[]>();
  for (const edge of document.edges) upstream.set(edge.to.node, [...(upstream.get(edge.to.node) ?? []), edge.from.node]);
  const shape: GraphShape = {
    sources: new Set(document.nodes.filter((node) => nodeShape(node).inputs.length === 0).map((node) => node.id)),
    sinks: new Set(document.nodes.filter((node) => nodeShape(node).outputs.every((port) => port.role !== 'main')).map((node) => node.id)),
    upstream,
  };
  cache.set(document, shape);
  return shape;
}

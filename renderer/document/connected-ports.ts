/** Which ports have an edge, as `in node/port` and `out node/port`, and how many edges a node has; made once per document. */
import type { EdgeSpec, PipelineDocument } from '../../engine/spec/document.ts';

export interface EdgeCounts {
  readonly inputs: number;
  readonly outputs: number;
}

const NONE: EdgeCounts = { inputs: 0, outputs: 0 };
const portCache = new WeakMap<readonly EdgeSpec[], ReadonlySet<string>>();
const countCache = new WeakMap<readonly EdgeSpec[], ReadonlyMap<string, EdgeCounts>>();

export function connectedPorts(document: PipelineDocument): ReadonlySet<string> {
  const known = portCache.get(document.edges);
  if (known !== undefined) return known;
  const ports = new Set<string>();
  for (const edge of document.edges) {
    ports.add(`out ${edge.from.node}/${edge.from.port}`);
    ports.add(`in ${edge.to.node}/${edge.to.port}`);
  }
  portCache.set(document.edges, ports);
  return ports;
}

/** By node id; a node without edges is absent. */
export function edgeCounts(document: PipelineDocument): ReadonlyMap<string, EdgeCounts> {
  const known = countCache.get(document.edges);
  if (known !== undefined) return known;
  const counts = new Map<string, EdgeCounts>();
  for (const { from, to } of document.edges) {
    const source = counts.get(from.node) ?? NONE;
    counts.set(from.node, { ...source, outputs: source.outputs + 1 });
    const target = counts.get(to.node) ?? NONE;
    counts.set(to.node, { ...target, inputs: target.inputs + 1 });
  }
  countCache.set(document.edges, counts);
  return counts;
}

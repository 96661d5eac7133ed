/** Ports that have an edge, as `in node/port` and `out node/port`; one set per document. */
import type { EdgeSpec, PipelineDocument } from '../../engine/spec/document.ts';

const cache = new WeakMap<readonly EdgeSpec[], ReadonlySet<string>>();

export function connectedPorts(document: PipelineDocument): ReadonlySet<string> {
  const known = cache.get(document.edges);
  if (known !== undefined) return known;
  const ports = new Set<string>();
  for (const edge of document.edges) {
    ports.add(`out ${edge.from.node}/${edge.from.port}`);
    ports.add(`in ${edge.to.node}/${edge.to.port}`);
  }
  cache.set(document.edges, ports);
  return ports;
}

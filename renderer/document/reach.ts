/** Which nodes lie before or behind others along the edges. */
import type { PipelineDocument } from '../../engine/spec/document.ts';

export type Side = 'upstream' | 'downstream';

/** Those one edge away; the given nodes themselves are not among them. */
export function neighboursOf(document: PipelineDocument, ids: ReadonlySet<string>, side: Side): ReadonlySet<string> {
  const found = new Set<string>();
  for (const edge of document.edges) {
    const [near, far] = side === 'upstream' ? [edge.to.node, edge.from.node] : [edge.from.node, edge.to.node];
    if (ids.has(near) && !ids.has(far)) found.add(far);
  }
  return found;
}

/** All of them, however far. */
export function reachOf(document: PipelineDocument, ids: ReadonlySet<string>, side: Side): ReadonlySet<string> {
  const reached = new Set(ids);
  for (let front = neighboursOf(document, reached, side); front.size > 0; front = neighboursOf(document, reached, side)) {
    for (const id of front) reached.add(id);
  }
  for (const id of ids) reached.delete(id);
  return reached;
}

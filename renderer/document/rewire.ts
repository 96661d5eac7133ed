/** Commands on the ends of edges, and on the hole that a deleted node leaves. */
import type { PipelineDocument, PortReference } from '../../engine/spec/document.ts';
import { connect, removeNodes } from './commands.ts';

/** Edges keep their identity while an end moves; `single` ports let go of the edge they had. */
export function moveEnds(
  document: PipelineDocument,
  ids: ReadonlySet<string>,
  side: 'in' | 'out',
  port: PortReference,
  single: boolean,
): PipelineDocument {
  const own = (end: PortReference) => end.node === port.node && end.port === port.port;
  if (document.edges.every((edge) => !ids.has(edge.id) || own(side === 'in' ? edge.to : edge.from))) return document;
  const edges = document.edges
    .filter((edge) => ids.has(edge.id) || !single || !own(edge.to))
    .map((edge) => (!ids.has(edge.id) ? edge : side === 'in' ? { ...edge, to: port } : { ...edge, from: port }));
  return { ...document, edges };
}

export interface Healed {
  readonly document: PipelineDocument;
  /** Nodes whose hole stayed open: what came before does not fit what comes behind. */
  readonly open: readonly string[];
}

/** Deletes nodes and joins what stood before each with what stood behind it, where `fits` agrees. */
export function removeAndHeal(
  document: PipelineDocument,
  ids: ReadonlySet<string>,
  fits: (document: PipelineDocument, from: PortReference, to: PortReference, id: string) => boolean,
): Healed {
  const open: string[] = [];
  let next = document;
  for (const id of ids) {
    const before = next.edges.filter((edge) => edge.to.node === id && edge.from.node !== id);
    const after = next.edges.filter((edge) => edge.from.node === id && edge.to.node !== id);
    const removed = removeNodes(next, new Set([id]));
    let healed = removed;
    let whole = true;
    for (const edge of after) {
      const from = before[0]?.from;
      if (before.length === 1 && from !== undefined && fits(healed, from, edge.to, id)) healed = connect(healed, from, edge.to, false);
      else whole = false;
    }
    if (after.length > 0 && before.length > 0 && !whole) open.push(id);
    next = healed;
  }
  return { document: next, open };
}

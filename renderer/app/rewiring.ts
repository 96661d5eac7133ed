/** Moving ends of edges to another port, as one undo step. */
import i18next from 'i18next';
import type { PortReference } from '../../engine/spec/document.ts';
import { nodeShape } from '../document/definitions.ts';
import { moveEnds } from '../document/rewire.ts';
import type { Designer } from './designer.ts';
import { refusalBetween } from './editing.ts';

/** Null: the ends may move there. An edge that is itself moved is in nobody's way. */
export function refusalToMove(designer: Designer, edges: readonly string[], side: 'in' | 'out', port: PortReference): string | null {
  const { document } = designer.documents.getState();
  const moved = new Set(edges);
  const without = { ...document, edges: document.edges.filter((edge) => !moved.has(edge.id)) };
  for (const edge of document.edges) {
    if (!moved.has(edge.id)) continue;
    const reason = side === 'in' ? refusalBetween(designer, without, edge.from, port) : refusalBetween(designer, without, port, edge.to);
    if (reason !== null) return reason;
  }
  const node = document.nodes.find((candidate) => candidate.id === port.node);
  const input = side === 'in' && node !== undefined ? nodeShape(node).inputs.find((candidate) => candidate.name === port.port) : undefined;
  return input !== undefined && edges.length > 1 && input.many !== true ? i18next.t('reason.takesOne') : null;
}

export function moveEdgeEnds(designer: Designer, edges: readonly string[], side: 'in' | 'out', port: PortReference): void {
  const { document } = designer.documents.getState();
  const node = document.nodes.find((candidate) => candidate.id === port.node);
  if (node === undefined) return;
  const input = nodeShape(node).inputs.find((candidate) => candidate.name === port.port);
  designer.documents.commit('connect', (current) => moveEnds(current, new Set(edges), side, port, side === 'in' && input?.many !== true));
  designer.shell.say(i18next.t('say.rewired', { count: edges.length }));
}

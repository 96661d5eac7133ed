/** Turns React Flow's select changes into our selection: cards into the nodes they hold, groups and notes into themselves. */
import type { EdgeChange, NodeChange } from '@xyflow/react';
import type { Designer } from '../app/designer.ts';
import type { CardNode, LineEdge } from './view.ts';

export function selectAfter(
  designer: Designer,
  changes: readonly (NodeChange<CardNode> | EdgeChange<LineEdge>)[],
  what: 'nodes' | 'edges',
): void {
  const selects = changes.filter((change) => change.type === 'select');
  if (selects.length === 0) return;
  const state = designer.selection.getState();
  const chosen = { nodes: new Set(state.nodes), edges: new Set(state.edges), drawn: new Set(state.drawn) };
  for (const change of selects) {
    const { set, ids } =
      what === 'edges' ? { set: chosen.edges, ids: lineEdges(designer, change.id) } : cardContent(designer, chosen, change.id);
    for (const id of ids) {
      if (change.selected) set.add(id);
      else set.delete(id);
    }
  }
  designer.selection.select(chosen.nodes, chosen.edges, chosen.drawn);
}

/** A line may stand for several edges that run to a group. */
function lineEdges(designer: Designer, id: string): readonly string[] {
  const line = designer.view.getState().projection.lines.find((candidate) => candidate.id === id);
  return line?.edges.map((edge) => edge.id) ?? [id];
}

/** Cards of nodes select their nodes; groups and notes are selected themselves; pills are view only. */
function cardContent(
  designer: Designer,
  chosen: { readonly nodes: Set<string>; readonly drawn: Set<string> },
  id: string,
): { readonly set: Set<string>; readonly ids: readonly string[] } {
  const card = designer.view.getState().projection.cardOf.get(id);
  if (card?.kind === 'nodes') return { set: chosen.nodes, ids: card.rows.map((row) => row.node.id) };
  return { set: chosen.drawn, ids: card === undefined || card.kind === 'pill' ? [] : [card.id] };
}

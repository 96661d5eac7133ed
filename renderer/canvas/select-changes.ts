/** Turns React Flow's select changes into our selection: cards into the nodes they hold. */
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
  const { cardOf } = designer.view.getState().projection;
  const chosen = new Set(state[what]);
  for (const change of selects) {
    const ids = what === 'edges' ? [change.id] : (cardOf.get(change.id)?.rows.map((row) => row.node.id) ?? []);
    for (const id of ids) {
      if (change.selected) chosen.add(id);
      else chosen.delete(id);
    }
  }
  if (what === 'nodes') designer.selection.select(chosen, designer.selection.getState().edges);
  else designer.selection.select(designer.selection.getState().nodes, chosen);
}

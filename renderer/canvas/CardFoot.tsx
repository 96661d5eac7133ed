/** A running card's foot, drawn anew with every frame of figures of its last node. */
import { useDesigner } from '../app/designer.ts';
import type { CardRow } from './card.ts';
import { FootView } from './FootView.tsx';
import { taskFigures } from './foot-figures.ts';
import { useNodeLive } from './use-node-live.ts';

export function CardFoot({ rows }: { readonly rows: readonly CardRow[] }) {
  const { live } = useDesigner();
  useNodeLive(rows[rows.length - 1].node.id);
  return <FootView figures={taskFigures(rows, (id) => live.node(id))} />;
}

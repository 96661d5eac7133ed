/** A running card's foot, subscribed to the first and the last of its nodes. */

import type { CardRow } from './card.ts';
import { FootView } from './FootView.tsx';
import { taskFigures } from './foot-figures.ts';
import { useNodeLive } from './use-node-live.ts';

export function CardFoot({ first, last }: { readonly first: CardRow; readonly last: CardRow }) {
  const firstLive = useNodeLive(first.node.id);
  const lastLive = useNodeLive(last.node.id);
  return <FootView figures={taskFigures(first, last, firstLive, lastLive)} />;
}

/** A running card's foot, drawn anew with every frame of figures of its last node. */
import { useCallback, useSyncExternalStore } from 'react';
import { useDesigner } from '../app/designer.ts';
import type { CardRow } from './card.ts';
import { FootView } from './FootView.tsx';
import { taskFigures } from './foot-figures.ts';

export function CardFoot({ rows }: { readonly rows: readonly CardRow[] }) {
  const { live, paced } = useDesigner();
  const last = rows[rows.length - 1].node.id;
  useSyncExternalStore(
    useCallback((listener: () => void) => paced.subscribe(listener), [paced]),
    () => live.node(last),
  );
  return <FootView figures={taskFigures(rows, (id) => live.node(id))} />;
}

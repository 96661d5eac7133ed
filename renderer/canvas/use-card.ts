/** What a card shows now. React Flow hears of a card only when its place, size or ports change: an edit of its content goes past it. */
import { useDesigner, useStore } from '../app/designer.ts';
import type { Card } from './card.ts';

export function useCard<Kind extends Card>(card: Kind): Kind {
  const { view } = useDesigner();
  return useStore(view, ({ projection }) => {
    const shown = projection.cardOf.get(card.id);
    // While one card takes the place of another, the old one is still to be unmounted.
    return shown !== undefined && shown.id === card.id && shown.kind === card.kind ? (shown as Kind) : card;
  });
}

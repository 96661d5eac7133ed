/** Aligns and distributes the selected cards, as one undo step. */
import i18next from 'i18next';
import { placeCards } from '../canvas/place-cards.ts';
import { cardBox } from '../canvas/project.ts';
import type { Alignment } from '../document/align.ts';
import { align } from '../document/align.ts';
import type { Designer } from './designer.ts';

export function alignSelection(designer: Designer, alignment: Alignment): void {
  const { projection, nodes } = designer.view.getState();
  const boxes = nodes.flatMap((node) => {
    const card = projection.cardOf.get(node.id);
    return node.selected === true && card !== undefined ? [{ id: card.id, ...cardBox(card, false) }] : [];
  });
  if (boxes.length < 2) return;
  designer.documents.commit('align', (document) => placeCards(document, projection, align(boxes, alignment)));
  designer.shell.say(i18next.t('say.aligned', { count: boxes.length }));
}

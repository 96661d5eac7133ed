/** Walking over the drawing with the keyboard: along edges where there are some, else to the nearest card in that direction. */
import type { Point } from '../../engine/spec/document.ts';
import type { Designer } from '../app/designer.ts';
import { CARD_WIDTH } from './geometry.ts';
import type { Card } from './project.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

export const STEPS: Readonly<Record<Direction, Point>> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
};

export function walk(designer: Designer, direction: Direction): void {
  const next = nodeInDirection(designer, direction);
  if (next === null) return;
  designer.selection.focus(next);
  if (designer.selection.getState().connectingFrom === null) designer.selection.select([next]);
  designer.canvas?.focusNode(next);
}

function nodeInDirection(designer: Designer, direction: Direction): string | null {
  const { cards, cardOf } = designer.view.getState().projection;
  const { focus } = designer.selection.getState();
  const from = focus === null ? undefined : cardOf.get(focus);
  if (focus === null || from === undefined) return cards[0] === undefined ? null : firstNode(cards[0]);
  const beside = rowBeside(from, focus, direction) ?? alongEdges(designer, from, focus, direction);
  if (beside !== null) return beside;
  const card = nearest(cards, from, STEPS[direction]);
  return card === undefined ? null : firstNode(card);
}

function firstNode(card: Card): string | null {
  return card.rows[0]?.node.id ?? null;
}

/** The row above or below in the same stack. */
function rowBeside(card: Card, nodeId: string, direction: Direction): string | null {
  if (direction === 'left' || direction === 'right') return null;
  const index = card.rows.findIndex((row) => row.node.id === nodeId);
  return card.rows[index + (direction === 'up' ? -1 : 1)]?.node.id ?? null;
}

/** The neighbour on an edge whose card is nearest in height; edges inside the stack are rows, not steps. */
function alongEdges(designer: Designer, card: Card, nodeId: string, direction: Direction): string | null {
  if (direction === 'up' || direction === 'down') return null;
  const { document } = designer.documents.getState();
  const { cardOf } = designer.view.getState().projection;
  const neighbours = document.edges
    .filter((edge) => (direction === 'right' ? edge.from.node : edge.to.node) === nodeId)
    .map((edge) => (direction === 'right' ? edge.to.node : edge.from.node))
    .filter((id) => cardOf.get(id) !== undefined && cardOf.get(id) !== card);
  const height = (id: string) => Math.abs((cardOf.get(id)?.position.y ?? 0) - card.position.y);
  return neighbours.sort((a, b) => height(a) - height(b))[0] ?? null;
}

/** Sideways distance counts double. */
function nearest(cards: readonly Card[], from: Card, { x: dx, y: dy }: Point): Card | undefined {
  let best: Card | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const card of cards) {
    if (card === from) continue;
    const x = card.position.x - from.position.x;
    const y = card.position.y - from.position.y;
    const along = x * dx + y * dy;
    if (along <= (dx === 0 ? 4 : CARD_WIDTH / 4)) continue;
    const distance = along + 2 * Math.abs(x * dy + y * dx);
    if (distance < bestDistance) {
      best = card;
      bestDistance = distance;
    }
  }
  return best;
}

/** Walking over the drawing with the keyboard: along edges where there are some, else to the nearest card in that direction. */
import type { Point } from '../../engine/spec/document.ts';
import type { Designer } from '../app/designer.ts';
import { selectCard } from './choose.ts';
import { CARD_WIDTH } from './geometry.ts';
import type { Card, Line } from './project.ts';

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
  if (designer.selection.getState().connectingFrom === null) selectCard(designer, next);
  designer.canvas?.focusNode(next);
}

function nodeInDirection(designer: Designer, direction: Direction): string | null {
  const { cards, cardOf } = designer.view.getState().projection;
  const { focus } = designer.selection.getState();
  const from = focus === null ? undefined : cardOf.get(focus);
  if (focus === null || from === undefined) return cards[0]?.id ?? null;
  const beside = rowBeside(from, focus, direction) ?? alongEdges(designer, from, focus, direction);
  if (beside !== null) return beside;
  const card = nearest(cards, from, STEPS[direction]);
  return card?.id ?? null;
}

/** The row above or below in the same stack. */
function rowBeside(card: Card, nodeId: string, direction: Direction): string | null {
  if (direction === 'left' || direction === 'right') return null;
  const index = card.rows.findIndex((row) => row.node.id === nodeId);
  return card.rows[index + (direction === 'up' ? -1 : 1)]?.node.id ?? null;
}

/** The neighbour on an edge whose card is nearest in height; edges inside the stack are rows, not steps. */
function alongEdges(designer: Designer, card: Card, focus: string, direction: Direction): string | null {
  if (direction === 'up' || direction === 'down') return null;
  const { cardOf, lines } = designer.view.getState().projection;
  const right = direction === 'right';
  const leaves = (line: Line) =>
    (right ? line.fromCard : line.toCard) === card.id &&
    (card.kind !== 'nodes' || line.edges.some((edge) => (right ? edge.from.node : edge.to.node) === focus));
  const neighbours = lines.filter(leaves).map((line) => {
    const next = cardOf.get(right ? line.toCard : line.fromCard);
    // In a stack the row that the edge reaches; groups and pills are one thing.
    return { id: next?.kind === 'nodes' ? (right ? line.spec.to.node : line.spec.from.node) : next?.id, y: next?.position.y ?? 0 };
  });
  const height = (y: number) => Math.abs(y - card.position.y);
  return neighbours.sort((a, b) => height(a.y) - height(b.y))[0]?.id ?? null;
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

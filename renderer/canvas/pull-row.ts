/** Dragging a row out of its stack by its grip: the row follows the pointer and becomes a card of its own where it is let go. */
import type { PointerEvent } from 'react';
import type { Designer } from '../app/designer.ts';
import { pullFromStack } from '../document/stack-commands.ts';
import type { NodesCard } from './card.ts';
import { CARD_WIDTH, snap } from './geometry.ts';

/** Let go nearer than this to its place in the stack, the row goes back. */
const REACH = 36;

export function pullRow(designer: Designer, card: NodesCard, nodeId: string, event: PointerEvent<HTMLElement>): void {
  const row = card.rows.find((candidate) => candidate.node.id === nodeId);
  const element = event.currentTarget.closest<HTMLElement>('[data-node]');
  if (event.button !== 0 || row === undefined || element === null || designer.canvas === null) return;
  event.stopPropagation();
  const start = { x: event.clientX, y: event.clientY };
  const zoom = element.getBoundingClientRect().width / CARD_WIDTH;
  const stop = new AbortController();
  const { signal } = stop;
  const shift = (at: globalThis.PointerEvent) => ({ x: (at.clientX - start.x) / zoom, y: (at.clientY - start.y) / zoom });
  const rest = () => {
    stop.abort();
    element.style.transform = '';
    delete element.dataset['pulled'];
  };
  window.addEventListener(
    'pointermove',
    (move) => {
      const { x, y } = shift(move);
      element.dataset['pulled'] = '';
      element.style.transform = `translate(${x}px, ${y}px)`;
    },
    { signal },
  );
  window.addEventListener(
    'pointerup',
    (up) => {
      const { x, y } = shift(up);
      rest();
      if (Math.hypot(x, y) < REACH) return;
      const at = { x: snap(card.position.x + x), y: snap(card.position.y + row.top + y) };
      const belowAt = { x: card.position.x, y: card.position.y + row.top + row.height };
      designer.documents.commit('unstack', (document) => pullFromStack(document, nodeId, at, belowAt));
      designer.selection.select([nodeId]);
    },
    { signal },
  );
  window.addEventListener('pointercancel', rest, { signal });
  window.addEventListener(
    'keydown',
    (key) => {
      if (key.key !== 'Escape') return;
      key.stopPropagation();
      rest();
    },
    { signal, capture: true },
  );
}

/** Auto layout on request: dagre in a worker, left to right, one undo step; its answer is dropped if the drawing changed meanwhile. */
import type { Designer } from '../app/designer.ts';
import { placeNodes } from '../document/commands.ts';
import { CARD_WIDTH, FOOT_HEIGHT, snap } from './geometry.ts';
import type { LayoutAnswer, LayoutRequest } from './layout.worker.ts';
import workerUrl from './layout.worker.ts?worker&url';

export async function arrange(designer: Designer): Promise<void> {
  const { projection } = designer.view.getState();
  const { document } = designer.documents.getState();
  if (projection.cards.length < 2) return;
  const request: LayoutRequest = {
    boxes: projection.cards.map((card) => ({
      id: card.id,
      width: CARD_WIDTH,
      height: card.height + FOOT_HEIGHT,
      x: card.position.x,
      y: card.position.y,
    })),
    edges: projection.lines.map((line) => ({ from: line.fromCard, to: line.toCard })),
  };
  const answer = await layOut(request);
  if (answer === null || designer.documents.getState().document !== document) return;
  const places = Object.fromEntries(answer.places.map((place) => [place.id, { x: snap(place.x), y: snap(place.y) }]));
  designer.documents.commit('layout', (current) => placeNodes(current, places));
  requestAnimationFrame(() => designer.canvas?.fit());
}

function layOut(request: LayoutRequest): Promise<LayoutAnswer | null> {
  const worker = new Worker(workerUrl, { type: 'module' });
  return new Promise((resolve) => {
    const finish = (answer: LayoutAnswer | null) => {
      worker.terminate();
      resolve(answer);
    };
    worker.onmessage = (event: MessageEvent<LayoutAnswer>) => finish(event.data);
    worker.onerror = () => finish(null);
    worker.postMessage(request);
  });
}

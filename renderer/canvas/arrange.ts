/**
 * Auto layout on request, of the selected cards or of all that is drawn: one undo step, after which the cards glide to their
 * places. Notes go with the cards they belong to or stand beside. The answer is dropped if the drawing changed meanwhile.
 */
import i18next from 'i18next';
import type { Point } from '../../engine/spec/document.ts';
import type { Designer } from '../app/designer.ts';
import { isMotionReduced } from '../app/motion.ts';
import type { Box } from './geometry.ts';
import { FOOT_HEIGHT } from './geometry.ts';
import type { LayoutAnswer, LayoutRequest } from './layered-layout.ts';
import workerUrl from './layout.worker.ts?worker&url';
import { placeCards } from './place-cards.ts';
import type { Card, Projection } from './project.ts';
import { cardBox } from './project.ts';

const GLIDE_MS = 320;

export async function arrange(designer: Designer): Promise<void> {
  const { projection, nodes } = designer.view.getState();
  const { document } = designer.documents.getState();
  const laid = projection.cards.filter((card) => card.kind !== 'note');
  const selected = new Set(nodes.filter((node) => node.selected === true).map((node) => node.id));
  const chosen = laid.filter((card) => selected.has(card.id));
  const moving = chosen.length > 1 ? chosen : laid;
  if (moving.length < 2) return;
  const answer = await layOut(requestFor(projection, moving));
  if (answer === null || designer.documents.getState().document !== document || designer.view.getState().projection !== projection) return;
  const places = new Map(answer.places.map(({ id, x, y }) => [id, { x, y }]));
  const whole = moving.length === laid.length;
  const all = new Map([...places, ...looseNotes(projection, places, whole)]);
  const before = new Map(projection.cards.map((card) => [card.id, card.position]));
  designer.documents.commit('layout', (current) => placeCards(current, projection, all));
  if (designer.documents.getState().document === document) return;
  designer.shell.say(i18next.t('say.arranged'));
  glide(designer, before, () => {
    if (whole) designer.canvas?.fit();
  });
}

function requestFor(projection: Projection, moving: readonly Card[]): LayoutRequest {
  const ids = new Set(moving.map((card) => card.id));
  return {
    // Feet are reserved, so Run never moves or covers a card.
    boxes: moving.map((card) => ({ id: card.id, ...footed(card) })),
    edges: projection.lines.map((line) => ({ from: line.fromCard, to: line.toCard })),
    fixed: projection.cards.filter((card) => !ids.has(card.id) && card.kind !== 'note').map(footed),
  };
}

function footed(card: Card): Box {
  return { ...cardBox(card, false), height: card.height + (card.kind === 'pill' ? 0 : FOOT_HEIGHT) };
}

/** Notes that belong to no node go with the card they stand nearest to. */
function looseNotes(projection: Projection, places: ReadonlyMap<string, Point>, whole: boolean): readonly (readonly [string, Point])[] {
  return projection.cards.flatMap((note) => {
    if (note.kind !== 'note' || (note.note.node !== undefined && projection.cardOf.has(note.note.node))) return [];
    const holder = nearestCard(projection, note);
    const to = holder === null ? undefined : places.get(holder.id);
    if (holder === null || to === undefined || !(whole || places.has(holder.id))) return [];
    return [[note.id, { x: note.position.x + to.x - holder.position.x, y: note.position.y + to.y - holder.position.y }] as const];
  });
}

function nearestCard(projection: Projection, note: Card): Card | null {
  let best: Card | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const card of projection.cards) {
    if (card.kind === 'note' || card.kind === 'pill') continue;
    const dx = card.position.x + card.width / 2 - (note.position.x + note.width / 2);
    const dy = card.position.y + card.height / 2 - (note.position.y + note.height / 2);
    const distance = Math.hypot(dx, dy);
    if (distance >= bestDistance) continue;
    best = card;
    bestDistance = distance;
  }
  return best;
}

/** The document is there already; only the drawing takes its time. Anything else that happens ends the journey. */
function glide(designer: Designer, before: ReadonlyMap<string, Point>, done: () => void): void {
  const { view, documents } = designer;
  const { document } = documents.getState();
  if (isMotionReduced()) {
    done();
    return;
  }
  const journeys = view.getState().projection.cards.flatMap((card) => {
    const from = before.get(card.id);
    return from === undefined || (from.x === card.position.x && from.y === card.position.y)
      ? []
      : [{ id: card.id, from, to: card.position }];
  });
  const start = performance.now();
  const step = () => {
    const part = Math.min(1, (performance.now() - start) / GLIDE_MS);
    if (part === 1 || documents.getState().document !== document || designer.gestures.getState().activity !== 'rest') {
      if (designer.gestures.getState().activity !== 'drag') view.drag(new Map());
      done();
      return;
    }
    const eased = 1 - (1 - part) ** 3;
    view.drag(
      new Map(journeys.map(({ id, from, to }) => [id, { x: from.x + (to.x - from.x) * eased, y: from.y + (to.y - from.y) * eased }])),
    );
    requestAnimationFrame(step);
  };
  step();
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

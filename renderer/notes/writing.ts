/** Adding and writing notes. */
import type { Point } from '../../engine/spec/document.ts';
import type { Designer } from '../app/designer.ts';
import { GRID, intersects, snap } from '../canvas/geometry.ts';
import { cardBox } from '../canvas/project.ts';
import { addNote, NOTE_SIZE } from '../document/note-commands.ts';

/** Gap between a node and the note that is written about it. */
const BESIDE = 27;
const TRIES_MAX = 60;

/** At a point of the page; without one below the single selected node, tied to it, or in the middle of what is visible. */
export function writeNewNote(designer: Designer, screen?: Point): void {
  const { canvas, selection, view } = designer;
  if (canvas === null) return;
  const { nodes, openGroup } = selection.getState();
  const node = nodes.size === 1 && screen === undefined ? [...nodes][0] : undefined;
  const card = node === undefined ? undefined : view.getState().projection.cardOf.get(node);
  const middle = screen === undefined ? canvas.centre() : canvas.toDrawing(screen);
  const at = freePlace(
    designer,
    card === undefined
      ? { x: snap(middle.x - NOTE_SIZE.width / 2), y: snap(middle.y - NOTE_SIZE.height / 2) }
      : { x: card.position.x, y: snap(card.position.y + card.height + BESIDE) },
  );
  let id = '';
  designer.documents.commit('note', (document) => {
    const added = addNote(document, { text: '', at, group: openGroup, ...(card === undefined ? {} : { node }) });
    id = added.id;
    return added.document;
  });
  selection.select([], [], [id]);
  view.editNote(id);
}

/** The nearest place below that no card covers. */
function freePlace({ view }: Designer, at: Point): Point {
  const { projection, live } = view.getState();
  const boxes = projection.cards.map((card) => cardBox(card, live));
  let place = at;
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const own = { ...place, ...NOTE_SIZE };
    const covered = boxes.filter((box) => intersects(box, own));
    if (covered.length === 0) return place;
    place = { x: at.x, y: snap(Math.max(...covered.map((box) => box.y + box.height)) + GRID) };
  }
  return place;
}

export function editNote(designer: Designer, id: string): void {
  designer.selection.select([], [], [id]);
  designer.view.editNote(id);
}

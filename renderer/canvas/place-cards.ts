/** Where cards were moved to, written where each kind keeps its place: nodes and groups, pills of the open group, notes. */
import type { PipelineDocument, Point } from '../../engine/spec/document.ts';
import { placeNodes } from '../document/commands.ts';
import { placePills } from '../document/group-commands.ts';
import { updateNote } from '../document/note-commands.ts';
import type { Projection } from './card.ts';

export function placeCards(document: PipelineDocument, projection: Projection, moved: ReadonlyMap<string, Point>): PipelineDocument {
  const places = withTiedNotes(projection, moved);
  const cards: Record<string, Point> = {};
  const pills: Record<string, Point> = {};
  let next = document;
  for (const [id, point] of places) {
    const card = projection.cardOf.get(id);
    if (card === undefined) continue;
    const at = { x: Math.round(point.x), y: Math.round(point.y) };
    if (card.kind === 'note') next = updateNote(next, card.id, (note) => (note.x === at.x && note.y === at.y ? note : { ...note, ...at }));
    else if (card.kind === 'pill') for (const edge of card.port.edges) pills[edge.id] = at;
    else cards[card.id] = at;
  }
  next = placeNodes(next, cards);
  return projection.openGroup === null ? next : placePills(next, projection.openGroup, pills);
}

/** Notes tied to a node of a card go with it, unless they are moved themselves. */
export function withTiedNotes(projection: Projection, places: ReadonlyMap<string, Point>): ReadonlyMap<string, Point> {
  const notes = projection.cards.filter((card) => card.kind === 'note' && card.note.node !== undefined && !places.has(card.id));
  if (notes.length === 0) return places;
  const all = new Map(places);
  for (const note of notes) {
    const holder = note.kind === 'note' && note.note.node !== undefined ? projection.cardOf.get(note.note.node) : undefined;
    const to = holder === undefined ? undefined : places.get(holder.id);
    if (holder === undefined || to === undefined) continue;
    all.set(note.id, { x: note.position.x + to.x - holder.position.x, y: note.position.y + to.y - holder.position.y });
  }
  return all;
}

/** What letting go of dragged cards does besides moving them: copies, and nodes put into the edge below. */
import i18next from 'i18next';
import type { Point } from '../../engine/spec/document.ts';
import { distanceToCurve } from '../canvas/geometry.ts';
import { placeCards } from '../canvas/place-cards.ts';
import type { Card } from '../canvas/project.ts';
import { connect, removeEdges } from '../document/commands.ts';
import { connectedPorts } from '../document/connected-ports.ts';
import type { PaletteEntry } from '../document/definitions.ts';
import { nodeLabel, nodeShape } from '../document/definitions.ts';
import { fitAfter } from '../document/fitting.ts';
import { currentLanguage } from '../strings/language.ts';
import type { Designer } from './designer.ts';
import { copySelectionBy, refusalOf } from './editing.ts';

/** How near the pointer must be to an edge, in the drawing's coordinates. */
const INSERT_REACH = 26;

/** The edge at a point that the dragged card would be put into; only one card, free at both ends, can be. */
export function insertableAt(designer: Designer, cards: readonly string[], at: Point): string | null {
  if (cards.length !== 1) return null;
  const card = designer.view.getState().projection.cards.find((candidate) => candidate.id === cards[0]);
  const ends = card === undefined ? null : freeEnds(designer, card);
  if (card === undefined || ends === null) return null;
  for (const { id, line } of edgesNear(designer, at)) {
    if (line.fromCard === card.id || line.toCard === card.id) continue;
    if (refusalOf(designer, line.spec.from, ends.input) === null) return id;
  }
  return null;
}

/** The edge at a point that a new node of this kind fits into. */
export function insertableEntryAt(designer: Designer, entry: PaletteEntry, at: Point): string | null {
  if (nodeShape({ id: '', type: entry.type, config: entry.config }).outputs.length === 0) return null;
  const { document } = designer.documents.getState();
  const { nodes } = designer.checks.ensure(document);
  for (const { id, line } of edgesNear(designer, at)) {
    const { from } = line.spec;
    const output = nodes.get(from.node)?.outputs.find((candidate) => candidate.port.name === from.port);
    if (fitAfter(entry, output).kind === 'fits') return id;
  }
  return null;
}

export function insertCard(designer: Designer, cardId: string, edgeId: string, places: ReadonlyMap<string, Point>): void {
  const card = designer.view.getState().projection.cards.find((candidate) => candidate.id === cardId);
  const ends = card === undefined ? null : freeEnds(designer, card);
  if (card === undefined || ends === null) return;
  designer.documents.commit('insert', (document) => {
    const edge = document.edges.find((candidate) => candidate.id === edgeId);
    const placed = placeCards(document, designer.view.getState().projection, places);
    if (edge === undefined) return placed;
    const without = removeEdges(placed, new Set([edgeId]));
    return connect(connect(without, edge.from, ends.input, true), ends.output, edge.to, true);
  });
  designer.shell.say(i18next.t('say.inserted', { label: nodeLabel(card.rows[0].node, currentLanguage()) }));
}

/** Copies of what was dragged, this far from the originals. */
export function placeCopies(designer: Designer, shift: Point): void {
  copySelectionBy(designer, shift);
}

function edgesNear(designer: Designer, at: Point) {
  const { gestures, view } = designer;
  const chip = gestures.chipAt(at);
  return view
    .getState()
    .scene.filter((edge) => edge.id === chip || distanceToCurve(edge.curve, at) < INSERT_REACH)
    .sort((a, b) => (a.id === chip ? -1 : b.id === chip ? 1 : distanceToCurve(a.curve, at) - distanceToCurve(b.curve, at)));
}

function freeEnds(designer: Designer, card: Card) {
  const first = card.rows[0];
  const last = card.rows[card.rows.length - 1];
  const input = first?.shape.inputs[0];
  const output = last?.shape.outputs[0];
  if (input === undefined || output === undefined) return null;
  const taken = connectedPorts(designer.documents.getState().document);
  if (taken.has(`in ${first.node.id}/${input.name}`) || taken.has(`out ${last.node.id}/${output.name}`)) return null;
  return { input: { node: first.node.id, port: input.name }, output: { node: last.node.id, port: output.name } };
}

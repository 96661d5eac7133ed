/** What people do to the drawing, each as one undo step that is also said aloud: adding, connecting, deleting, arranging. */
import i18next from 'i18next';
import type { PipelineDocument, Point, PortReference } from '../../engine/spec/document.ts';
import type { DocumentEdit, Fix } from '../../engine/spec/problem.ts';
import { CARD_WIDTH, ROW_HEIGHT, snap } from '../canvas/geometry.ts';
import { placeCards } from '../canvas/place-cards.ts';
import type { Clip, Pasted } from '../document/clipboard.ts';
import { clipOf, pasteClip } from '../document/clipboard.ts';
import {
  addNode,
  applyEdit,
  connect,
  insertOnEdge,
  mergeEdges,
  removeEdges,
  removeNodes,
  setDisabled,
  setLabel,
} from '../document/commands.ts';
import { connectionRefusal } from '../document/connections.ts';
import type { PaletteEntry } from '../document/definitions.ts';
import { definitionOf, nodeLabel, nodeShape, paletteEntry, resolveDocument } from '../document/definitions.ts';
import { removeNotes } from '../document/note-commands.ts';
import { removeAndHeal } from '../document/rewire.ts';
import { everythingSelected } from '../document/selected.ts';
import type { StepLabel } from '../document/store.ts';
import { currentLanguage, words } from '../strings/language.ts';
import { toast } from '../ui/toast.ts';
import { connectionReasons } from './connection-reasons.ts';
import type { Designer } from './designer.ts';
import { removeGroups } from './grouping.ts';

const COLUMN_GAP = 92;
const ROW_GAP = 74;

/** Where a card goes whose middle is at this point. */
export function centredAt(point: Point): Point {
  return { x: snap(point.x - CARD_WIDTH / 2), y: snap(point.y - ROW_HEIGHT / 2) };
}

export function addEntry(
  designer: Designer,
  entry: PaletteEntry,
  at: Point,
  from: { readonly port: PortReference; readonly side: 'in' | 'out' } | null = null,
): string {
  let id = '';
  designer.documents.commit('add', (document) => {
    const added = addNode(document, { type: entry.type, config: entry.config }, freePlace(designer, at));
    id = added.id;
    if (from === null) return added.document;
    const node = added.document.nodes[added.document.nodes.length - 1];
    const shape = nodeShape(node);
    const port = from.side === 'out' ? shape.inputs[0] : shape.outputs[0];
    if (port === undefined) return added.document;
    const own = { node: id, port: port.name };
    return from.side === 'out' ? connect(added.document, from.port, own, true) : connect(added.document, own, from.port, true);
  });
  designer.selection.select([id]);
  designer.shell.say(i18next.t('say.added', { label: words(entry.label) }));
  return id;
}

export function dropOnEdge(designer: Designer, entry: PaletteEntry, edgeId: string, at: Point): string {
  const { definition } = entry;
  const input = definition.inputs[0];
  const output = nodeShape({ id: '', type: entry.type, config: entry.config }).outputs[0];
  if (input === undefined || output === undefined) return addEntry(designer, entry, at);
  let id = '';
  designer.documents.commit('add', (document) => {
    const added = insertOnEdge(
      document,
      edgeId,
      { type: entry.type, config: entry.config },
      { input: input.name, output: output.name },
      at,
    );
    id = added.id;
    return added.document;
  });
  designer.selection.select([id]);
  designer.shell.say(i18next.t('say.added', { label: words(entry.label) }));
  return id;
}

/** Beside the node it continues, below what is already there. */
export function placeAfter(designer: Designer, nodeId: string): Point {
  const card = designer.view.getState().projection.cardOf.get(nodeId);
  if (card === undefined) return designer.canvas === null ? { x: 0, y: 0 } : centredAt(designer.canvas.centre());
  return { x: snap(card.position.x + CARD_WIDTH + COLUMN_GAP), y: snap(card.position.y) };
}

/** Where a card goes that stands one column further. */
export function stepRight(place: Point): Point {
  return { x: snap(place.x + CARD_WIDTH + COLUMN_GAP), y: place.y };
}

/** Before the node it leads to. */
export function placeBefore(designer: Designer, nodeId: string): Point {
  const card = designer.view.getState().projection.cardOf.get(nodeId);
  if (card === undefined) return placeAfter(designer, nodeId);
  return { x: snap(card.position.x - CARD_WIDTH - COLUMN_GAP), y: snap(card.position.y) };
}

/** The nearest place from here downwards where no card stands. */
export function freePlace(designer: Designer, at: Point): Point {
  const { cards } = designer.view.getState().projection;
  let place = at;
  for (let tries = 0; tries < 40; tries++) {
    const taken = cards.some((card) => Math.abs(card.position.x - place.x) < 90 && Math.abs(card.position.y - place.y) < ROW_HEIGHT);
    if (!taken) return place;
    place = { x: place.x, y: place.y + ROW_GAP };
  }
  return place;
}

/** Null: it fits. */
export function refusalOf(designer: Designer, from: PortReference, to: PortReference): string | null {
  return refusalBetween(designer, designer.documents.getState().document, from, to);
}

/** As above, in a document that differs from the open one by edges only. */
export function refusalBetween(designer: Designer, document: PipelineDocument, from: PortReference, to: PortReference): string | null {
  const checks = designer.checks.ensure(designer.documents.getState().document);
  const refusal = connectionRefusal(document, checks, from, to, connectionReasons);
  return refusal === null ? null : words(refusal);
}

export function connectPorts(designer: Designer, from: PortReference, to: PortReference): boolean {
  if (refusalOf(designer, from, to) !== null) return false;
  const { document } = designer.documents.getState();
  const target = document.nodes.find((node) => node.id === to.node);
  const source = document.nodes.find((node) => node.id === from.node);
  if (target === undefined || source === undefined) return false;
  const input = nodeShape(target).inputs.find((port) => port.name === to.port);
  designer.documents.commit('connect', (current) => connect(current, from, to, input?.many !== true));
  const language = currentLanguage();
  designer.shell.say(i18next.t('say.connected', { from: nodeLabel(source, language), to: nodeLabel(target, language) }));
  return true;
}

export function deleteSelection(designer: Designer): void {
  const { nodes, edges, drawn } = designer.selection.getState();
  const count = nodes.size + edges.size + drawn.size;
  if (count === 0) return;
  designer.documents.commit('remove', (document) =>
    removeNotes(removeGroups(removeNodes(removeEdges(document, edges), nodes), drawn), drawn),
  );
  designer.selection.select([]);
  designer.selection.focus(null);
  designer.shell.say(i18next.t('say.removed', { count }));
  designer.canvas?.focusNode(null);
}

/** Deletes and joins what is left around each hole; says so where the columns do not fit. */
export function deleteAndReconnect(designer: Designer): void {
  const { nodes } = designer.selection.getState();
  const { document: before } = designer.documents.getState();
  if (nodes.size === 0) return;
  let open: readonly string[] = [];
  designer.documents.commit('remove', (document) => {
    const healed = removeAndHeal(document, nodes, (current, from, to) => joinsWell(designer, current, from, to));
    open = healed.open;
    return healed.document;
  });
  designer.selection.select([]);
  designer.selection.focus(null);
  const language = currentLanguage();
  const names = before.nodes.filter((node) => open.includes(node.id)).map((node) => nodeLabel(node, language));
  if (names.length === 0) designer.shell.say(i18next.t('say.healed', { count: nodes.size }));
  else toast.warning(i18next.t('gesture.notHealed', { names: names.join(', ') }), { description: i18next.t('gesture.notHealedText') });
  designer.canvas?.focusNode(null);
}

/** The ports fit, and the node behind finds the columns it uses: it has no error that it did not have before. */
function joinsWell(designer: Designer, document: PipelineDocument, from: PortReference, to: PortReference): boolean {
  if (refusalBetween(designer, document, from, to) !== null) return false;
  const errors = resolveDocument(connect(document, from, to, false)).problems.filter(
    (problem) => problem.nodeId === to.node && problem.severity === 'error',
  );
  const known = new Set(designer.checks.problemsOf(to.node).map((problem) => problem.code));
  return errors.every((problem) => known.has(problem.code));
}

export function duplicateSelection(designer: Designer): void {
  copySelectionBy(designer, { x: 27, y: 27 });
}

/** Copies of what is selected, so far from the originals, as one step; the copies are selected. */
export function copySelectionBy(designer: Designer, shift: Point): void {
  const { document } = designer.documents.getState();
  const clip = clipOf(document, designer.selection.getState(), positionsOf(designer));
  if (clip === null) return;
  placeClip(designer, 'duplicate', clip, shift, false);
}

/** Adds what a clip holds and selects it. */
export function placeClip(designer: Designer, label: StepLabel, clip: Clip, shift: Point, keepWires: boolean): void {
  let added: Pasted | null = null;
  designer.documents.commit(label, (document) => {
    added = pasteClip(document, clip, shift, { keepWires, group: designer.selection.getState().openGroup });
    return added.document;
  });
  if (added !== null) selectPasted(designer, added);
}

function selectPasted(designer: Designer, { nodes, drawn }: Pasted): void {
  designer.selection.select(nodes, [], drawn);
  designer.shell.say(i18next.t('say.pasted', { count: nodes.length + drawn.length }));
}

/** Where each card stands; rows of a stack stand below one another. */
export function positionsOf(designer: Designer): (id: string) => Point | null {
  const { cardOf } = designer.view.getState().projection;
  return (id) => {
    const card = cardOf.get(id);
    if (card === undefined || (card.kind === 'group' && card.id !== id)) return null;
    const row = card.rows.find((candidate) => candidate.node.id === id);
    return { x: card.position.x, y: card.position.y + (row?.top ?? 0) };
  };
}

export function nudgeSelection(designer: Designer, dx: number, dy: number): void {
  const { nodes, drawn, focus } = designer.selection.getState();
  const { projection } = designer.view.getState();
  const pill = focus === null ? undefined : projection.cardOf.get(focus);
  const chosen = [...nodes, ...drawn].map((id) => projection.cardOf.get(id));
  const cards = new Set([...chosen, pill?.kind === 'pill' ? pill : undefined].filter((card) => card !== undefined));
  if (cards.size === 0) return;
  const places = new Map([...cards].map((card) => [card.id, { x: card.position.x + dx, y: card.position.y + dy }]));
  designer.documents.commit('move', (document) => placeCards(document, projection, places), `nudge ${[...places.keys()].join(' ')}`);
  const [first] = places.values();
  designer.shell.say(i18next.t('say.moved', first));
}

export function switchSelection(designer: Designer): void {
  const { document } = designer.documents.getState();
  const { nodes } = everythingSelected(document, designer.selection.getState());
  const anyOn = document.nodes.some((node) => nodes.has(node.id) && node.disabled !== true);
  designer.documents.commit('switch', (current) => setDisabled(current, nodes, anyOn));
  designer.shell.say(i18next.t(anyOn ? 'say.switchedOff' : 'say.switchedOn', { count: nodes.size }));
}

export function renameNode(designer: Designer, nodeId: string, label: string): void {
  designer.documents.commit('rename', (document) => setLabel(document, nodeId, label), `${nodeId}#label`);
}

export function undo(designer: Designer): void {
  const step = designer.documents.undo();
  if (step !== null) designer.shell.say(i18next.t('say.undone', { step: i18next.t(`steps.${step.label}`) }));
  dropVanished(designer);
}

export function redo(designer: Designer): void {
  const step = designer.documents.redo();
  if (step !== null) designer.shell.say(i18next.t('say.redone', { step: i18next.t(`steps.${step.label}`) }));
  dropVanished(designer);
}

export function applyFix(designer: Designer, fix: Fix): void {
  const { edit } = fix;
  if (edit.kind === 'connect-port') return openPort(designer, edit);
  if (edit.kind === 'merge-edges') return bringTogether(designer, edit);
  if (edit.kind !== 'insert-node') {
    designer.documents.commit('fix', (document) => applyEdit(document, edit));
    return;
  }
  const { cardOf } = designer.view.getState().projection;
  const edge = designer.documents.getState().document.edges.find((candidate) => candidate.id === edit.edgeId);
  const from = edge === undefined ? undefined : cardOf.get(edge.from.node)?.position;
  const to = edge === undefined ? undefined : cardOf.get(edge.to.node)?.position;
  const entry = paletteEntry(edit.type);
  if (entry === null || definitionOf(edit.type) === null || from === undefined || to === undefined) return;
  dropOnEdge(
    designer,
    { ...entry, config: edit.config },
    edit.edgeId,
    freePlace(designer, { x: snap((from.x + to.x) / 2), y: snap((from.y + to.y) / 2 + ROW_GAP) }),
  );
}

/** Asks for a node beside an open port. */
function openPort(designer: Designer, { nodeId, port, side }: Extract<DocumentEdit, { kind: 'connect-port' }>): void {
  const card = designer.view.getState().projection.cardOf.get(nodeId);
  if (card === undefined || designer.canvas === null) return;
  designer.canvas.reveal(nodeId);
  const across = side === 'out' ? CARD_WIDTH + COLUMN_GAP : -(CARD_WIDTH + COLUMN_GAP);
  const at = { x: snap(card.position.x + across), y: snap(card.position.y) };
  designer.shell.set({ quickAdd: { at, screen: designer.canvas.toScreen(at), from: { port: { node: nodeId, port }, side } } });
}

function bringTogether(designer: Designer, { nodeId, port, type }: Extract<DocumentEdit, { kind: 'merge-edges' }>): void {
  const card = designer.view.getState().projection.cardOf.get(nodeId);
  const entry = paletteEntry(type);
  const input = entry?.definition.inputs[0];
  const output = nodeShape({ id: '', type, config: {} }).outputs[0];
  if (card === undefined || entry === null || input === undefined || output === undefined) return;
  const at = freePlace(designer, { x: snap(card.position.x - CARD_WIDTH / 2), y: snap(card.position.y + ROW_GAP) });
  const ports = { input: input.name, output: output.name };
  designer.documents.commit('fix', (document) => mergeEdges(document, { node: nodeId, port }, { type, config: {} }, ports, at).document);
}

/** Undo may take away what is selected. */
function dropVanished(designer: Designer): void {
  const { document } = designer.documents.getState();
  const { nodes, edges, drawn, focus } = designer.selection.getState();
  const { groups = [], notes = [] } = document.drawing;
  const present = new Set([...document.nodes, ...groups, ...notes].map((entry) => entry.id));
  const wires = new Set(document.edges.map((edge) => edge.id));
  designer.selection.select(
    [...nodes].filter((id) => present.has(id)),
    [...edges].filter((id) => wires.has(id)),
    [...drawn].filter((id) => present.has(id)),
  );
  if (focus !== null && !present.has(focus)) designer.selection.focus(null);
}

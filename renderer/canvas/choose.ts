/** What the keyboard does with the node that has the focus: select it, open it, connect to it, step back out. */
import i18next from 'i18next';
import { flushSync } from 'react-dom';
import type { Designer } from '../app/designer.ts';
import { enterGroup, leaveGroup } from '../app/grouping.ts';
import { nodeLabel } from '../document/definitions.ts';
import type { Side } from '../document/reach.ts';
import { neighboursOf, reachOf } from '../document/reach.ts';
import { focusFirstField } from '../inspector/use-field-focus.ts';
import { closeLens } from '../lens/open-lens.ts';
import { editNote } from '../notes/writing.ts';
import { currentLanguage } from '../strings/language.ts';
import { finishKeyboardConnection } from './keyboard-connect.ts';

/** Finishes a connection; else selects the focused node, and on the second time opens its settings. */
export function openFocused(designer: Designer): void {
  const { focus, connectingFrom, nodes } = designer.selection.getState();
  if (focus === null) return;
  if (connectingFrom !== null) finishKeyboardConnection(designer);
  else if (openCard(designer, focus)) return;
  else if (nodes.has(focus) && nodes.size === 1) focusFirstField();
  else designer.selection.select([focus]);
}

/** What a double click and Enter do on a group or a note: look into the one, write the other. */
export function openCard(designer: Designer, cardId: string): boolean {
  const card = designer.view.getState().projection.cardOf.get(cardId);
  if (card?.kind === 'group') enterGroup(designer, card.id);
  else if (card?.kind === 'note') editNote(designer, card.id);
  return card !== undefined && card.kind !== 'nodes';
}

/** Selects the focused node alone, or adds it to or takes it from what is selected. */
export function selectFocused(designer: Designer, toggle: boolean): void {
  const { focus, connectingFrom, nodes, edges, drawn } = designer.selection.getState();
  if (focus === null) return;
  const kind = designer.view.getState().projection.cardOf.get(focus)?.kind;
  const flip = (ids: ReadonlySet<string>) => (ids.has(focus) ? [...ids].filter((id) => id !== focus) : [...ids, focus]);
  if (connectingFrom !== null) finishKeyboardConnection(designer);
  else if (kind === 'pill') return;
  else if (!toggle) selectCard(designer, focus);
  else if (kind === 'nodes') designer.selection.select(flip(nodes), edges, drawn);
  else designer.selection.select(nodes, edges, flip(drawn));
}

/** Alone: a node, a group or a note; pills cannot be selected. */
export function selectCard(designer: Designer, id: string): void {
  const kind = designer.view.getState().projection.cardOf.get(id)?.kind;
  if (kind === 'group' || kind === 'note') designer.selection.select([], [], [id]);
  else designer.selection.select(kind === 'nodes' ? [id] : []);
}

export function startConnecting(designer: Designer): void {
  const { focus } = designer.selection.getState();
  const node = designer.documents.getState().document.nodes.find((candidate) => candidate.id === focus);
  if (node === undefined) return;
  designer.selection.startConnecting(node.id);
  designer.shell.say(i18next.t('canvas.connectStart', { node: nodeLabel(node, currentLanguage()) }));
}

/** Out of a connection being made, then out of the lens, then out of the selection, then out of the open group. */
export function stepBack(designer: Designer): void {
  const { connectingFrom, nodes, edges, drawn } = designer.selection.getState();
  if (connectingFrom !== null) designer.selection.startConnecting(null);
  else if (designer.lens.getState().nodeId !== null) closeLens(designer);
  else if (nodes.size + edges.size + drawn.size > 0) designer.selection.clear();
  else leaveGroup(designer);
}

export function selectEverything(designer: Designer): void {
  const { cards, lines } = designer.view.getState().projection;
  designer.selection.select(
    cards.flatMap((card) => card.rows.map((row) => row.node.id)),
    lines.flatMap((line) => line.edges.map((edge) => edge.id)),
    cards.filter((card) => card.kind === 'group' || card.kind === 'note').map((card) => card.id),
  );
}

/** Adds the nodes before or behind the selected ones: one edge away, or all of them. */
export function selectReach(designer: Designer, side: Side, all: boolean): void {
  const { document } = designer.documents.getState();
  const { nodes } = designer.selection.getState();
  const found = all ? reachOf(document, nodes, side) : neighboursOf(document, nodes, side);
  designer.selection.select([...nodes, ...found]);
  designer.shell.say(i18next.t('say.selected', { count: nodes.size + found.size }));
}

/** The name's field in the inspector; the node's own name is chosen there. */
export function renameSelected(designer: Designer): void {
  const { nodes, focus } = designer.selection.getState();
  // Drawn at once: the next letters are meant for it.
  if (nodes.size !== 1 && focus !== null) flushSync(() => designer.selection.select([focus]));
  const input = document.querySelector<HTMLInputElement>('[data-inspector] [data-node-name]');
  input?.focus();
  input?.select();
}

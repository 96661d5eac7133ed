/** What the keyboard does with the node that has the focus: select it, open it, connect to it, step back out. */
import i18next from 'i18next';
import type { Designer } from '../app/designer.ts';
import { connectNodes } from '../app/editing.ts';
import { nodeLabel } from '../document/definitions.ts';
import type { Side } from '../document/reach.ts';
import { neighboursOf, reachOf } from '../document/reach.ts';
import { focusFirstField } from '../inspector/use-field-focus.ts';
import { currentLanguage } from '../strings/language.ts';

/** Finishes a connection; else selects the focused node, and on the second time opens its settings. */
export function openFocused(designer: Designer): void {
  const { focus, connectingFrom, nodes } = designer.selection.getState();
  if (focus === null) return;
  if (connectingFrom !== null) finishConnecting(designer, connectingFrom, focus);
  else if (nodes.has(focus) && nodes.size === 1) focusFirstField();
  else designer.selection.select([focus]);
}

/** Selects the focused node alone, or adds it to or takes it from what is selected. */
export function selectFocused(designer: Designer, toggle: boolean): void {
  const { focus, connectingFrom, nodes } = designer.selection.getState();
  if (focus === null) return;
  if (connectingFrom !== null) finishConnecting(designer, connectingFrom, focus);
  else if (!toggle) designer.selection.select([focus]);
  else designer.selection.select(nodes.has(focus) ? [...nodes].filter((id) => id !== focus) : [...nodes, focus]);
}

export function startConnecting(designer: Designer): void {
  const { focus } = designer.selection.getState();
  const node = designer.documents.getState().document.nodes.find((candidate) => candidate.id === focus);
  if (node === undefined) return;
  designer.selection.startConnecting(node.id);
  designer.shell.say(i18next.t('canvas.connectStart', { node: nodeLabel(node, currentLanguage()) }));
}

export function stepBack(designer: Designer): void {
  if (designer.selection.getState().connectingFrom !== null) designer.selection.startConnecting(null);
  else designer.selection.clear();
}

export function selectEverything(designer: Designer): void {
  const { document } = designer.documents.getState();
  designer.selection.select(
    document.nodes.map((node) => node.id),
    document.edges.map((edge) => edge.id),
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
  if (nodes.size !== 1 && focus !== null) designer.selection.select([focus]);
  requestAnimationFrame(() => {
    const input = document.querySelector<HTMLInputElement>('[data-inspector] [data-node-name]');
    input?.focus();
    input?.select();
  });
}

function finishConnecting(designer: Designer, from: string, to: string): void {
  const reason = connectNodes(designer, from, to);
  if (reason !== null) designer.shell.say(reason);
  designer.selection.startConnecting(null);
}

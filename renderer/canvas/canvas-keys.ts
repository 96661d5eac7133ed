/** Keys of the canvas: they act only while it has the focus. What works everywhere (save, undo, run) is in app/shortcuts.ts. */
import i18next from 'i18next';
import type { KeyboardEvent } from 'react';
import type { Designer } from '../app/designer.ts';
import {
  connectNodes,
  deleteAndReconnect,
  deleteSelection,
  duplicateSelection,
  nudgeSelection,
  placeAfter,
  switchSelection,
} from '../app/editing.ts';
import { nodeLabel } from '../document/definitions.ts';
import { focusFirstField } from '../inspector/use-field-focus.ts';
import { currentLanguage } from '../strings/language.ts';
import { arrange } from './arrange.ts';
import { CARD_WIDTH, GRID } from './geometry.ts';
import type { Card } from './project.ts';

const FAR = 6;
const ARROWS: Record<string, readonly [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function onCanvasKey(designer: Designer, event: KeyboardEvent): void {
  const handled = pressed(designer, event);
  if (handled) {
    event.preventDefault();
    event.stopPropagation();
  }
}

function pressed(designer: Designer, event: KeyboardEvent): boolean {
  const control = event.ctrlKey || event.metaKey;
  const arrow = ARROWS[event.key];
  if (arrow !== undefined) return arrowPressed(designer, event, arrow, control);
  const { selection, canvas } = designer;
  if (control) {
    if (event.key === 'a') {
      const { document } = designer.documents.getState();
      selection.select(
        document.nodes.map((node) => node.id),
        document.edges.map((edge) => edge.id),
      );
      return true;
    }
    if (event.key === 'Delete') {
      deleteAndReconnect(designer);
      return true;
    }
    if (event.key === 'd') {
      duplicateSelection(designer);
      return true;
    }
    return false;
  }
  if (event.altKey) return false;
  switch (event.key) {
    case 'Delete':
    case 'Backspace':
      deleteSelection(designer);
      return true;
    case '0':
      canvas?.zoomTo(1);
      return true;
    case '1':
      canvas?.fit();
      return true;
    case '+':
    case '=':
      canvas?.zoomBy(1.2);
      return true;
    case '-':
      canvas?.zoomBy(1 / 1.2);
      return true;
    case 'Escape':
      return stepBack(designer);
    case 'Enter':
    case ' ':
      return choose(designer, event.key === 'Enter', event.shiftKey);
    case 'c':
      return startConnecting(designer);
    case 'd':
      switchSelection(designer);
      return true;
    case 'F2':
      return rename(designer);
    case 'Insert':
      return openQuickAdd(designer);
    case 'L':
      if (event.shiftKey) void arrange(designer);
      return event.shiftKey;
    default:
      return false;
  }
}

/** Alt walks, a plain arrow nudges what is selected or walks when nothing is; Ctrl nudges far. */
function arrowPressed(designer: Designer, event: KeyboardEvent, [dx, dy]: readonly [number, number], control: boolean): boolean {
  const { nodes, connectingFrom } = designer.selection.getState();
  if (event.altKey || nodes.size === 0 || connectingFrom !== null) {
    walk(designer, dx, dy);
    return true;
  }
  if (event.shiftKey) return false;
  const step = control ? GRID * FAR : GRID;
  nudgeSelection(designer, dx * step, dy * step);
  return true;
}

/** To the nearest card in that direction; sideways distance counts double. */
function walk(designer: Designer, dx: number, dy: number): void {
  const { cards, cardOf } = designer.view.getState().projection;
  const { focus, connectingFrom } = designer.selection.getState();
  const from = focus === null ? undefined : cardOf.get(focus);
  const next = from === undefined ? cards[0] : nearest(cards, from, dx, dy);
  if (next === undefined) return;
  const id = next.rows[0].node.id;
  designer.selection.focus(id);
  if (connectingFrom === null) designer.selection.select([id]);
  designer.canvas?.focusNode(id);
}

function nearest(cards: readonly Card[], from: Card, dx: number, dy: number): Card | undefined {
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

function stepBack(designer: Designer): boolean {
  if (designer.selection.getState().connectingFrom !== null) designer.selection.startConnecting(null);
  else designer.selection.clear();
  return true;
}

function choose(designer: Designer, enter: boolean, add: boolean): boolean {
  const { focus, connectingFrom, nodes } = designer.selection.getState();
  if (focus === null) return false;
  if (connectingFrom !== null) {
    const reason = connectNodes(designer, connectingFrom, focus);
    if (reason !== null) designer.shell.say(reason);
    designer.selection.startConnecting(null);
    return true;
  }
  if (enter && nodes.has(focus) && nodes.size === 1) {
    focusFirstField();
    return true;
  }
  designer.selection.select(add ? [...nodes, focus] : [focus]);
  return true;
}

function startConnecting(designer: Designer): boolean {
  const { focus } = designer.selection.getState();
  const node = designer.documents.getState().document.nodes.find((candidate) => candidate.id === focus);
  if (node === undefined) return false;
  designer.selection.startConnecting(node.id);
  designer.shell.say(i18next.t('canvas.connectStart', { node: nodeLabel(node, currentLanguage()) }));
  return true;
}

function rename(designer: Designer): boolean {
  if (designer.selection.getState().nodes.size !== 1) return false;
  const input = document.querySelector<HTMLInputElement>('[data-inspector] [data-node-name]');
  input?.focus();
  input?.select();
  return true;
}

export function openQuickAdd(designer: Designer): boolean {
  const { focus } = designer.selection.getState();
  const { canvas } = designer;
  if (canvas === null) return false;
  const { document } = designer.documents.getState();
  const node = document.nodes.find((candidate) => candidate.id === focus);
  // The node may be newer than the last check: hands are faster than its delay.
  const output = node === undefined ? undefined : designer.checks.ensure(document).nodes.get(node.id)?.outputs[0];
  const at = node === undefined ? canvas.centre() : placeAfter(designer, node.id);
  const screen = canvas.toScreen(at);
  designer.shell.set({
    quickAdd: {
      at,
      screen,
      from: node === undefined || output === undefined ? null : { port: { node: node.id, port: output.port.name }, side: 'out' },
    },
  });
  return true;
}

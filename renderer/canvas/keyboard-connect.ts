/**
 * Connecting without a mouse: C at the first node, arrows to the other one, Tab for other ports, Enter. Tab at the first node
 * picks its output, at the other one the pair of ports; pairs that fit come first.
 */
import i18next from 'i18next';
import type { Point, PortReference } from '../../engine/spec/document.ts';
import type { Designer } from '../app/designer.ts';
import { connectPorts, refusalOf } from '../app/editing.ts';
import { nodeLabel, nodeShape } from '../document/definitions.ts';
import { currentLanguage, words } from '../strings/language.ts';
import { portPoint } from './project.ts';

export interface KeyboardConnection {
  readonly from: PortReference;
  /** Null while the focus is still on the first node. */
  readonly to: PortReference | null;
  readonly reason: string | null;
  readonly sentence: string;
}

/** What Enter would do now; null when nothing is being connected. */
export function keyboardConnection(designer: Designer): KeyboardConnection | null {
  const { connectingFrom, focus } = designer.selection.getState();
  const { nodes } = designer.documents.getState().document;
  const source = nodes.find((node) => node.id === connectingFrom);
  if (source === undefined) return null;
  const { output, choice } = designer.connecting.getState();
  const outputs = [...nodeShape(source).outputs].sort((a, b) => Number(b.name === output) - Number(a.name === output));
  const fromName = nodeLabel(source, currentLanguage());
  const target = focus === source.id ? undefined : nodes.find((node) => node.id === focus);
  const first = outputs[0];
  if (first === undefined) return null;
  if (target === undefined) {
    const sentence = i18next.t('gesture.connectFrom', { node: fromName, port: words(first.label) });
    return { from: { node: source.id, port: first.name }, to: null, reason: null, sentence };
  }
  const pairs = outputs.flatMap((from) =>
    nodeShape(target).inputs.map((to) => {
      const ends = { from: { node: source.id, port: from.name }, to: { node: target.id, port: to.name } };
      return { ...ends, label: `${words(from.label)} → ${words(to.label)}`, reason: refusalOf(designer, ends.from, ends.to) };
    }),
  );
  const ordered = [...pairs.filter((pair) => pair.reason === null), ...pairs.filter((pair) => pair.reason !== null)];
  const pair = ordered[choice % Math.max(1, ordered.length)];
  const toName = nodeLabel(target, currentLanguage());
  if (pair === undefined) {
    const reason = i18next.t('reason.notInput');
    return { from: { node: source.id, port: first.name }, to: null, reason, sentence: `${fromName} → ${toName}: ${reason}` };
  }
  const { from, to, reason } = pair;
  return { from, to, reason, sentence: `${fromName} → ${toName}: ${reason ?? pair.label}` };
}

/** Makes the connection, or says why not and keeps on asking. */
export function finishKeyboardConnection(designer: Designer): void {
  const connection = keyboardConnection(designer);
  if (connection === null) return;
  if (connection.to === null || connection.reason !== null) {
    designer.shell.say(connection.sentence);
    return;
  }
  connectPorts(designer, connection.from, connection.to);
  endKeyboardConnection(designer);
}

export function endKeyboardConnection(designer: Designer): void {
  designer.selection.startConnecting(null);
  designer.connecting.choose({ output: null, choice: 0 });
}

/** Where the line of the connection starts and ends; null while there is no second port. */
export function connectionEnds(designer: Designer, { from, to }: KeyboardConnection): { readonly from: Point; readonly to: Point } | null {
  const start = place(designer, from, 'out');
  const end = to === null ? null : place(designer, to, 'in');
  return start === null || end === null ? null : { from: start, to: end };
}

/** Tab goes through the ports while something is being connected; moving on to another node starts over. */
export function listenForConnectKeys(designer: Designer): () => void {
  const onKey = (event: KeyboardEvent) => {
    const { connectingFrom, focus } = designer.selection.getState();
    if (connectingFrom === null || event.key !== 'Tab' || event.ctrlKey || event.altKey) return;
    if (!(event.target instanceof Element) || event.target.closest('[data-canvas-keys]') === null) return;
    event.preventDefault();
    event.stopPropagation();
    const state = designer.connecting.getState();
    const source = designer.documents.getState().document.nodes.find((node) => node.id === connectingFrom);
    const outputs = source === undefined ? [] : nodeShape(source).outputs;
    if (focus === connectingFrom) {
      const at = outputs.findIndex((port) => port.name === state.output);
      designer.connecting.choose({ output: outputs[(Math.max(0, at) + 1) % Math.max(1, outputs.length)]?.name ?? null });
    } else {
      designer.connecting.choose({ choice: state.choice + 1 });
    }
    designer.shell.say(keyboardConnection(designer)?.sentence ?? '');
  };
  window.addEventListener('keydown', onKey, true);
  const stop = designer.selection.subscribe((state, previous) => {
    if (state.connectingFrom === null) {
      if (previous.connectingFrom !== null) designer.connecting.choose({ output: null, choice: 0 });
      return;
    }
    if (state.focus === previous.focus) return;
    designer.connecting.choose({ choice: 0 });
    designer.shell.say(keyboardConnection(designer)?.sentence ?? '');
  });
  return () => {
    window.removeEventListener('keydown', onKey, true);
    stop();
  };
}

function place(designer: Designer, port: PortReference, side: 'in' | 'out'): Point | null {
  const card = designer.view.getState().projection.cardOf.get(port.node);
  const offset = card === undefined ? null : (portPoint(card, port, side)?.point ?? null);
  return card === undefined || offset === null ? null : { x: card.position.x + offset.x, y: card.position.y + offset.y };
}

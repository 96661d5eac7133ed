/** What the keyboard and the pointer do with a row of the outline; actions are the canvas's own, on what the row selects. */
import type { KeyboardEvent } from 'react';
import type { Point } from '../../engine/spec/document.ts';
import type { ActionId } from '../actions/action.ts';
import { invoke } from '../actions/invoke.ts';
import type { Designer } from '../app/designer.ts';
import { openCard } from '../canvas/choose.ts';
import { finishKeyboardConnection } from '../canvas/keyboard-connect.ts';
import { focusFirstField } from '../inspector/use-field-focus.ts';
import { treeStep } from '../ui/tree-step.ts';
import type { OutlineItem } from './outline-items.ts';

interface TreeState {
  readonly shown: readonly OutlineItem[];
  readonly current: OutlineItem;
  readonly closed: ReadonlySet<string>;
  readonly focus: (item: OutlineItem) => void;
  readonly fold: (key: string, open: boolean) => void;
}

/** Keys of the canvas that make sense on a row. */
const ACTIONS: Readonly<Record<string, ActionId>> = {
  Delete: 'remove',
  Backspace: 'remove',
  F2: 'rename',
  d: 'switchOff',
  c: 'connect',
};

/** What a row stands for: its node, its group, or the rows of its chain. */
export function idsOf(item: OutlineItem): readonly string[] {
  return item.kind === 'chain' ? item.children.map((child) => child.id) : [item.id];
}

export function chooseItem(designer: Designer, item: OutlineItem, mode: 'one' | 'toggle' | 'range', range: readonly OutlineItem[]): void {
  const { nodes, drawn } = designer.selection.getState();
  designer.canvas?.reveal(item.id);
  const chosen = mode === 'range' ? range : [item];
  const nodeIds = chosen.filter((each) => each.kind !== 'group').flatMap(idsOf);
  const groupIds = chosen.filter((each) => each.kind === 'group').map((each) => each.id);
  if (mode === 'toggle') designer.selection.select(flip(nodes, nodeIds), [], flip(drawn, groupIds));
  else designer.selection.select(nodeIds, [], groupIds);
  designer.selection.focus(item.id);
}

/** Looks into a group; else goes to the settings. */
export function openItem(designer: Designer, item: OutlineItem): void {
  chooseItem(designer, item, 'one', []);
  if (item.kind !== 'group' || !openCard(designer, item.id)) focusFirstField();
}

export function openItemMenu(designer: Designer, item: OutlineItem, screen: Point): void {
  const { nodes, drawn } = designer.selection.getState();
  const chosen = idsOf(item).every((id) => nodes.has(id) || drawn.has(id));
  if (!chosen) chooseItem(designer, item, 'one', []);
  designer.shell.set({ contextMenu: { target: chosen && nodes.size + drawn.size > 1 ? 'selection' : 'node', screen } });
}

/** Answers whether the key was one of ours. */
export function outlineKey(designer: Designer, event: KeyboardEvent, state: TreeState): boolean {
  const { shown, current, closed } = state;
  const rows = shown.map(({ key, level, children }) => ({ level, open: children.length === 0 ? null : !closed.has(key) }));
  const step = treeStep(event.key, rows, shown.indexOf(current));
  if (step !== null) {
    if ('open' in step) state.fold(current.key, step.open);
    else if (shown[step.to] !== current) go(designer, event, state, shown[step.to]);
    return true;
  }
  switch (event.key) {
    case ' ':
      chooseItem(designer, current, event.ctrlKey || event.shiftKey ? 'toggle' : 'one', []);
      return true;
    case 'Enter':
      if (designer.selection.getState().connectingFrom !== null) finishKeyboardConnection(designer);
      else openItem(designer, current);
      return true;
    case 'ContextMenu':
      openItemMenu(designer, current, placeOf(event));
      return true;
    case 'F10':
      if (event.shiftKey) openItemMenu(designer, current, placeOf(event));
      return event.shiftKey;
    default:
      return act(designer, event, state);
  }
}

function go(designer: Designer, event: KeyboardEvent, { shown, focus }: TreeState, item: OutlineItem): void {
  focus(item);
  if (event.shiftKey) chooseItem(designer, item, 'range', [...selectedRows(designer, shown), item]);
  else if (designer.selection.getState().connectingFrom !== null) designer.selection.focus(item.id);
}

function act(designer: Designer, event: KeyboardEvent, { shown, current, focus }: TreeState): boolean {
  const action = ACTIONS[event.key];
  if (action === undefined || event.ctrlKey || event.altKey || event.metaKey) return false;
  const { nodes, drawn } = designer.selection.getState();
  if (!idsOf(current).some((id) => nodes.has(id) || drawn.has(id))) chooseItem(designer, current, 'one', []);
  const next = shown[shown.indexOf(current) + 1] ?? shown[shown.indexOf(current) - 1];
  invoke(designer, action);
  if (action === 'remove' && next !== undefined) requestAnimationFrame(() => focus(next));
  return true;
}

function selectedRows(designer: Designer, shown: readonly OutlineItem[]): readonly OutlineItem[] {
  const { nodes, drawn } = designer.selection.getState();
  return shown.filter((item) => idsOf(item).every((id) => nodes.has(id) || drawn.has(id)));
}

function flip(before: ReadonlySet<string>, ids: readonly string[]): readonly string[] {
  const all = ids.every((id) => before.has(id));
  return all ? [...before].filter((id) => !ids.includes(id)) : [...before, ...ids];
}

function placeOf(event: KeyboardEvent): Point {
  const box = event.target instanceof Element ? event.target.getBoundingClientRect() : new DOMRect();
  return { x: box.left + 24, y: box.bottom };
}

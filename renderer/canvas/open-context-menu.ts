/** Finds what a context menu was asked for: the node, edge or selection under the pointer or with the focus, else the canvas. */
import type { MouseEvent } from 'react';
import type { Point } from '../../engine/spec/document.ts';
import type { Designer } from '../app/designer.ts';
import { selectCard } from './choose.ts';
import type { MenuTarget } from './context-menu.ts';
import { distanceToCurve } from './geometry.ts';

const EDGE_REACH = 8;

/** A right click: what is under it becomes the selection, unless it is part of it already. */
export function openContextMenuAt(designer: Designer, event: MouseEvent): void {
  if (!(event.target instanceof Element) || event.target.closest('input, textarea, [contenteditable]') !== null) return;
  event.preventDefault();
  const screen = { x: event.clientX, y: event.clientY };
  const card = cardUnder(event.target, screen);
  if (card !== null) {
    openForCard(designer, card, screen);
    return;
  }
  const point = designer.canvas?.toDrawing(screen);
  const edge = point === undefined ? null : (designer.gestures.chipAt(point) ?? edgeNear(designer, point));
  if (edge === null) open(designer, 'canvas', screen);
  else openForEdge(designer, edge, screen);
}

/** The Menu key: at the node that has the focus, else at the selection, else in the middle. */
export function openContextMenuAtFocus(designer: Designer): void {
  const { focus, edges, nodes, drawn } = designer.selection.getState();
  const { canvas } = designer;
  if (canvas === null) return;
  const element = focus === null ? null : document.querySelector(`[data-canvas] :is(${atCard(focus)})`);
  const [edge] = edges;
  if (focus !== null && element !== null) {
    const box = element.getBoundingClientRect();
    openForCard(designer, focus, { x: box.left + 24, y: box.bottom });
  } else if (edge !== undefined && nodes.size === 0) {
    const scene = designer.view.getState().scene.find((candidate) => candidate.id === edge);
    openForEdge(designer, edge, canvas.toScreen(scene?.chipAt ?? canvas.centre()));
  } else {
    open(designer, nodes.size + drawn.size > 0 ? 'selection' : 'canvas', canvas.toScreen(canvas.centre()));
  }
}

/** A node, a group or a note; what stands for an open group's border has no menu of its own. */
export function openForCard(designer: Designer, id: string, screen: Point): void {
  const { nodes, drawn } = designer.selection.getState();
  const kind = designer.view.getState().projection.cardOf.get(id)?.kind;
  if (kind === undefined || kind === 'pill') {
    open(designer, 'canvas', screen);
    return;
  }
  const part = nodes.has(id) || drawn.has(id);
  if (!part) selectCard(designer, id);
  designer.selection.focus(id);
  open(designer, part && nodes.size + drawn.size > 1 ? 'selection' : kind === 'nodes' ? 'node' : kind, screen);
}

function atCard(id: string): string {
  return `[data-node="${CSS.escape(id)}"], [data-card="${CSS.escape(id)}"]`;
}

function openForEdge(designer: Designer, id: string, screen: Point): void {
  designer.selection.select([], [id]);
  open(designer, 'edge', screen);
}

function open(designer: Designer, target: MenuTarget, screen: Point): void {
  // What hovering shows would lie beside the menu.
  designer.gestures.set({ card: null, port: null, edge: null });
  designer.shell.set({ contextMenu: { target, screen } });
}

/** The frame that is drawn around several selected cards lies over them, so everything at the point counts. */
function cardUnder(target: Element, screen: Point): string | null {
  for (const element of [target, ...document.elementsFromPoint(screen.x, screen.y)]) {
    const row = element.closest<HTMLElement>('[data-canvas] [data-node]')?.dataset['node'];
    const card = element.closest<HTMLElement>('[data-canvas] [data-card]')?.dataset['card'];
    if (row !== undefined || card !== undefined) return row ?? card ?? null;
  }
  return null;
}

function edgeNear(designer: Designer, point: Point): string | null {
  let best: string | null = null;
  let bestDistance = EDGE_REACH;
  for (const edge of designer.view.getState().scene) {
    const distance = distanceToCurve(edge.curve, point);
    if (distance >= bestDistance) continue;
    best = edge.id;
    bestDistance = distance;
  }
  return best;
}

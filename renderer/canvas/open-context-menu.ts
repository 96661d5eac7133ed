/** Finds what a context menu was asked for: the node, edge or selection under the pointer or with the focus, else the canvas. */
import type { MouseEvent } from 'react';
import type { Point } from '../../engine/spec/document.ts';
import type { Designer } from '../app/designer.ts';
import type { MenuTarget } from './context-menu.ts';
import type { EdgePointer } from './edge-pointer.ts';
import { distanceToCurve } from './geometry.ts';

const EDGE_REACH = 8;

/** A right click: what is under it becomes the selection, unless it is part of it already. */
export function openContextMenuAt(designer: Designer, pointer: EdgePointer, event: MouseEvent): void {
  if (!(event.target instanceof Element) || event.target.closest('input, textarea, [contenteditable]') !== null) return;
  event.preventDefault();
  const screen = { x: event.clientX, y: event.clientY };
  const node = nodeUnder(event.target, screen);
  if (node !== null) {
    openForNode(designer, node, screen);
    return;
  }
  const point = designer.canvas?.toDrawing(screen);
  const edge = point === undefined ? null : (pointer.chipAt(point) ?? edgeNear(designer, point));
  if (edge === null) open(designer, 'canvas', screen);
  else openForEdge(designer, edge, screen);
}

/** The Menu key: at the node that has the focus, else at the selection, else in the middle. */
export function openContextMenuAtFocus(designer: Designer): void {
  const { focus, edges, nodes } = designer.selection.getState();
  const { canvas } = designer;
  if (canvas === null) return;
  const element = focus === null ? null : document.querySelector(`[data-canvas] [data-node="${CSS.escape(focus)}"]`);
  const [edge] = edges;
  if (focus !== null && element !== null) {
    const box = element.getBoundingClientRect();
    openForNode(designer, focus, { x: box.left + 24, y: box.bottom });
  } else if (edge !== undefined && nodes.size === 0) {
    const scene = designer.view.getState().scene.find((candidate) => candidate.id === edge);
    openForEdge(designer, edge, canvas.toScreen(scene?.chipAt ?? canvas.centre()));
  } else {
    open(designer, nodes.size > 0 ? 'selection' : 'canvas', canvas.toScreen(canvas.centre()));
  }
}

function openForNode(designer: Designer, id: string, screen: Point): void {
  const { nodes } = designer.selection.getState();
  if (!nodes.has(id)) designer.selection.select([id]);
  designer.selection.focus(id);
  open(designer, nodes.has(id) && nodes.size > 1 ? 'selection' : 'node', screen);
}

function openForEdge(designer: Designer, id: string, screen: Point): void {
  designer.selection.select([], [id]);
  open(designer, 'edge', screen);
}

function open(designer: Designer, target: MenuTarget, screen: Point): void {
  designer.shell.set({ contextMenu: { target, screen } });
}

/** The frame that is drawn around several selected cards lies over them, so everything at the point counts. */
function nodeUnder(target: Element, screen: Point): string | null {
  const elements = [target, ...document.elementsFromPoint(screen.x, screen.y)];
  for (const element of elements) {
    const row = element.closest<HTMLElement>('[data-node]') ?? element.closest('[data-card]')?.querySelector<HTMLElement>('[data-node]');
    const id = row?.dataset['node'];
    if (id !== undefined) return id;
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

/**
 * Moving cards with the pointer: guides and grid while they move, one undo step when they are let go. Alt at the start leaves
 * the originals and drops copies; over an edge a single free card is put into it.
 */
import type { Node } from '@xyflow/react';
import i18next from 'i18next';
import type { Point } from '../../engine/spec/document.ts';
import type { Designer } from '../app/designer.ts';
import { insertableAt, insertCard, placeCopies } from '../app/drag-results.ts';
import type { StackDrop } from '../app/stacking.ts';
import { dropOnStack, stackDropAt } from '../app/stacking.ts';
import { nodeLabel } from '../document/definitions.ts';
import { currentLanguage } from '../strings/language.ts';
import type { Box } from './geometry.ts';
import { boundsOf, portOffset } from './geometry.ts';
import type { Ghost } from './gestures.ts';
import type { Neighbour, Snapped, Wire } from './guides.ts';
import { snapToGrid, snapToGuides } from './guides.ts';
import { placeCards } from './place-cards.ts';
import type { Card } from './project.ts';

/** Screen pixels within which things snap. */
const REACH = 6;

interface Start {
  readonly boxes: ReadonlyMap<string, Box>;
  readonly bounds: Box;
  readonly copying: boolean;
  readonly grip: Point;
}

export interface Dragging {
  /** `grip` is where the pointer took hold, in the drawing's coordinates. */
  begin(nodes: readonly Node[], copying: boolean, grip: Point): void;
  move(pointer: Point, free: boolean, zoom: number): void;
  end(): void;
  cancel(): void;
  active(): boolean;
}

export function createDragging(designer: Designer): Dragging {
  const { view, gestures, documents } = designer;
  let start: Start | null = null;
  let shift: Point = { x: 0, y: 0 };
  let stack: StackDrop | null = null;

  function rest(): void {
    start = null;
    shift = { x: 0, y: 0 };
    stack = null;
    view.setStacking(null);
    gestures.set({ activity: 'rest', guides: [], ghosts: [], inserting: null });
    view.drag(new Map());
  }

  return {
    active: () => start !== null,
    begin(nodes, copying, grip) {
      const boxes = new Map(nodes.map((node) => [node.id, boxOf(view.getState().nodes.find((own) => own.id === node.id) ?? node)]));
      const bounds = boundsOf([...boxes.values()]);
      if (bounds === null) return;
      start = { boxes, bounds, copying, grip };
      gestures.set({ activity: 'drag', card: null, edge: null, port: null });
    },
    move(pointer, free, zoom) {
      if (start === null) return;
      const { boxes, bounds, copying, grip } = start;
      // React Flow's own positions lag behind the pointer by the first pixels of the drag.
      const raw = { x: pointer.x - grip.x, y: pointer.y - grip.y };
      const inserting = copying ? null : insertableAt(designer, [...boxes.keys()], pointer);
      const snapped = snap(designer, boxes, bounds, raw, free ? 'free' : inserting === null ? 'guides' : 'grid', zoom);
      shift = { x: Math.round(raw.x + snapped.dx), y: Math.round(raw.y + snapped.dy) };
      if (copying) {
        gestures.set({ guides: snapped.guides, ghosts: [...boxes].map(([id, box]) => ghost(designer, id, box, shift)) });
        return;
      }
      stack = inserting === null ? stackBelow(designer, boxes, shift) : null;
      view.setStacking(stack === null ? null : { card: stack.card, reason: stack.reason });
      gestures.set({ guides: stack === null ? snapped.guides : [], inserting });
      view.drag(new Map([...boxes].map(([id, box]) => [id, { x: box.x + shift.x, y: box.y + shift.y }])));
    },
    end() {
      if (start === null) return;
      const { boxes, copying } = start;
      const { inserting } = gestures.getState();
      const places = new Map([...boxes].map(([id, box]) => [id, { x: box.x + shift.x, y: box.y + shift.y }]));
      const moved = shift.x !== 0 || shift.y !== 0;
      if (moved && copying) placeCopies(designer, shift);
      else if (moved && inserting !== null) insertCard(designer, [...boxes.keys()][0], inserting, places);
      else if (moved && (stack === null || !dropOnStack(designer, stack)))
        documents.commit('move', (document) => placeCards(document, view.getState().projection, places));
      rest();
    },
    cancel: rest,
  };
}

function snap(
  designer: Designer,
  boxes: ReadonlyMap<string, Box>,
  bounds: Box,
  raw: Point,
  how: 'free' | 'grid' | 'guides',
  zoom: number,
): Snapped {
  const box = { ...bounds, x: bounds.x + raw.x, y: bounds.y + raw.y };
  if (how === 'free') return { dx: 0, dy: 0, guides: [] };
  if (how === 'grid') return snapToGrid(box);
  const { projection, nodes } = designer.view.getState();
  const cards = new Map(projection.cards.map((card) => [card.id, card]));
  const neighbours: Neighbour[] = [];
  for (const node of nodes) {
    if (boxes.has(node.id)) continue;
    const card = cards.get(node.id);
    neighbours.push({ ...boxOf(node), ports: card === undefined ? [] : portHeights(card).map((height) => node.position.y + height) });
  }
  const wires: Wire[] = [];
  for (const { line, curve } of designer.view.getState().scene) {
    const from = boxes.get(line.fromCard);
    const to = boxes.get(line.toCard);
    if ((from === undefined) === (to === undefined)) continue;
    if (from !== undefined) wires.push({ moved: offset(from, line.startOffset, raw), fixed: curve.end });
    else if (to !== undefined) wires.push({ moved: offset(to, line.endOffset, raw), fixed: curve.start });
  }
  const ports = [...boxes].flatMap(([id, own]) => {
    const card = cards.get(id);
    return card === undefined ? [] : portHeights(card).map((height) => own.y + raw.y + height);
  });
  return snapToGuides({ box, ports, wires, neighbours, reach: REACH / zoom });
}

/** The card whose lower border a single dragged one is held over. */
function stackBelow(designer: Designer, boxes: ReadonlyMap<string, Box>, shift: Point): StackDrop | null {
  const only = boxes.size === 1 ? [...boxes][0] : undefined;
  const card = only === undefined ? undefined : designer.view.getState().projection.cardOf.get(only[0]);
  if (only === undefined || card?.kind !== 'nodes') return null;
  return stackDropAt(designer, card, { x: only[1].x + shift.x, y: only[1].y + shift.y });
}

function offset(box: Box, port: Point, raw: Point): Point {
  return { x: box.x + port.x + raw.x, y: box.y + port.y + raw.y };
}

function portHeights(card: Card): readonly number[] {
  return card.rows.flatMap((row) =>
    Array.from({ length: Math.max(row.shape.inputs.length, row.shape.outputs.length) }, (_port, index) => row.top + portOffset(index)),
  );
}

function boxOf(node: Node): Box {
  return { x: node.position.x, y: node.position.y, width: node.width ?? 0, height: node.height ?? 0 };
}

function ghost(designer: Designer, id: string, box: Box, shift: Point): Ghost {
  const card = designer.view.getState().projection.cardOf.get(id);
  const label =
    card?.kind === 'nodes'
      ? nodeLabel(card.rows[0].node, currentLanguage())
      : card?.kind === 'group'
        ? card.group.label
        : i18next.t('gesture.copy');
  return { id, ...box, x: box.x + shift.x, y: box.y + shift.y, label };
}

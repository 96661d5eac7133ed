/**
 * From the document to what is drawn: one card per node or stack, one line per edge that is not inside a stack. Cards keep
 * their identity while nothing of theirs changed, so that an edit repaints one card and not five hundred.
 */

import type { OutputRole } from '../../engine/spec/define-node.ts';
import type { EdgeSpec, NodeSpec, PipelineDocument, Point } from '../../engine/spec/document.ts';
import type { NodeShape } from '../document/definitions.ts';
import { nodeShape } from '../document/definitions.ts';
import type { Box } from './geometry.ts';
import { CARD_WIDTH, FOOT_HEIGHT, portOffset, rowHeight } from './geometry.ts';

export interface CardRow {
  readonly node: NodeSpec;
  readonly shape: NodeShape;
  /** From the card's top. */
  readonly top: number;
  readonly height: number;
}

export interface Card {
  /** Id of its first node. */
  readonly id: string;
  readonly rows: readonly CardRow[];
  readonly position: Point;
  /** Without the foot. */
  readonly height: number;
}

export interface Line {
  readonly id: string;
  readonly spec: EdgeSpec;
  readonly fromCard: string;
  readonly toCard: string;
  /** From the cards' top left corners. */
  readonly startOffset: Point;
  readonly endOffset: Point;
  readonly role: OutputRole;
}

export interface Projection {
  readonly cards: readonly Card[];
  readonly lines: readonly Line[];
  readonly cardOf: ReadonlyMap<string, Card>;
}

export const EMPTY_PROJECTION: Projection = { cards: [], lines: [], cardOf: new Map() };

const ORIGIN: Point = { x: 0, y: 0 };

export function project(document: PipelineDocument, previous: Projection): Projection {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const stackOf = new Map<string, readonly string[]>();
  for (const stack of document.drawing.stacks ?? []) {
    const present = stack.filter((id) => nodes.has(id));
    if (present.length > 1) for (const id of present) stackOf.set(id, present);
  }
  const cards: Card[] = [];
  const cardOf = new Map<string, Card>();
  for (const node of document.nodes) {
    const stack = stackOf.get(node.id);
    if (stack !== undefined && stack[0] !== node.id) continue;
    const members = (stack ?? [node.id]).map((id) => nodes.get(id)).filter((member) => member !== undefined);
    const card = buildCard(members, document.drawing.positions[node.id] ?? ORIGIN, previous.cardOf.get(node.id));
    cards.push(card);
    for (const member of members) cardOf.set(member.id, card);
  }
  return { cards, cardOf, lines: buildLines(document, cardOf, previous) };
}

export function cardBox(card: Card, live: boolean): Box {
  return { x: card.position.x, y: card.position.y, width: CARD_WIDTH, height: card.height + (live ? FOOT_HEIGHT : 0) };
}

export function portKey(node: string, port: string): string {
  return `${node}/${port}`;
}

/** Where a port's centre is on its card. */
export function portPoint(card: Card, nodeId: string, port: string, side: 'in' | 'out'): Point | null {
  const row = card.rows.find((candidate) => candidate.node.id === nodeId);
  if (row === undefined) return null;
  const ports = side === 'in' ? row.shape.inputs : row.shape.outputs;
  const index = ports.findIndex((candidate) => candidate.name === port);
  return { x: side === 'in' ? 0 : CARD_WIDTH, y: row.top + portOffset(Math.max(0, index)) };
}

function buildCard(members: readonly NodeSpec[], position: Point, previous: Card | undefined): Card {
  const same =
    previous !== undefined &&
    previous.rows.length === members.length &&
    previous.position.x === position.x &&
    previous.position.y === position.y &&
    members.every((member, index) => previous.rows[index].node === member);
  if (same) return previous;
  let top = 0;
  const rows = members.map((node): CardRow => {
    const shape = nodeShape(node);
    const height = rowHeight(shape.inputs.length, shape.outputs.length);
    const row = { node, shape, top, height };
    top += height;
    return row;
  });
  return { id: members[0].id, rows, position, height: top };
}

function buildLines(document: PipelineDocument, cardOf: ReadonlyMap<string, Card>, previous: Projection): Line[] {
  const before = new Map(previous.lines.map((line) => [line.id, line]));
  const lines: Line[] = [];
  for (const spec of document.edges) {
    const from = cardOf.get(spec.from.node);
    const to = cardOf.get(spec.to.node);
    if (from === undefined || to === undefined || from === to) continue;
    const startOffset = portPoint(from, spec.from.node, spec.from.port, 'out');
    const endOffset = portPoint(to, spec.to.node, spec.to.port, 'in');
    if (startOffset === null || endOffset === null) continue;
    const role =
      from.rows.find((row) => row.node.id === spec.from.node)?.shape.outputs.find((port) => port.name === spec.from.port)?.role ?? 'main';
    const old = before.get(spec.id);
    const unchanged =
      old !== undefined &&
      old.spec === spec &&
      old.fromCard === from.id &&
      old.toCard === to.id &&
      old.role === role &&
      old.startOffset.y === startOffset.y &&
      old.endOffset.y === endOffset.y;
    lines.push(unchanged ? old : { id: spec.id, spec, fromCard: from.id, toCard: to.id, startOffset, endOffset, role });
  }
  return lines;
}

/**
 * From the document and the open group to what is drawn: cards for nodes, stacks, collapsed groups, border pills and notes,
 * and one line per edge between them. Cards keep their identity while nothing of theirs changed, so that an edit repaints
 * one card and not five hundred.
 */

import type { EdgeSpec, NodeSpec, NoteSpec, PipelineDocument, Point, PortReference } from '../../engine/spec/document.ts';
import { nodeShape } from '../document/definitions.ts';
import type { GroupIndex } from '../document/group-index.ts';
import { groupIndex } from '../document/group-index.ts';
import type { Stack } from '../document/stacks.ts';
import { drawnStacks } from '../document/stacks.ts';
import type { ProjectionInput } from './border.ts';
import { ORIGIN, pillId, roleOf } from './border.ts';
import type { Card, CardRow, Line, NodesCard, NoteCard, Projection } from './card.ts';
import type { Box } from './geometry.ts';
import { CARD_WIDTH, FOOT_HEIGHT, portOffset, rowHeight } from './geometry.ts';
import { portKey } from './port-key.ts';
import { projectGroups } from './project-groups.ts';
import { projectPills } from './project-pills.ts';

export type { BorderPort, Card, CardRow, GroupCard, Line, NodesCard, NoteCard, PillCard, Projection } from './card.ts';
export { portKey } from './port-key.ts';

export const EMPTY_PROJECTION: Projection = { openGroup: null, cards: [], lines: [], cardOf: new Map() };

export function project(document: PipelineDocument, openGroup: string | null, previous: Projection): Projection {
  const groups = groupIndex(document);
  const open = openGroup !== null && groups.get(openGroup) !== null ? openGroup : null;
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const input: ProjectionInput = { document, groups, open, nodes, previous };
  const cardOf = new Map<string, Card>();
  const cards: Card[] = [];
  const keep = (card: Card) => {
    cards.push(card);
    cardOf.set(card.id, card);
  };
  for (const card of nodesCards(input)) {
    keep(card);
    for (const row of card.rows) cardOf.set(row.node.id, card);
  }
  for (const card of projectGroups(input)) {
    keep(card);
    for (const node of card.members) cardOf.set(node.id, card);
  }
  if (open !== null) for (const card of projectPills(input, cards)) keep(card);
  for (const note of document.drawing.notes ?? []) if (noteGroup(note, groups) === open) keep(noteCard(note, previous));
  return { openGroup: open, cards, cardOf, lines: buildLines(input, cardOf) };
}

export function cardBox(card: Card, live: boolean): Box {
  const foot = live && (card.kind === 'nodes' || card.kind === 'group') ? FOOT_HEIGHT : 0;
  return { x: card.position.x, y: card.position.y, width: card.width, height: card.height + foot };
}

/** Where a port's centre is on its card. */
export function portPoint(card: Card, end: PortReference, side: 'in' | 'out'): { readonly point: Point; readonly handle: string } | null {
  const left = side === 'in' ? 0 : card.width;
  if (card.kind === 'note') return null;
  if (card.kind === 'nodes') {
    const row = card.rows.find((candidate) => candidate.node.id === end.node);
    if (row === undefined) return null;
    const ports = side === 'in' ? row.shape.inputs : row.shape.outputs;
    const index = ports.findIndex((candidate) => candidate.name === end.port);
    return { point: { x: left, y: row.top + portOffset(Math.max(0, index)) }, handle: portKey(end.node, end.port) };
  }
  const ports = card.kind === 'pill' ? [card.port] : side === 'in' ? card.inputs : card.outputs;
  const index = ports.findIndex((port) => port.edges.some((edge) => samePort(side === 'in' ? edge.to : edge.from, end)));
  if (index < 0) return null;
  return { point: { x: left, y: portOffset(index) }, handle: ports[index].key };
}

/** Cards of the open group's own nodes, in the document's order. */
function nodesCards(input: ProjectionInput): NodesCard[] {
  const { document, groups, open, nodes, previous } = input;
  const stacks = drawnStacks(document);
  const outgoing = stacks.size === 0 ? null : countEnds(document.edges);
  const cards: NodesCard[] = [];
  for (const node of document.nodes) {
    if (groups.groupOf(node.id) !== open) continue;
    const stack = stacks.get(node.id) ?? null;
    if (stack !== null && stack.nodes[0] !== node.id) continue;
    const members = (stack?.nodes ?? [node.id]).map((id) => nodes.get(id)).filter((member) => member !== undefined);
    const position = document.drawing.positions[node.id] ?? strayPosition(document, stack);
    const old = previous.cardOf.get(node.id);
    const hidden = stack === null || outgoing === null ? null : hiddenPorts(stack, outgoing);
    cards.push(buildCard(members, position, hidden, old?.kind === 'nodes' && old.id === node.id ? old : undefined));
  }
  return cards;
}

/** A stack that fell apart leaves a head without a place of its own: below the one it was stacked on. */
function strayPosition(document: PipelineDocument, stack: Stack | null): Point {
  const head = stack?.nodes[0];
  const whole = document.drawing.stacks?.find((candidate) => head !== undefined && candidate.includes(head));
  return (whole === undefined ? undefined : document.drawing.positions[whole[0]]) ?? ORIGIN;
}

/** Edges by port, as `in node/port` and `out node/port`. */
function countEnds(edges: readonly EdgeSpec[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const edge of edges) {
    for (const key of [`out ${portKey(edge.from.node, edge.from.port)}`, `in ${portKey(edge.to.node, edge.to.port)}`])
      counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

type HiddenPorts = readonly { readonly input: string | null; readonly output: string | null }[];

function hiddenPorts(stack: Stack, counts: ReadonlyMap<string, number>): HiddenPorts {
  return stack.nodes.map((_node, index) => {
    const above = stack.joints[index - 1];
    const below = stack.joints[index];
    const onlyIn = above !== undefined && counts.get(`in ${portKey(above.to.node, above.to.port)}`) === 1;
    const onlyOut = below !== undefined && counts.get(`out ${portKey(below.from.node, below.from.port)}`) === 1;
    return { input: onlyIn ? above.to.port : null, output: onlyOut ? below.from.port : null };
  });
}

function buildCard(members: readonly NodeSpec[], position: Point, hidden: HiddenPorts | null, previous: NodesCard | undefined): NodesCard {
  const hides = (index: number) => hidden?.[index] ?? { input: null, output: null };
  const same =
    previous !== undefined &&
    previous.rows.length === members.length &&
    previous.position.x === position.x &&
    previous.position.y === position.y &&
    members.every((member, index) => {
      const row = previous.rows[index];
      return row.node === member && row.hiddenInput === hides(index).input && row.hiddenOutput === hides(index).output;
    });
  if (same) return previous;
  let top = 0;
  const rows = members.map((node, index): CardRow => {
    const shape = nodeShape(node);
    const height = rowHeight(shape.inputs.length, shape.outputs.length);
    const row = { node, shape, top, height, hiddenInput: hides(index).input, hiddenOutput: hides(index).output };
    top += height;
    return row;
  });
  return { kind: 'nodes', id: members[0].id, rows, position, width: CARD_WIDTH, height: top };
}

/** Where a note is drawn: notes of a group that is gone come up to the top level. */
function noteGroup(note: NoteSpec, groups: GroupIndex): string | null {
  return note.group !== undefined && groups.get(note.group) !== null ? note.group : null;
}

function noteCard(note: NoteSpec, previous: Projection): NoteCard {
  const old = previous.cardOf.get(note.id);
  if (old?.kind === 'note' && old.note === note) return old;
  return { kind: 'note', id: note.id, rows: [], note, position: { x: note.x, y: note.y }, width: note.width, height: note.height };
}

function buildLines(input: ProjectionInput, cardOf: ReadonlyMap<string, Card>): Line[] {
  const before = new Map(input.previous.lines.map((line) => [line.id, line]));
  const drafts = new Map<string, { line: Line; edges: EdgeSpec[] }>();
  const lines: Line[] = [];
  for (const spec of input.document.edges) {
    const from = lineEnd(input, cardOf, spec, 'out');
    const to = lineEnd(input, cardOf, spec, 'in');
    if (from === null || to === null || from.card === to.card) continue;
    const role = roleOf(input, spec.from);
    const single = from.card.kind === 'nodes' && to.card.kind === 'nodes';
    const key = single ? spec.id : `${from.card.id} ${from.handle} ${to.card.id} ${to.handle}`;
    const draft = drafts.get(key);
    if (draft !== undefined) {
      draft.edges.push(spec);
      continue;
    }
    const edges = [spec];
    const line: Line = {
      id: spec.id,
      spec,
      edges,
      fromCard: from.card.id,
      toCard: to.card.id,
      fromHandle: from.handle,
      toHandle: to.handle,
      startOffset: from.point,
      endOffset: to.point,
      role,
    };
    drafts.set(key, { line, edges });
    lines.push(line);
  }
  return lines.map((line) => {
    const old = before.get(line.id);
    return old !== undefined && sameLine(old, line) ? old : line;
  });
}

interface LineEnd {
  readonly card: Card;
  readonly point: Point;
  readonly handle: string;
}

/** An end outside the open group is at its pill. */
function lineEnd(input: ProjectionInput, cardOf: ReadonlyMap<string, Card>, edge: EdgeSpec, side: 'in' | 'out'): LineEnd | null {
  const end = side === 'in' ? edge.to : edge.from;
  const other = side === 'in' ? edge.from : edge.to;
  const shown = input.groups.shownAs(end.node, input.open);
  if (shown === null && input.groups.shownAs(other.node, input.open) === null) return null;
  const card = shown === null ? cardOf.get(pillId(side, edge.from)) : cardOf.get(end.node);
  if (card === undefined) return null;
  const place = portPoint(card, end, side);
  return place === null ? null : { card, ...place };
}

function sameLine(a: Line, b: Line): boolean {
  return (
    a.spec === b.spec &&
    a.fromCard === b.fromCard &&
    a.toCard === b.toCard &&
    a.fromHandle === b.fromHandle &&
    a.toHandle === b.toHandle &&
    a.role === b.role &&
    a.startOffset.x === b.startOffset.x &&
    a.startOffset.y === b.startOffset.y &&
    a.endOffset.x === b.endOffset.x &&
    a.endOffset.y === b.endOffset.y &&
    a.edges.length === b.edges.length &&
    a.edges.every((edge, index) => edge === b.edges[index])
  );
}

function samePort(a: PortReference, b: PortReference): boolean {
  return a.node === b.node && a.port === b.port;
}

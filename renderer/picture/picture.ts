/**
 * A still picture of a drawing: boxes, curves and words of one level, by the same arithmetic as the canvas. Thumbnails, image
 * exports and comparisons are drawn from it; no DOM, no React Flow.
 */
import type { NodeCategory, OutputRole } from '../../engine/spec/define-node.ts';
import type { GroupSpec, NodeSpec, NoteSpec, PipelineDocument, Point } from '../../engine/spec/document.ts';
import type { Language } from '../../engine/spec/text.ts';
import type { Box, Curve } from '../canvas/geometry.ts';
import { boundsOf, CARD_WIDTH, curveBounds, edgeCurve, portOffset, ROW_HEIGHT, rowHeight } from '../canvas/geometry.ts';
import { describeNode, nodeLabel, nodeShape } from '../document/definitions.ts';

export interface PictureRow {
  /** Node id, or the group's id on a group's card. */
  readonly id: string;
  readonly type: string;
  readonly category: NodeCategory;
  readonly icon: string;
  readonly label: string;
  readonly summary: string;
  readonly off: boolean;
  /** From the card's top. */
  readonly top: number;
  readonly height: number;
}

export interface PictureCard {
  readonly id: string;
  readonly box: Box;
  readonly rows: readonly PictureRow[];
  /** The nodes it stands for: those of its rows, or everything inside a collapsed group. */
  readonly nodeIds: ReadonlySet<string>;
  readonly isGroup: boolean;
}

export interface PictureLine {
  readonly id: string;
  readonly curve: Curve;
  readonly role: OutputRole;
  readonly fromCard: string;
  readonly toCard: string;
}

export interface Picture {
  readonly cards: readonly PictureCard[];
  readonly lines: readonly PictureLine[];
  readonly notes: readonly NoteSpec[];
  /** Null when there is nothing to see. */
  readonly bounds: Box | null;
}

const ORIGIN: Point = { x: 0, y: 0 };

/** The group that directly holds each node; top-level nodes are absent. */
export function groupOfNodes(document: PipelineDocument): ReadonlyMap<string, string> {
  return new Map((document.drawing.groups ?? []).flatMap((group) => group.members.map((member) => [member, group.id] as const)));
}

/** `level` is the group whose inside is shown, null the top. */
export function pictureOf(document: PipelineDocument, level: string | null, language: Language): Picture {
  const cards = [...nodeCards(document, level, language), ...groupCards(document, level, language)];
  const lines = buildLines(document, cards);
  const notes = (document.drawing.notes ?? []).filter((note) => (note.group ?? null) === level);
  const boxes = [...cards.map((card) => card.box), ...notes, ...lines.map((line) => curveBounds(line.curve))];
  return { cards, lines, notes, bounds: boundsOf(boxes) };
}

function nodeCards(document: PipelineDocument, level: string | null, language: Language): PictureCard[] {
  const groupOf = groupOfNodes(document);
  const here = new Map(document.nodes.filter((node) => (groupOf.get(node.id) ?? null) === level).map((node) => [node.id, node]));
  const stackOf = new Map<string, readonly string[]>();
  for (const stack of document.drawing.stacks ?? []) {
    const present = stack.filter((id) => here.has(id));
    if (present.length > 1) for (const id of present) stackOf.set(id, present);
  }
  const cards: PictureCard[] = [];
  for (const node of here.values()) {
    const stack = stackOf.get(node.id) ?? [node.id];
    if (stack[0] !== node.id) continue;
    const members = stack.flatMap((id) => here.get(id) ?? []);
    cards.push(nodeCard(members, document.drawing.positions[node.id] ?? ORIGIN, language));
  }
  return cards;
}

function nodeCard(members: readonly NodeSpec[], position: Point, language: Language): PictureCard {
  let top = 0;
  const rows = members.map((node): PictureRow => {
    const shape = nodeShape(node);
    const height = rowHeight(shape.inputs.length, shape.outputs.length);
    const row = {
      id: node.id,
      type: node.type,
      category: shape.category,
      icon: shape.icon,
      label: nodeLabel(node, language),
      summary: describeNode(node, language),
      off: node.disabled === true,
      top,
      height,
    };
    top += height;
    return row;
  });
  return {
    id: members[0].id,
    box: { ...position, width: CARD_WIDTH, height: top },
    rows,
    nodeIds: new Set(members.map((node) => node.id)),
    isGroup: false,
  };
}

/** A collapsed group: one card that carries the icon of its first node and the names of what is inside. */
function groupCards(document: PipelineDocument, level: string | null, language: Language): PictureCard[] {
  const groups = document.drawing.groups ?? [];
  return groups
    .filter((group) => (group.parent ?? null) === level)
    .flatMap((group): PictureCard[] => {
      const inside = membersOf(group, groups);
      const nodes = document.nodes.filter((node) => inside.has(node.id));
      if (nodes.length === 0) return [];
      const row: PictureRow = {
        id: group.id,
        type: nodes[0].type,
        category: nodeShape(nodes[0]).category,
        icon: nodeShape(nodes[0]).icon,
        label: group.label,
        summary: nodes.map((node) => nodeLabel(node, language)).join(', '),
        off: false,
        top: 0,
        height: ROW_HEIGHT,
      };
      const position = document.drawing.positions[group.id] ?? ORIGIN;
      return [{ id: group.id, box: { ...position, width: CARD_WIDTH, height: ROW_HEIGHT }, rows: [row], nodeIds: inside, isGroup: true }];
    });
}

/** Everything inside, nested groups included; a group that is its own ancestor is walked once. */
function membersOf(group: GroupSpec, groups: readonly GroupSpec[]): ReadonlySet<string> {
  const members = new Set<string>();
  const seen = new Set<string>();
  const pending = [group];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { id } = next;
    if (seen.has(id)) continue;
    seen.add(id);
    for (const member of next.members) members.add(member);
    pending.push(...groups.filter((candidate) => candidate.parent === id));
  }
  return members;
}

/** Edges between two cards of this level; those inside a stack or a collapsed group are not drawn. */
function buildLines(document: PipelineDocument, cards: readonly PictureCard[]): PictureLine[] {
  const cardOf = new Map<string, PictureCard>();
  for (const card of cards) for (const id of card.nodeIds) cardOf.set(id, card);
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  return document.edges.flatMap((edge): PictureLine[] => {
    const from = cardOf.get(edge.from.node);
    const to = cardOf.get(edge.to.node);
    const source = nodes.get(edge.from.node);
    if (from === undefined || to === undefined || from === to || source === undefined) return [];
    const start = { x: from.box.x + from.box.width, y: from.box.y + portTop(from, nodes, edge.from.node, edge.from.port, 'out') };
    const end = { x: to.box.x, y: to.box.y + portTop(to, nodes, edge.to.node, edge.to.port, 'in') };
    const role = nodeShape(source).outputs.find((port) => port.name === edge.from.port)?.role ?? 'main';
    return [{ id: edge.id, curve: edgeCurve(start, end), role, fromCard: from.id, toCard: to.id }];
  });
}

function portTop(card: PictureCard, nodes: ReadonlyMap<string, NodeSpec>, nodeId: string, port: string, side: 'in' | 'out'): number {
  const row = card.rows.find((candidate) => candidate.id === nodeId);
  const node = nodes.get(nodeId);
  if (row === undefined || node === undefined) return portOffset(0);
  const shape = nodeShape(node);
  const ports: readonly { readonly name: string }[] = side === 'in' ? shape.inputs : shape.outputs;
  return (
    row.top +
    portOffset(
      Math.max(
        0,
        ports.findIndex((candidate) => candidate.name === port),
      ),
    )
  );
}

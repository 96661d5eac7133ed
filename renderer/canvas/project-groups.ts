/** Cards of collapsed groups: their members, and a port for each stream of rows that crosses their border. */
import type { ProjectionInput, Streams } from './border.ts';
import { addToStream, borderPorts, ORIGIN, samePorts } from './border.ts';
import type { GroupCard } from './card.ts';
import { CARD_WIDTH, rowHeight } from './geometry.ts';

export function projectGroups(input: ProjectionInput): GroupCard[] {
  const { groups, open, nodes } = input;
  // An id that a node has too would name two cards.
  const children = groups.childrenOf(open).filter((group) => !nodes.has(group.id));
  if (children.length === 0) return [];
  const incoming = new Map<string, Streams>();
  const outgoing = new Map<string, Streams>();
  const add = (side: Map<string, Streams>, group: string, edge: (typeof input.document.edges)[number]) => {
    const streams = side.get(group) ?? new Map();
    side.set(group, streams);
    addToStream(streams, edge);
  };
  for (const edge of input.document.edges) {
    const from = groups.shownAs(edge.from.node, open);
    const to = groups.shownAs(edge.to.node, open);
    if (from === to) continue;
    if (from !== null && from !== edge.from.node) add(outgoing, from, edge);
    if (to !== null && to !== edge.to.node) add(incoming, to, edge);
  }
  return children.map((group) => {
    const members = groups
      .allMembers(group.id)
      .map((id) => nodes.get(id))
      .filter((node) => node !== undefined);
    const inputs = borderPorts(input, incoming.get(group.id), 'to');
    const outputs = borderPorts(input, outgoing.get(group.id), 'from');
    const position = input.document.drawing.positions[group.id] ?? ORIGIN;
    const height = rowHeight(inputs.length, outputs.length);
    const card: GroupCard = { kind: 'group', id: group.id, rows: [], group, members, inputs, outputs, position, width: CARD_WIDTH, height };
    const old = input.previous.cardOf.get(group.id);
    return old?.kind === 'group' && same(old, card) ? old : card;
  });
}

function same(a: GroupCard, b: GroupCard): boolean {
  return (
    a.group === b.group &&
    a.position.x === b.position.x &&
    a.position.y === b.position.y &&
    a.members.length === b.members.length &&
    a.members.every((member, index) => member === b.members[index]) &&
    samePorts(a.inputs, b.inputs) &&
    samePorts(a.outputs, b.outputs)
  );
}

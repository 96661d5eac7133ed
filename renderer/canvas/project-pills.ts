/** The pills of the open group: one for each stream that comes in over its border, one for each that goes out. View only. */
import type { EdgeSpec, GroupSpec, Point } from '../../engine/spec/document.ts';
import type { ProjectionInput, Streams } from './border.ts';
import { addToStream, borderPorts, ORIGIN, pillId, sameBorderPort } from './border.ts';
import type { BorderPort, Card, PillCard } from './card.ts';
import { boundsOf, PILL_WIDTH, ROW_HEIGHT } from './geometry.ts';

/** Between a pill nobody has placed yet and the cards it stands beside, and between two of them. */
const PILL_GAP = 90;
const PILL_STEP = 72;

/** `cards` are those of the open group, next to which pills find their first place. */
export function projectPills(input: ProjectionInput, cards: readonly Card[]): PillCard[] {
  const { groups, open, document } = input;
  const group = open === null ? null : groups.get(open);
  if (group === null) return [];
  const incoming: Streams = new Map();
  const outgoing: Streams = new Map();
  for (const edge of document.edges) {
    const from = groups.shownAs(edge.from.node, open);
    const to = groups.shownAs(edge.to.node, open);
    if (from === null && to !== null) addToStream(incoming, edge);
    if (from !== null && to === null) addToStream(outgoing, edge);
  }
  const bounds = boundsOf(cards.map((card) => ({ ...card.position, width: card.width, height: card.height })));
  const middle = bounds === null ? ORIGIN : { x: bounds.x, y: bounds.y + bounds.height / 2 };
  const side = (streams: Streams, which: 'in' | 'out') => {
    const ports = borderPorts(input, streams, which === 'in' ? 'from' : 'to');
    const x = which === 'in' ? middle.x - PILL_GAP - PILL_WIDTH : middle.x + (bounds?.width ?? 0) + PILL_GAP;
    const top = middle.y - ((ports.length - 1) * PILL_STEP + ROW_HEIGHT) / 2;
    return ports.map((port, index) => {
      const position = placed(group, port) ?? { x: Math.round(x), y: Math.round(top + index * PILL_STEP) };
      return buildPill(input, port, which, ports.length === 1, position);
    });
  };
  return [...side(incoming, 'in'), ...side(outgoing, 'out')];
}

function buildPill(input: ProjectionInput, port: BorderPort, side: 'in' | 'out', alone: boolean, position: Point): PillCard {
  const id = pillId(side === 'in' ? 'out' : 'in', port.from);
  const old = input.previous.cardOf.get(id);
  const unchanged =
    old?.kind === 'pill' &&
    old.alone === alone &&
    old.position.x === position.x &&
    old.position.y === position.y &&
    sameBorderPort(old.port, port);
  return unchanged ? old : { kind: 'pill', id, rows: [], side, port, alone, position, width: PILL_WIDTH, height: ROW_HEIGHT };
}

/** Any of the stream's edges may carry the place; a file may say anything, so it is looked at. */
function placed(group: GroupSpec, port: BorderPort): Point | null {
  for (const edge of port.edges as readonly EdgeSpec[]) {
    const point = group.pills?.[edge.id];
    if (typeof point?.x === 'number' && typeof point.y === 'number') return point;
  }
  return null;
}

/** Two versions laid over each other as one drawing: the later one, with what was removed put back where it stood. Pure. */
import type { PipelineDocument, Point } from '../../engine/spec/document.ts';
import { CARD_WIDTH, ROW_HEIGHT, snap } from '../canvas/geometry.ts';
import { groupOfNodes } from '../picture/picture.ts';
import type { Difference } from './differences.ts';

const STEP = 74;
const TRIES_MAX = 40;

export function mergeVersions(before: PipelineDocument, after: PipelineDocument, differences: readonly Difference[]): PipelineDocument {
  const removedNodes = differences.flatMap(({ change, subject }) =>
    change === 'removed' && subject.kind === 'node' ? [subject.node] : [],
  );
  const removedEdges = differences.flatMap(({ change, subject }) =>
    change === 'removed' && subject.kind === 'edge' ? [subject.edge] : [],
  );
  if (removedNodes.length + removedEdges.length === 0) return after;
  const positions: Record<string, Point> = { ...after.drawing.positions };
  for (const node of removedNodes) positions[node.id] = freePlace(Object.values(positions), placeBefore(before, node.id));
  const groupBefore = groupOfNodes(before);
  const groups = after.drawing.groups?.map((group) => ({
    ...group,
    members: [...group.members, ...removedNodes.filter((node) => groupBefore.get(node.id) === group.id).map((node) => node.id)],
  }));
  const taken = new Set(after.edges.map((edge) => edge.id));
  return {
    ...after,
    nodes: [...after.nodes, ...removedNodes],
    edges: [...after.edges, ...removedEdges.map((edge) => (taken.has(edge.id) ? { ...edge, id: `${edge.id} removed` } : edge))],
    drawing: { ...after.drawing, positions, ...(groups === undefined ? {} : { groups }) },
  };
}

/** The drawing's name of an edge that a difference is about. */
export function drawnEdgeId({ change, subject }: Difference, after: PipelineDocument): string | null {
  if (subject.kind !== 'edge') return null;
  const { id } = subject.edge;
  return change === 'removed' && after.edges.some((edge) => edge.id === id) ? `${id} removed` : id;
}

/** A node inside a stack stands below the first of it. */
function placeBefore({ drawing }: PipelineDocument, id: string): Point {
  const stack = drawing.stacks?.find((members) => members.includes(id));
  const at = drawing.positions[stack?.[0] ?? id] ?? { x: 0, y: 0 };
  return { x: at.x, y: at.y + Math.max(0, stack?.indexOf(id) ?? 0) * ROW_HEIGHT };
}

function freePlace(taken: readonly Point[], wanted: Point): Point {
  let place = wanted;
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const { x, y } = place;
    if (!taken.some((point) => Math.abs(point.x - x) < CARD_WIDTH && Math.abs(point.y - y) < ROW_HEIGHT)) return place;
    place = { x, y: snap(y + STEP) };
  }
  return place;
}

/**
 * Lays boxes out from left to right with dagre. The order inside each rank is the one people see now, top to bottom, so a graph
 * that is laid out already stays as it is, and a new node moves nothing past its neighbours. Pure: run in a worker.
 */
import { Graph, layout } from '@dagrejs/dagre';

export interface LayoutBox {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly x: number;
  readonly y: number;
}

export interface LayoutRequest {
  readonly boxes: readonly LayoutBox[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
  /** Boxes that stay and must not be covered. */
  readonly fixed: readonly Omit<LayoutBox, 'id'>[];
}

export interface LayoutAnswer {
  readonly places: readonly { readonly id: string; readonly x: number; readonly y: number }[];
}

const COLUMN_GAP = 90;
const ROW_GAP = 18;
const GRID = 9;
const TRIES_MAX = 400;

export function layOut({ boxes, edges, fixed }: LayoutRequest): LayoutAnswer {
  if (boxes.length === 0) return { places: [] };
  return { places: clearOf(layOutBoxes(boxes, edges), fixed).map(({ id, x, y }) => ({ id, x, y })) };
}

function layOutBoxes(boxes: readonly LayoutBox[], edges: LayoutRequest['edges']): readonly LayoutBox[] {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', ranksep: COLUMN_GAP, nodesep: ROW_GAP });
  graph.setDefaultEdgeLabel(() => ({}));
  const own = new Map(boxes.map((box) => [box.id, box]));
  // By name and not by place, so that ranks do not depend on where cards stand.
  for (const box of [...boxes].sort((a, b) => (a.id < b.id ? -1 : 1))) graph.setNode(box.id, { width: box.width, height: box.height });
  const wires = edges.filter((edge) => own.has(edge.from) && own.has(edge.to) && edge.from !== edge.to);
  for (const [index, edge] of [...wires].sort((a, b) => (`${a.from} ${a.to}` < `${b.from} ${b.to}` ? -1 : 1)).entries())
    graph.setEdge(edge.from, edge.to, {}, String(index));
  layout(graph, { customOrder: (ranked: RankedGraph) => orderAsDrawn(ranked, own) } as Parameters<typeof layout>[1]);
  const placed = boxes.map((box): LayoutBox => {
    const { x, y } = graph.node(box.id) as { x: number; y: number };
    return { ...box, x: x - box.width / 2, y: y - box.height / 2 };
  });
  // The corner comes onto the grid first: rounding each sum would depend on where the corner was.
  const corner = { x: snap(Math.min(...boxes.map((box) => box.x))), y: snap(Math.min(...boxes.map((box) => box.y))) };
  const left = Math.min(...placed.map((box) => box.x));
  const top = Math.min(...placed.map((box) => box.y));
  return placed.map((box) => ({ ...box, x: corner.x + snap(box.x - left), y: corner.y + snap(box.y - top) }));
}

interface RankedGraph {
  nodes(): string[];
  node(id: string): { rank?: number; order?: number; dummy?: string; edgeObj?: { v: string; w: string; name?: string } };
}

/**
 * Boxes by their height on the canvas. Bends of long edges stand between them by the shares of their rank that the edge's ends
 * have, and not by heights: so the whole order follows from the order of the boxes, which a layout keeps.
 */
function orderAsDrawn(graph: RankedGraph, own: ReadonlyMap<string, LayoutBox>): void {
  const ranks = new Map<number, string[]>();
  for (const id of graph.nodes()) {
    const { rank } = graph.node(id);
    if (rank !== undefined) ranks.set(rank, [...(ranks.get(rank) ?? []), id]);
  }
  const share = new Map<string, number>();
  for (const rank of ranks.values()) {
    const boxes = rank
      .flatMap((id) => own.get(id) ?? [])
      .sort((a, b) => a.y + a.height / 2 - (b.y + b.height / 2) || (a.id < b.id ? -1 : 1));
    for (const [index, box] of boxes.entries()) share.set(box.id, (index + 0.5) / boxes.length);
  }
  const endRank = (id: string | undefined) => (id === undefined ? 0 : (graph.node(id).rank ?? 0));
  const shareOf = (id: string): number => {
    const known = share.get(id);
    if (known !== undefined) return known;
    const { rank = 0, edgeObj } = graph.node(id);
    const from = share.get(edgeObj?.v ?? '') ?? 0;
    const to = share.get(edgeObj?.w ?? '') ?? 0;
    const length = endRank(edgeObj?.w) - endRank(edgeObj?.v);
    return length === 0 ? from : from + ((to - from) * (rank - endRank(edgeObj?.v))) / length;
  };
  // The names that dagre makes up differ from run to run.
  const nameOf = (id: string): string => {
    const { edgeObj } = graph.node(id);
    return own.has(id) || edgeObj === undefined ? id : `${edgeObj.v} ${edgeObj.w} ${edgeObj.name ?? ''}`;
  };
  for (const rank of ranks.values()) {
    const ordered = rank
      .map((id) => ({ id, name: nameOf(id), share: shareOf(id) }))
      .sort((a, b) => a.share - b.share || (a.name < b.name ? -1 : 1));
    for (const [order, { id }] of ordered.entries()) graph.node(id).order = order;
  }
}

/** Moved down as a whole until nothing that stays is covered. */
function clearOf(boxes: readonly LayoutBox[], fixed: readonly Omit<LayoutBox, 'id'>[]): readonly LayoutBox[] {
  let down = 0;
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    let push = 0;
    for (const box of boxes) {
      for (const other of fixed) {
        const across = box.x < other.x + other.width && other.x < box.x + box.width;
        const along = box.y + down < other.y + other.height && other.y < box.y + down + box.height;
        if (across && along) push = Math.max(push, other.y + other.height + ROW_GAP - (box.y + down));
      }
    }
    if (push === 0) break;
    down += Math.ceil(push / GRID) * GRID;
  }
  return down === 0 ? boxes : boxes.map((box) => ({ ...box, y: box.y + down }));
}

function snap(value: number): number {
  return Math.round(value / GRID) * GRID;
}

/** Worker: lays a graph out from left to right with dagre, keeping the order that people gave to each rank. */
import { Graph, layout } from '@dagrejs/dagre';

export interface LayoutRequest {
  readonly boxes: readonly {
    readonly id: string;
    readonly width: number;
    readonly height: number;
    readonly x: number;
    readonly y: number;
  }[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

export interface LayoutAnswer {
  readonly places: readonly { readonly id: string; readonly x: number; readonly y: number }[];
}

const COLUMN_GAP = 90;
const ROW_GAP = 18;

self.onmessage = (event: MessageEvent<LayoutRequest>) => {
  self.postMessage(layOut(event.data));
};

function layOut({ boxes, edges }: LayoutRequest): LayoutAnswer {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', ranksep: COLUMN_GAP, nodesep: ROW_GAP });
  graph.setDefaultEdgeLabel(() => ({}));
  // Dagre keeps the order of insertion where crossings allow, so people's top to bottom order stays.
  for (const box of [...boxes].sort((a, b) => a.y - b.y || a.x - b.x)) graph.setNode(box.id, { width: box.width, height: box.height });
  for (const [index, edge] of edges.entries()) graph.setEdge(edge.from, edge.to, {}, String(index));
  layout(graph);
  const placed = boxes.map((box) => {
    const { x, y } = graph.node(box.id) as { x: number; y: number };
    return { id: box.id, x: x - box.width / 2, y: y - box.height / 2 };
  });
  const left = Math.min(...placed.map((place) => place.x));
  const top = Math.min(...placed.map((place) => place.y));
  const oldLeft = Math.min(...boxes.map((box) => box.x));
  const oldTop = Math.min(...boxes.map((box) => box.y));
  return { places: placed.map((place) => ({ id: place.id, x: place.x - left + oldLeft, y: place.y - top + oldTop })) };
}

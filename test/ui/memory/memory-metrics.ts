/** Figures of a made-up run: steady rates that thin out along the graph, one busy node, a little lateness. */
import type { EdgeMetrics, NodeMetrics, RunMetrics, RunStatus } from '../../../engine/host/contract.ts';
import type { PipelineDocument } from '../../../engine/spec/document.ts';

const BASE_RATE = 12_400;

interface Shape {
  readonly text: string;
  readonly document: PipelineDocument;
  readonly depth: ReadonlyMap<string, number>;
}

/** Read once: the page that is looked at should not pay for its host. */
let known: Shape | null = null;

function shapeOf(text: string): Shape {
  if (known?.text === text) return known;
  const document = JSON.parse(text) as PipelineDocument;
  known = { text, document, depth: depths(document) };
  return known;
}

export function makeMetrics(text: string, status: RunStatus, sequence: number): RunMetrics {
  const { document, depth } = shapeOf(text);
  const atMs = Date.now();
  const uptimeMs = atMs - status.startedAtMs;
  const seconds = uptimeMs / 1000;
  const slowest = document.nodes.find((node) => node.type.includes('window'))?.id;
  const rowsAt = (id: string) => (BASE_RATE * seconds) / 4 ** Math.max(0, (depth.get(id) ?? 0) - 2);
  const fed = new Set(document.edges.filter((edge) => edge.from.node !== slowest).map((edge) => edge.to.node));
  const waiting = new Set(document.edges.filter((edge) => edge.to.node === slowest).map((edge) => edge.from.node));
  const nodes = document.nodes.map((node, index): NodeMetrics => {
    const before = fed.has(node.id);
    const held = waiting.has(node.id);
    const busy = node.id === slowest ? 0.94 : held ? 0.46 : 0.22;
    const pressed = held ? 0.38 : 0;
    return {
      nodeId: node.id,
      rowsIn: before || node.id !== slowest ? rowsAt(node.id) : 0,
      rowsOut: rowsAt(node.id) / (node.id === slowest ? 18 : 1),
      bytesIn: 0,
      bytesOut: 0,
      busyMs: uptimeMs * busy,
      idleMs: uptimeMs * (1 - busy - pressed),
      backPressuredMs: uptimeMs * pressed,
      lateRecords: node.id === slowest ? Math.floor(seconds * 6.4) : 0,
      partlyLateRecords: 0,
      behindRecords: node.id === slowest ? Math.floor(seconds * 9.1) : 0,
      badRecords: 0,
      stateBytes: node.id === slowest ? 41_000_000 : 0,
      stateKeys: node.id === slowest ? 41_208 : 0,
      watermark: atMs - 8200 - 100 * (depth.get(node.id) ?? 0),
      workMs: uptimeMs * busy,
      busiest: busy,
      mostPressed: pressed,
      task: index,
    };
  });
  const edges = document.edges.map((edge): EdgeMetrics => {
    const rows = edge.from.port === 'late' ? seconds * 6.4 : rowsAt(edge.to.node) / (edge.from.node === slowest ? 18 : 1);
    return { edgeId: edge.id, rows, bytes: rows * 80 };
  });
  return {
    runId: status.runId,
    sequence,
    atMs,
    uptimeMs,
    nodes,
    edges,
    fullestWorker: 0.94,
    checkpointsComplete: Math.floor(seconds / 2),
    checkpointsFailed: 0,
  };
}

export function makeRow(index: number): string {
  const cents = (index * 7919) % 500_000;
  return JSON.stringify({
    card_id: `5413${String((index * 104_729) % 10_000).padStart(4, '0')}`,
    country: ['DE', 'FR', 'JP'][index % 3],
    amount: cents / 100,
    tx_time: `2026-11-22 14:32:${String(index % 60).padStart(2, '0')}.412`,
  });
}

function depths(document: PipelineDocument): Map<string, number> {
  const depth = new Map<string, number>(document.nodes.map((node) => [node.id, 0]));
  for (let round = 0, settled = false; round < document.nodes.length && !settled; round++) {
    settled = true;
    for (const edge of document.edges) {
      const next = (depth.get(edge.from.node) ?? 0) + 1;
      if (next <= (depth.get(edge.to.node) ?? 0)) continue;
      depth.set(edge.to.node, next);
      settled = false;
    }
  }
  return depth;
}

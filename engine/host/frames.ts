/** The frames of the host contract: JSON for calls, results and events, one binary layout for metrics. */
import type { JsonValue } from '../base/json.ts';
import type { EdgeMetrics, ErrorMessage, NodeMetrics, RunMetrics } from './contract.ts';

/** Longest text frame either end accepts; a pipeline document of 8 MB fits with room. */
export const FRAME_BYTES_MAX = 16 * 1024 * 1024;

export type ClientFrame =
  | { readonly kind: 'call'; readonly id: number; readonly method: string; readonly params: JsonValue }
  | { readonly kind: 'listen'; readonly id: number; readonly event: string }
  | { readonly kind: 'unlisten'; readonly id: number };

export type ServerFrame =
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly error: ErrorMessage }
  | { readonly kind: 'event'; readonly id: number; readonly sequence: number; readonly value: unknown };

/** JSON has no Infinity, but the last watermark of a finished job is one: written as an object with this key. */
const INFINITY_KEY = '$number';
const INFINITIES: readonly (readonly [number, string])[] = [
  [Number.POSITIVE_INFINITY, 'Infinity'],
  [Number.NEGATIVE_INFINITY, '-Infinity'],
];

/** Replacers and revivers are called for every value, which costs more than all the rest: only where there is an infinity. */
export function printServerFrame(frame: ServerFrame): string {
  if (!holdsInfinity(frame)) return JSON.stringify(frame);
  return JSON.stringify(frame, (_key, value: unknown) => {
    const infinity = typeof value === 'number' ? INFINITIES.find(([number]) => number === value) : undefined;
    return infinity === undefined ? value : { [INFINITY_KEY]: infinity[1] };
  });
}

export function parseServerFrame(text: string): ServerFrame {
  if (!text.includes(INFINITY_KEY)) return JSON.parse(text);
  const frame: ServerFrame = JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null || !(INFINITY_KEY in value)) return value;
    return INFINITIES.find(([, name]) => name === value[INFINITY_KEY])?.[0] ?? value;
  });
  return frame;
}

function holdsInfinity(value: unknown): boolean {
  if (typeof value === 'number') return value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY;
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value) ? value.some(holdsInfinity) : Object.values(value).some(holdsInfinity);
}

/** Returns null for what is not a client frame: the sender is not trusted. */
export function parseClientFrame(text: string): ClientFrame | null {
  if (text.length > FRAME_BYTES_MAX) return null;
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('id' in value)) return null;
  const { kind, id } = value;
  if (typeof id !== 'number' || !Number.isSafeInteger(id)) return null;
  if (kind === 'unlisten') return { kind, id };
  if (kind === 'listen' && 'event' in value && typeof value.event === 'string') return { kind, id, event: value.event };
  if (kind === 'call' && 'method' in value && typeof value.method === 'string' && 'params' in value) {
    const params: unknown = value.params;
    return isJson(params) ? { kind, id, method: value.method, params } : null;
  }
  return null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What JSON.parse returned is JSON; only its absence has to be looked for. */
function isJson(value: unknown): value is JsonValue {
  return value !== undefined;
}

/*
 * A metrics frame: u32 bytes of the header, the header as JSON (subscription, sequence, run, names), padding to a
 * multiple of 8, then one Float64 column after another: those of a node in the order of the names and its watermark, 2 per edge. NaN stands for an absent watermark.
 */
const NODE_COLUMNS = [
  'rowsIn',
  'rowsOut',
  'bytesIn',
  'bytesOut',
  'busyMs',
  'idleMs',
  'backPressuredMs',
  'lateRecords',
  'partlyLateRecords',
  'behindRecords',
  'badRecords',
  'stateBytes',
  'stateKeys',
  'workMs',
  'busiest',
  'mostPressed',
  'task',
  'stateDiskBytes',
  'stateDiskWritten',
  'stateDiskRead',
] as const satisfies readonly (keyof NodeMetrics)[];

interface MetricsHeader {
  readonly id: number;
  readonly sequence: number;
  readonly run: Omit<RunMetrics, 'nodes' | 'edges'>;
  readonly nodeIds: readonly string[];
  readonly edgeIds: readonly string[];
}

export function encodeMetricsFrame(id: number, sequence: number, metrics: RunMetrics): Uint8Array {
  const { nodes, edges, ...run } = metrics;
  const header: MetricsHeader = { id, sequence, run, nodeIds: nodes.map((node) => node.nodeId), edgeIds: edges.map((edge) => edge.edgeId) };
  const headerBytes = new TextEncoder().encode(JSON.stringify(header));
  const start = (4 + headerBytes.length + 7) & ~7;
  const columns = new Float64Array(nodes.length * (NODE_COLUMNS.length + 1) + edges.length * 2);
  let position = 0;
  for (const name of NODE_COLUMNS) for (const node of nodes) columns[position++] = node[name] ?? 0;
  for (const node of nodes) columns[position++] = node.watermark ?? Number.NaN;
  for (const edge of edges) columns[position++] = edge.rows;
  for (const edge of edges) columns[position++] = edge.bytes;
  const frame = new Uint8Array(start + columns.byteLength);
  new DataView(frame.buffer).setUint32(0, headerBytes.length, true);
  frame.set(headerBytes, 4);
  frame.set(new Uint8Array(columns.buffer), start);
  return frame;
}

export function decodeMetricsFrame(frame: Uint8Array): { readonly id: number; readonly sequence: number; readonly metrics: RunMetrics } {
  const headerLength = new DataView(frame.buffer, frame.byteOffset, 4).getUint32(0, true);
  const header: MetricsHeader = JSON.parse(new TextDecoder().decode(frame.subarray(4, 4 + headerLength)));
  // Copied: the column view needs an offset that is a multiple of 8, which a frame inside a larger message may not have.
  const columns = new Float64Array(frame.slice((4 + headerLength + 7) & ~7).buffer);
  const nodeCount = header.nodeIds.length;
  const edgeCount = header.edgeIds.length;
  const nodes = header.nodeIds.map((nodeId, index) => decodeNode(nodeId, columns, index, nodeCount));
  const edgesStart = nodeCount * (NODE_COLUMNS.length + 1);
  const edges = header.edgeIds.map((edgeId, index): EdgeMetrics => {
    return { edgeId, rows: columns[edgesStart + index], bytes: columns[edgesStart + edgeCount + index] };
  });
  return { id: header.id, sequence: header.sequence, metrics: { ...header.run, nodes, edges } };
}

function decodeNode(nodeId: string, columns: Float64Array, index: number, nodeCount: number): NodeMetrics {
  const at = (column: number): number => columns[column * nodeCount + index];
  const watermark = at(NODE_COLUMNS.length);
  return {
    nodeId,
    rowsIn: at(0),
    rowsOut: at(1),
    bytesIn: at(2),
    bytesOut: at(3),
    busyMs: at(4),
    idleMs: at(5),
    backPressuredMs: at(6),
    lateRecords: at(7),
    partlyLateRecords: at(8),
    behindRecords: at(9),
    badRecords: at(10),
    stateBytes: at(11),
    stateKeys: at(12),
    workMs: at(13),
    busiest: at(14),
    mostPressed: at(15),
    task: at(16),
    stateDiskBytes: at(17),
    stateDiskWritten: at(18),
    stateDiskRead: at(19),
    watermark: Number.isNaN(watermark) ? null : watermark,
  };
}

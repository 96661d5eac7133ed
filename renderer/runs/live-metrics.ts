/**
 * Live figures of one run: absolute counters come in, rates and shares come out, and each card hears only about its own
 * node. Nothing here goes through React's tree or the node array.
 */
import type { EdgeMetrics, NodeMetrics, RunMetrics } from '../../engine/host/contract.ts';
import { findBottleneck } from './bottleneck.ts';

export interface NodeLive {
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly rateIn: number;
  readonly rateOut: number;
  /** Shares of the time since the last frame; they add up to about one. */
  readonly busy: number;
  readonly pressed: number;
  readonly lateRecords: number;
  readonly lateRate: number;
  readonly badRecords: number;
  readonly stateBytes: number;
  readonly stateKeys: number;
  /** Epoch ms; Infinity after the end of input; null before the first. */
  readonly watermark: number | null;
  readonly atMs: number;
  /** The first busy node below back-pressured ones: the cause. */
  readonly bottleneck: boolean;
}

export interface EdgeLive {
  readonly rows: number;
  readonly rate: number;
}

export interface RunTotals {
  readonly rateIn: number;
  readonly rateOut: number;
  readonly rowsOut: number;
  readonly lateRecords: number;
  readonly lateRate: number;
  readonly checkpointsComplete: number;
  readonly uptimeMs: number;
  /** When the frame was taken; 0 before the first. */
  readonly atMs: number;
  /** Event time of the whole run: the lowest watermark over its sinks; null before the first. */
  readonly eventTime: number | null;
  readonly bottleneck: string | null;
}

export interface GraphShape {
  readonly sources: ReadonlySet<string>;
  readonly sinks: ReadonlySet<string>;
  /** Node → nodes directly before it. */
  readonly upstream: ReadonlyMap<string, readonly string[]>;
}

const NOTHING: RunTotals = {
  rateIn: 0,
  rateOut: 0,
  rowsOut: 0,
  lateRecords: 0,
  lateRate: 0,
  checkpointsComplete: 0,
  uptimeMs: 0,
  atMs: 0,
  eventTime: null,
  bottleneck: null,
};

export class LiveMetrics {
  private previous: RunMetrics | null = null;
  private readonly nodes = new Map<string, NodeLive>();
  private readonly edges = new Map<string, EdgeLive>();
  private readonly nodeListeners = new Map<string, Set<() => void>>();
  private readonly listeners = new Set<() => void>();
  private currentTotals: RunTotals = NOTHING;

  /** `shape` is of the running pipeline, so that causes are told from victims. */
  push(frame: RunMetrics, shape: GraphShape): void {
    const before = this.previous !== null && this.previous.runId === frame.runId && this.previous.atMs < frame.atMs ? this.previous : null;
    const seconds = before === null ? 0 : (frame.atMs - before.atMs) / 1000;
    const oldNodes = new Map(before?.nodes.map((node) => [node.nodeId, node]));
    const oldEdges = new Map(before?.edges.map((edge) => [edge.edgeId, edge]));
    const next = new Map<string, NodeLive>();
    for (const node of frame.nodes) {
      const figures = toLive(node, oldNodes.get(node.nodeId), seconds, frame.atMs);
      next.set(node.nodeId, shape.sinks.has(node.nodeId) ? waitingAsWork(figures) : figures);
    }
    const bottleneck = findBottleneck(next, shape.upstream);
    if (bottleneck !== null) {
      const live = next.get(bottleneck);
      if (live !== undefined) next.set(bottleneck, { ...live, bottleneck: true });
    }
    this.nodes.clear();
    for (const [id, live] of next) this.nodes.set(id, live);
    this.edges.clear();
    for (const edge of frame.edges) this.edges.set(edge.edgeId, toEdgeLive(edge, oldEdges.get(edge.edgeId), seconds));
    this.currentTotals = totals(frame, this.nodes, shape, bottleneck);
    this.previous = frame;
    this.announce();
  }

  /** After a run ended its counters stay and its rates are over. */
  settle(): void {
    for (const [id, live] of this.nodes)
      this.nodes.set(id, { ...live, rateIn: 0, rateOut: 0, busy: 0, pressed: 0, lateRate: 0, bottleneck: false });
    for (const [id, live] of this.edges) this.edges.set(id, { ...live, rate: 0 });
    this.currentTotals = { ...this.currentTotals, rateIn: 0, rateOut: 0, lateRate: 0, bottleneck: null };
    this.announce();
  }

  clear(): void {
    this.previous = null;
    this.nodes.clear();
    this.edges.clear();
    this.currentTotals = NOTHING;
    this.announce();
  }

  node(id: string): NodeLive | null {
    return this.nodes.get(id) ?? null;
  }

  edge(id: string): EdgeLive | null {
    return this.edges.get(id) ?? null;
  }

  totals(): RunTotals {
    return this.currentTotals;
  }

  subscribeNode(id: string, listener: () => void): () => void {
    const known = this.nodeListeners.get(id) ?? new Set();
    known.add(listener);
    this.nodeListeners.set(id, known);
    return () => {
      known.delete(listener);
      if (known.size === 0) this.nodeListeners.delete(id);
    };
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private announce(): void {
    for (const listeners of this.nodeListeners.values()) for (const listener of listeners) listener();
    for (const listener of this.listeners) listener();
  }
}

function toLive(node: NodeMetrics, old: NodeMetrics | undefined, seconds: number, atMs: number): NodeLive {
  const rate = (now: number, then: number | undefined) => (then === undefined || seconds <= 0 ? 0 : Math.max(0, (now - then) / seconds));
  const busyMs = Math.max(0, node.busyMs - (old?.busyMs ?? 0));
  const idleMs = Math.max(0, node.idleMs - (old?.idleMs ?? 0));
  const pressedMs = Math.max(0, node.backPressuredMs - (old?.backPressuredMs ?? 0));
  const total = busyMs + idleMs + pressedMs;
  return {
    rowsIn: node.rowsIn,
    rowsOut: node.rowsOut,
    rateIn: rate(node.rowsIn, old?.rowsIn),
    rateOut: rate(node.rowsOut, old?.rowsOut),
    busy: total === 0 ? 0 : busyMs / total,
    pressed: total === 0 ? 0 : pressedMs / total,
    lateRecords: node.lateRecords,
    lateRate: rate(node.lateRecords, old?.lateRecords),
    badRecords: node.badRecords,
    stateBytes: node.stateBytes,
    stateKeys: node.stateKeys,
    watermark: node.watermark,
    atMs,
    bottleneck: false,
  };
}

/** Nothing comes after a sink: what it waits for is what it writes to, and that is its work. */
function waitingAsWork(live: NodeLive): NodeLive {
  return { ...live, busy: Math.min(1, live.busy + live.pressed), pressed: 0 };
}

function toEdgeLive(edge: EdgeMetrics, old: EdgeMetrics | undefined, seconds: number): EdgeLive {
  return { rows: edge.rows, rate: old === undefined || seconds <= 0 ? 0 : Math.max(0, (edge.rows - old.rows) / seconds) };
}

function totals(frame: RunMetrics, nodes: ReadonlyMap<string, NodeLive>, shape: GraphShape, bottleneck: string | null): RunTotals {
  let rateIn = 0;
  let rateOut = 0;
  let rowsOut = 0;
  let lateRecords = 0;
  let lateRate = 0;
  let eventTime: number | null = null;
  for (const [id, live] of nodes) {
    if (shape.sources.has(id)) rateIn += live.rateOut;
    if (shape.sinks.has(id)) {
      rateOut += live.rateIn;
      rowsOut += live.rowsIn;
      if (live.watermark !== null) eventTime = eventTime === null ? live.watermark : Math.min(eventTime, live.watermark);
    }
    lateRecords += live.lateRecords;
    lateRate += live.lateRate;
  }
  return {
    rateIn,
    rateOut,
    rowsOut,
    lateRecords,
    lateRate,
    checkpointsComplete: frame.checkpointsComplete,
    uptimeMs: frame.uptimeMs,
    atMs: frame.atMs,
    eventTime,
    bottleneck,
  };
}

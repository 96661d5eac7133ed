/**
 * Live figures of one run: absolute counters come in, rates and shares come out, and each card hears only about its own
 * node. Nothing here goes through React's tree or the node array.
 */
import type { EdgeMetrics, NodeMetrics, RunMetrics } from '../../engine/host/contract.ts';
import { findBottleneck, PRESSED_FROM, waitingForChannels, waitingInTask } from './bottleneck.ts';

export interface NodeLive {
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly rateIn: number;
  readonly rateOut: number;
  /** Shares of the latest time, 0…1: its own work, and waiting for those after it, of the subtask that has most of it. */
  readonly busy: number;
  readonly pressed: number;
  /** Nodes of one task work one after the other; below 0: it only wires. */
  readonly task: number;
  readonly lateRecords: number;
  readonly lateRate: number;
  readonly badRecords: number;
  readonly stateBytes: number;
  readonly stateKeys: number;
  /** Of its state, what is on disk; absent: nothing. */
  readonly stateDiskBytes?: number;
  /** Epoch ms; Infinity after the end of input; null before the first. */
  readonly watermark: number | null;
  readonly atMs: number;
  /** What holds the run back. */
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

/** Rates are told over about this long: frames come twice a second, what workers tell in them does not always. */
const RATE_MS = 2000;

export class LiveMetrics {
  /** Frames of the shown run within that time, oldest first. */
  private history: readonly RunMetrics[] = [];
  private readonly nodes = new Map<string, NodeLive>();
  private readonly edges = new Map<string, EdgeLive>();
  private readonly nodeListeners = new Map<string, Set<() => void>>();
  private readonly listeners = new Set<() => void>();
  private currentTotals: RunTotals = NOTHING;

  /** `shape` is of the running pipeline, so that causes are told from victims. A paused run has neither. */
  push(frame: RunMetrics, shape: GraphShape, paused = false): void {
    const kept = this.history.filter((old) => old.runId === frame.runId && old.atMs < frame.atMs && frame.atMs - old.atMs <= RATE_MS);
    const before = kept[0] ?? this.newestBefore(frame);
    const seconds = before === null ? 0 : (frame.atMs - before.atMs) / 1000;
    const oldNodes = new Map(before?.nodes.map((node) => [node.nodeId, node]));
    const oldEdges = new Map(before?.edges.map((edge) => [edge.edgeId, edge]));
    const next = new Map<string, NodeLive>();
    for (const node of frame.nodes) next.set(node.nodeId, toLive(node, oldNodes.get(node.nodeId), seconds, frame.atMs, paused));
    const bottleneck = paused ? null : this.findCause(frame, next, shape);
    freeOthers(next, shape, bottleneck);
    this.nodes.clear();
    for (const [id, live] of next) this.nodes.set(id, live);
    this.edges.clear();
    for (const edge of frame.edges) this.edges.set(edge.edgeId, toEdgeLive(edge, oldEdges.get(edge.edgeId), seconds));
    this.currentTotals = totals(frame, this.nodes, shape, bottleneck);
    this.history = [...kept, frame];
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
    this.history = [];
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

  /** After a gap in the frames. */
  private newestBefore(frame: RunMetrics): RunMetrics | null {
    const last = this.history.at(-1);
    return last !== undefined && last.runId === frame.runId && last.atMs < frame.atMs ? last : null;
  }

  /** Names the bottleneck in `nodes`, and those of its task that wait for it. */
  private findCause(frame: RunMetrics, nodes: Map<string, NodeLive>, { sources, upstream }: GraphShape): string | null {
    const previous = this.history.at(-1)?.runId === frame.runId ? this.currentTotals.bottleneck : null;
    const found = findBottleneck({ loads: nodes, sources, upstream, fullestWorker: frame.fullestWorker, previous });
    const cause = found === null ? undefined : nodes.get(found);
    if (found === null || cause === undefined) return null;
    nodes.set(found, { ...cause, bottleneck: true });
    for (const id of waitingInTask(found, nodes, upstream)) {
      const live = nodes.get(id);
      if (live !== undefined) nodes.set(id, { ...live, pressed: Math.max(live.pressed, Math.min(cause.busy, 1 - live.busy)) });
    }
    return found;
  }

  private announce(): void {
    for (const listeners of this.nodeListeners.values()) for (const listener of listeners) listener();
    for (const listener of this.listeners) listener();
  }
}

/** The time of a task is that of all its nodes; of those, only some wait. */
function freeOthers(nodes: Map<string, NodeLive>, { upstream }: GraphShape, bottleneck: string | null): void {
  const waiting = new Set([
    ...waitingForChannels(nodes, upstream),
    ...(bottleneck === null ? [] : waitingInTask(bottleneck, nodes, upstream)),
  ]);
  for (const [id, live] of nodes) if (live.pressed >= PRESSED_FROM && !waiting.has(id)) nodes.set(id, { ...live, pressed: 0 });
}

function toLive(node: NodeMetrics, old: NodeMetrics | undefined, seconds: number, atMs: number, paused: boolean): NodeLive {
  const rate = (now: number, then: number | undefined) => (then === undefined || seconds <= 0 ? 0 : Math.max(0, (now - then) / seconds));
  return {
    rowsIn: node.rowsIn,
    rowsOut: node.rowsOut,
    rateIn: rate(node.rowsIn, old?.rowsIn),
    rateOut: rate(node.rowsOut, old?.rowsOut),
    busy: node.busiest,
    pressed: paused ? 0 : Math.min(node.mostPressed, 1 - node.busiest),
    task: node.task,
    lateRecords: node.lateRecords,
    lateRate: rate(node.lateRecords, old?.lateRecords),
    badRecords: node.badRecords,
    stateBytes: node.stateBytes,
    stateKeys: node.stateKeys,
    ...(node.stateDiskBytes === undefined || node.stateDiskBytes === 0 ? {} : { stateDiskBytes: node.stateDiskBytes }),
    watermark: node.watermark,
    atMs,
    bottleneck: false,
  };
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

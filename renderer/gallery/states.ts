/** Brings a specimen's designer into the state it shows: selected, with findings, running with fixed figures. */
import type { EdgeMetrics, NodeMetrics, RunMetrics, RunStatus } from '../../engine/host/contract.ts';
import type { Problem } from '../../engine/spec/problem.ts';
import type { ResolvedInput, ResolvedNode, ResolvedOutput } from '../../engine/spec/resolved-graph.ts';
import type { Designer } from '../app/designer.ts';
import type { CheckState, CheckStore } from '../document/checks.ts';
import { graphShape } from '../runs/graph-shape.ts';

/** Of one node during the second between two frames. */
export interface Figures {
  readonly rateIn: number;
  readonly rateOut: number;
  readonly busy: number;
  readonly pressed?: number;
  /** Behind the clock. */
  readonly behindMs?: number;
}

const START_MS = Date.UTC(2026, 10, 22, 14, 31, 0);
const SECOND = 1000;
const NO_PROBLEMS: readonly Problem[] = [];

export function running(designer: Designer, nodes: Readonly<Record<string, Figures>>, edges: Readonly<Record<string, number>>): void {
  const { document } = designer.documents.getState();
  const status: RunStatus = {
    runId: `run ${document.id}`,
    pipelinePath: '',
    pipelineName: document.name,
    documentId: document.id,
    phase: 'running',
    paused: false,
    speed: 1,
    startedAtMs: START_MS,
    endedAtMs: null,
    attempt: 1,
    guarantee: 'exactly-once',
    guaranteeReason: { en: '', zh: '' },
    error: null,
    parallelism: 2,
    checkpointDirectory: '',
  };
  designer.runs.adopt(status);
  const shape = graphShape(document);
  designer.live.push(frame(status.runId, 0, nodes, edges), shape);
  designer.live.push(frame(status.runId, 1, nodes, edges), shape);
}

/** Counters are absolute: nothing at the start, a second's worth after a second. */
function frame(
  runId: string,
  second: number,
  nodes: Readonly<Record<string, Figures>>,
  edges: Readonly<Record<string, number>>,
): RunMetrics {
  const atMs = START_MS + second * SECOND;
  return {
    runId,
    sequence: second,
    atMs,
    uptimeMs: second * SECOND,
    nodes: Object.entries(nodes).map(([nodeId, figures], index): NodeMetrics => {
      const { rateIn, rateOut, busy, pressed = 0, behindMs } = figures;
      return {
        nodeId,
        rowsIn: rateIn * second,
        rowsOut: rateOut * second,
        bytesIn: 0,
        bytesOut: 0,
        busyMs: busy * second * SECOND,
        idleMs: (1 - busy - pressed) * second * SECOND,
        backPressuredMs: pressed * second * SECOND,
        lateRecords: 0,
        partlyLateRecords: 0,
        behindRecords: 0,
        badRecords: 0,
        stateBytes: 0,
        stateKeys: 0,
        watermark: behindMs === undefined ? null : atMs - behindMs,
        workMs: busy * second * SECOND,
        busiest: busy,
        mostPressed: pressed,
        task: index,
      };
    }),
    edges: Object.entries(edges).map(([edgeId, rate]): EdgeMetrics => ({ edgeId, rows: rate * second, bytes: 0 })),
    fullestWorker: 0,
    checkpointsComplete: 0,
    checkpointsFailed: 0,
  };
}

/** The same designer with findings of its check changed: for states that no node of this version reaches by itself. */
export function withChecks(designer: Designer, change: (state: CheckState) => CheckState): Designer {
  const { checks } = designer;
  const state = change(checks.ensure(designer.documents.getState().document));
  const fixed: CheckStore = {
    getState: () => state,
    subscribe: checks.subscribe,
    schedule: () => undefined,
    ensure: () => state,
    problemsOf: (id) => state.byNode.get(id) ?? NO_PROBLEMS,
    putFindings: () => undefined,
  };
  return { ...designer, checks: fixed };
}

export function withProblem(designer: Designer, nodeId: string, problem: Problem): Designer {
  return withChecks(designer, (state) => ({ ...state, byNode: new Map(state.byNode).set(nodeId, [problem]) }));
}

/** Rows of an edge as changes, or sent to every subtask. */
export function withStreams(designer: Designer, changelogs: readonly string[], broadcasts: readonly string[]): Designer {
  return withChecks(designer, (state) => {
    const redo = <P extends ResolvedInput | ResolvedOutput>(port: P): P => {
      const changed = port.edges.some((edge) => changelogs.includes(edge.id));
      const edges = port.edges.map((edge) => (broadcasts.includes(edge.id) ? { ...edge, exchange: { kind: 'broadcast' } as const } : edge));
      return { ...port, edges, changelog: changed ? 'upsert' : port.changelog };
    };
    const nodes = new Map<string, ResolvedNode>();
    for (const [id, node] of state.nodes) nodes.set(id, { ...node, inputs: node.inputs.map(redo), outputs: node.outputs.map(redo) });
    return { ...state, nodes };
  });
}

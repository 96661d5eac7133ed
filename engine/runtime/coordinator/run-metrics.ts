/** Adds the counters of all workers up to what people see: nodes and edges of the document. */
import type { EdgeMetrics, NodeMetrics, RunMetrics, SubtaskMetrics } from '../../host/contract.ts';
import type { PhysicalPlan } from '../plan/physical-plan.ts';
import type { OperatorCounters, WorkerCounters } from '../workers/messages.ts';

/** Watermarks of nodes that have none yet do not count; all at the end is Infinity. */
function lowestWatermark(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return null;
  return Math.min(a, b);
}

function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

const NOTHING: Omit<NodeMetrics, 'nodeId'> = {
  rowsIn: 0,
  rowsOut: 0,
  bytesIn: 0,
  bytesOut: 0,
  busyMs: 0,
  idleMs: 0,
  backPressuredMs: 0,
  lateRecords: 0,
  partlyLateRecords: 0,
  behindRecords: 0,
  badRecords: 0,
  stateBytes: 0,
  stateKeys: 0,
  stateDiskBytes: 0,
  stateDiskWritten: 0,
  stateDiskRead: 0,
  watermark: null,
  workMs: 0,
  busiest: 0,
  mostPressed: 0,
  task: -1,
};

type Flow = Pick<NodeMetrics, 'rowsIn' | 'rowsOut' | 'bytesIn' | 'bytesOut'>;
/** Of the nodes behind the first that an operator stands for. */
const NO_RECORDS: Omit<OperatorCounters, 'operator' | 'workMs' | 'rowsIn' | 'rowsOut' | 'bytesOut' | 'watermark'> = NOTHING;
const NO_TIME = { totalMs: 0, pressedMs: 0 };
const NO_WORK: readonly number[] = [];

/** Shares are told over so many reports: in the middle of something large a worker is late with one. */
const REPORTS_COMPARED = 4;

/** A worker's newest report, and an older one to compare it with. */
interface Reported {
  readonly counters: WorkerCounters;
  readonly before: WorkerCounters | null;
  /** Up to the one before the newest, oldest first. */
  readonly older: readonly WorkerCounters[];
}

export class RunMetricsBoard {
  private readonly plan: PhysicalPlan;
  private readonly workers: (Reported | null)[];
  private sequence = 0;

  constructor(plan: PhysicalPlan) {
    this.plan = plan;
    this.workers = Array.from({ length: plan.parallelism }, () => null);
  }

  update(worker: number, counters: WorkerCounters): void {
    const known = this.workers[worker];
    const older = known === null ? [] : [...known.older, known.counters].slice(1 - REPORTS_COMPARED);
    this.workers[worker] = { counters, before: older[0] ?? null, older };
  }

  subtasks(nodeId: string): SubtaskMetrics[] {
    return this.workers.flatMap((reported, subtask) => {
      const found = reported === null ? undefined : this.nodesOf(reported).find((node) => node.nodeId === nodeId);
      return found === undefined ? [] : [{ ...found, subtask }];
    });
  }

  read(runId: string, atMs: number, uptimeMs: number, checkpointsComplete: number, checkpointsFailed: number): RunMetrics {
    const nodes = new Map<string, NodeMetrics>();
    const edges = new Map<string, EdgeMetrics>();
    for (const reported of this.workers) {
      if (reported === null) continue;
      const { counters } = reported;
      for (const node of this.nodesOf(reported)) {
        const known = nodes.get(node.nodeId);
        nodes.set(node.nodeId, known === undefined ? node : addNodes(known, node));
      }
      this.addInnerEdges(counters, edges);
      for (const [index, rows, bytes] of counters.edges) {
        for (const edgeId of this.plan.edges[index].documentEdges) {
          const known = edges.get(edgeId);
          edges.set(edgeId, { edgeId, rows: rows + (known?.rows ?? 0), bytes: bytes + (known?.bytes ?? 0) });
        }
      }
    }
    for (const { nodeId, inputEdges } of this.plan.wiringNodes) {
      const passing = inputEdges.flatMap((edgeId) => edges.get(edgeId) ?? []);
      const rows = sum(passing.map((edge) => edge.rows));
      const bytes = sum(passing.map((edge) => edge.bytes));
      nodes.set(nodeId, { ...NOTHING, nodeId, rowsIn: rows, rowsOut: rows, bytesIn: bytes, bytesOut: bytes });
    }
    const sequence = ++this.sequence;
    return {
      runId,
      sequence,
      atMs,
      uptimeMs,
      nodes: [...nodes.values()],
      edges: [...edges.values()],
      fullestWorker: Math.max(0, ...this.workers.map((reported) => (reported === null ? 0 : workOf(reported)))),
      checkpointsComplete,
      checkpointsFailed,
    };
  }

  /** Edges between fused stages carry no rows of their own. */
  private addInnerEdges(counters: WorkerCounters, edges: Map<string, EdgeMetrics>): void {
    for (const each of counters.operators) {
      const planned = this.plan.operators[each.operator];
      planned.innerEdges.forEach((edgeId, stage) => {
        const flow = this.flowOf(each, stage, 0);
        const known = edges.get(edgeId);
        edges.set(edgeId, { edgeId, rows: flow.rowsOut + (known?.rows ?? 0), bytes: flow.bytesOut + (known?.bytes ?? 0) });
      });
    }
  }

  /** One worker's nodes; nodes that share an operator or task share its time. */
  private nodesOf({ counters, before }: Reported): NodeMetrics[] {
    const bytesInto = new Map<number, number>();
    for (const [index, , bytes] of counters.edges) {
      const { to } = this.plan.edges[index];
      bytesInto.set(to, (bytesInto.get(to) ?? 0) + bytes);
    }
    const nodes: NodeMetrics[] = [];
    for (const each of counters.operators) {
      const { task, nodeIds } = this.plan.operators[each.operator];
      const [, busyMs, idleMs, backPressuredMs] = timeOf(counters, task);
      const lately = before === null ? NO_TIME : passed(task, counters, before);
      const oldWork = before === null ? NO_WORK : (byNumber(before).operators.get(each.operator)?.workMs ?? NO_WORK);
      const mostPressed = share(lately.pressedMs, lately.totalMs);
      const bytesIn = bytesInto.get(each.operator) ?? 0;
      for (let stage = 0; stage < nodeIds.length; stage++) {
        const flow = this.flowOf(each, stage, bytesIn);
        const workMs = each.workMs[stage];
        // What is counted per operator is told of its first node.
        const own = stage === 0 ? each : NO_RECORDS;
        nodes.push({
          nodeId: nodeIds[stage],
          rowsIn: flow.rowsIn,
          rowsOut: flow.rowsOut,
          bytesIn: flow.bytesIn,
          bytesOut: flow.bytesOut,
          busyMs,
          idleMs,
          backPressuredMs,
          lateRecords: own.lateRecords,
          partlyLateRecords: own.partlyLateRecords,
          behindRecords: own.behindRecords,
          badRecords: own.badRecords,
          stateBytes: own.stateBytes,
          stateKeys: own.stateKeys,
          stateDiskBytes: own.stateDiskBytes ?? 0,
          stateDiskWritten: own.stateDiskWritten ?? 0,
          stateDiskRead: own.stateDiskRead ?? 0,
          watermark: each.watermark,
          workMs,
          busiest: share(workMs - (oldWork[stage] ?? 0), lately.totalMs),
          mostPressed,
          task,
        });
      }
    }
    return nodes;
  }

  /** Rows of one of the nodes an operator stands for: between stages only rows are counted, bytes are scaled. */
  private flowOf(counters: OperatorCounters, stage: number, bytesIn: number): Flow {
    const rowsIn = sum(counters.rowsIn);
    const rowsOut = sum(counters.rowsOut);
    const bytesOut = sum(counters.bytesOut);
    const { stageFilters, nodeIds } = this.plan.operators[counters.operator];
    const stages = nodeIds.length;
    if (stages === 1) return { rowsIn, rowsOut, bytesIn, bytesOut };
    // Exact while at most one of the stages filters; behind the first of several the last one's count stands in.
    const filters = stageFilters.indexOf(true);
    const after = (index: number): number => (filters >= 0 && filters <= index ? rowsOut : rowsIn);
    const perRow = rowsIn === 0 ? 0 : bytesIn / rowsIn;
    return {
      rowsIn: after(stage - 1),
      rowsOut: after(stage),
      bytesIn: stage === 0 ? bytesIn : after(stage - 1) * perRow,
      bytesOut: stage === stages - 1 ? bytesOut : after(stage) * perRow,
    };
  }
}

function addNodes(a: NodeMetrics, b: NodeMetrics): NodeMetrics {
  return {
    nodeId: a.nodeId,
    rowsIn: a.rowsIn + b.rowsIn,
    rowsOut: a.rowsOut + b.rowsOut,
    bytesIn: a.bytesIn + b.bytesIn,
    bytesOut: a.bytesOut + b.bytesOut,
    busyMs: a.busyMs + b.busyMs,
    idleMs: a.idleMs + b.idleMs,
    backPressuredMs: a.backPressuredMs + b.backPressuredMs,
    lateRecords: a.lateRecords + b.lateRecords,
    partlyLateRecords: a.partlyLateRecords + b.partlyLateRecords,
    behindRecords: a.behindRecords + b.behindRecords,
    badRecords: a.badRecords + b.badRecords,
    stateBytes: a.stateBytes + b.stateBytes,
    stateKeys: a.stateKeys + b.stateKeys,
    stateDiskBytes: (a.stateDiskBytes ?? 0) + (b.stateDiskBytes ?? 0),
    stateDiskWritten: (a.stateDiskWritten ?? 0) + (b.stateDiskWritten ?? 0),
    stateDiskRead: (a.stateDiskRead ?? 0) + (b.stateDiskRead ?? 0),
    watermark: lowestWatermark(a.watermark, b.watermark),
    workMs: a.workMs + b.workMs,
    busiest: Math.max(a.busiest, b.busiest),
    mostPressed: Math.max(a.mostPressed, b.mostPressed),
    task: a.task,
  };
}

interface ByNumber {
  readonly tasks: ReadonlyMap<number, WorkerCounters['tasks'][number]>;
  readonly operators: ReadonlyMap<number, OperatorCounters>;
}

const numbered = new WeakMap<WorkerCounters, ByNumber>();

/** Hundreds of nodes are read twice a second, each with its task: looked up, not looked for. */
function byNumber(counters: WorkerCounters): ByNumber {
  const known = numbered.get(counters);
  if (known !== undefined) return known;
  const made = {
    tasks: new Map(counters.tasks.map((time) => [time[0], time])),
    operators: new Map(counters.operators.map((each) => [each.operator, each])),
  };
  numbered.set(counters, made);
  return made;
}

function timeOf(counters: WorkerCounters, task: number): WorkerCounters['tasks'][number] {
  return byNumber(counters).tasks.get(task) ?? [task, 0, 0, 0];
}

/** What a task did between two reports. */
function passed(task: number, now: WorkerCounters, before: WorkerCounters): { readonly totalMs: number; readonly pressedMs: number } {
  const last = timeOf(now, task);
  const first = timeOf(before, task);
  const gone = (place: 1 | 2 | 3): number => Math.max(0, last[place] - first[place]);
  const pressedMs = gone(3);
  return { totalMs: gone(1) + gone(2) + pressedMs, pressedMs };
}

/** The tasks of a worker take turns in one thread: their work adds up. */
function workOf({ counters, before }: Reported): number {
  if (before === null) return 0;
  const spans = counters.tasks.map(([task, busyMs]) => ({
    busyMs: busyMs - timeOf(before, task)[1],
    totalMs: passed(task, counters, before).totalMs,
  }));
  return share(sum(spans.map((span) => span.busyMs)), Math.max(0, ...spans.map((span) => span.totalMs)));
}

function share(part: number, whole: number): number {
  return whole <= 0 ? 0 : Math.min(1, Math.max(0, part / whole));
}

/** Event time at one node while somebody watches: asking starts the telling, not asking for a while ends it. Subtasks are added up. */
import { EngineError } from '../base/errors.ts';
import type { NodeTime, NodeTimeChannel, NodeTimeRow, NodeTimeWindow, SourceReading } from '../host/contract.ts';
import { type PhysicalPlan, type PlanEdge, producersOf } from './plan/physical-plan.ts';
import type { OperatorTime } from './tasks/time-sample.ts';

const ROWS_KEPT = 200;
const WINDOWS_SHOWN = 40;
const UNWATCHED_MS = 5000;

interface Watch {
  askedAtMs: number;
  readonly bySubtask: Map<number, OperatorTime>;
  /** Sources that are asked what they read. */
  readonly sources: readonly number[];
  rows: NodeTimeRow[];
}

/** A subtask of an operator that sends. */
interface Producer {
  readonly operator: number;
  readonly subtask: number;
}

export class TimeWatch {
  private readonly plan: PhysicalPlan;
  private readonly watches = new Map<number, Watch>();
  /** By operator, then by subtask. */
  private readonly splits = new Map<number, Map<number, readonly string[] | null>>();
  private readonly observe: (operator: number, on: boolean) => void;
  /** By the operator they lead to, in the order of the plan. */
  private readonly inputEdges = new Map<number, PlanEdge[]>();
  /** The sources whose rows reach an operator without a shuffle, as far as somebody asked. */
  private readonly sourceOperators = new Map<number, readonly number[]>();

  constructor(plan: PhysicalPlan, observe: (operator: number, on: boolean) => void) {
    this.plan = plan;
    for (const edge of plan.edges) this.inputEdges.set(edge.to, [...(this.inputEdges.get(edge.to) ?? []), edge]);
    this.observe = observe;
  }

  /** `nowMs` of the wall clock, to which channels tell when they were last active. */
  read(nodeId: string, nowMs: number, monotonicMs: number): Omit<NodeTime, 'counted' | 'missedSome' | 'late'> {
    const operator = this.plan.operators.find((each) => each.nodeIds.includes(nodeId));
    if (operator === undefined) {
      throw new EngineError('MR5018', `the run has no node '${nodeId}' with an event time of its own`, {
        domain: 'user',
        nodeId,
        remedy: 'ask about a node of the pipeline as it was when the run began',
      });
    }
    const watch = this.watches.get(operator.index) ?? this.begin(operator.index, monotonicMs);
    watch.askedAtMs = monotonicMs;
    const times = [...watch.bySubtask.values()];
    const { windows, more } = mergeWindows(times);
    return {
      nodeId,
      atMs: nowMs,
      ready: times.length > 0,
      watermark: lowest(times.map((time) => time.watermark)),
      allowedLatenessMs: times[0]?.allowedLatenessMs ?? 0,
      channels: this.mergeChannels(operator.index, watch, nowMs),
      windows,
      more,
      complete: times.every((time) => time.complete),
      rows: watch.rows,
    };
  }

  add(subtask: number, operator: number, time: OperatorTime): void {
    if (this.plan.operators[operator].kind === 'source') {
      const known = this.splits.get(operator) ?? new Map<number, readonly string[] | null>();
      this.splits.set(operator, known.set(subtask, time.splits));
      return;
    }
    const watch = this.watches.get(operator);
    if (watch === undefined) return;
    watch.bySubtask.set(subtask, time);
    const rows = time.rows.map(({ input, channel, ...line }): NodeTimeRow => {
      const producer = this.producerOf(operator, subtask, input, channel);
      return { ...line, nodeId: this.nodeOf(producer), subtask: producer.subtask };
    });
    watch.rows = [...watch.rows, ...rows].slice(-ROWS_KEPT);
  }

  /** New workers know nothing of those who watched their predecessors. */
  renew(): void {
    for (const [operator, watch] of this.watches) {
      watch.bySubtask.clear();
      for (const each of [operator, ...watch.sources]) this.observe(each, true);
    }
    this.splits.clear();
  }

  endUnwatched(monotonicMs: number): void {
    for (const [operator, watch] of this.watches) {
      if (monotonicMs - watch.askedAtMs < UNWATCHED_MS) continue;
      this.watches.delete(operator);
      this.observe(operator, false);
      const others = [...this.watches.values()].flatMap((other) => other.sources);
      for (const source of watch.sources) if (!others.includes(source)) this.observe(source, false);
    }
  }

  private begin(operator: number, monotonicMs: number): Watch {
    const sources = [
      ...new Set(this.producersOf(operator).flatMap((producer) => this.sourcesOf(producer).map((source) => source.operator))),
    ];
    const watch: Watch = { askedAtMs: monotonicMs, bySubtask: new Map(), sources, rows: [] };
    this.watches.set(operator, watch);
    for (const each of [operator, ...sources]) this.observe(each, true);
    return watch;
  }

  /** Every subtask hears the same producers: what one producer sends is told once. */
  private mergeChannels(operator: number, watch: Watch, nowMs: number): NodeTimeChannel[] {
    const merged = new Map<string, NodeTimeChannel>();
    for (const [subtask, time] of watch.bySubtask) {
      for (const channel of time.channels) {
        const producer = this.producerOf(operator, subtask, channel.input, channel.channel);
        const nodeId = this.nodeOf(producer);
        const name = `${nodeId} ${producer.subtask}`;
        const known = merged.get(name);
        const quietMs = Number.isNaN(channel.activeAtMs) ? 0 : Math.max(0, nowMs - channel.activeAtMs);
        merged.set(name, {
          nodeId,
          subtask: producer.subtask,
          watermark: known === undefined ? channel.watermark : lowest([known.watermark, channel.watermark]),
          idle: channel.idle && (known?.idle ?? true),
          ended: channel.ended && (known?.ended ?? true),
          rows: channel.rows + (known?.rows ?? 0),
          quietMs: Math.min(quietMs, known?.quietMs ?? Number.POSITIVE_INFINITY),
          reads: known?.reads ?? this.sourcesOf(producer).map((source) => this.readingOf(source)),
        });
      }
    }
    return [...merged.values()].sort((a, b) => (a.nodeId === b.nodeId ? a.subtask - b.subtask : a.nodeId < b.nodeId ? -1 : 1));
  }

  /** Channels of an input are those of its edges, in their order. */
  private producerOf(operator: number, subtask: number, input: number, channel: number): Producer {
    let first = 0;
    for (const edge of this.edgesInto(operator)) {
      if (edge.toPort !== input) continue;
      const producers = producersOf(this.plan, edge, subtask);
      if (channel < first + producers.length) return { operator: edge.from, subtask: producers[channel - first] };
      first += producers.length;
    }
    return { operator, subtask: channel };
  }

  private nodeOf({ operator }: Producer): string {
    return this.plan.operators[operator].nodeIds.at(-1) ?? '';
  }

  /** Every subtask that sends to an operator. */
  private producersOf(operator: number): Producer[] {
    return this.edgesInto(operator).flatMap((edge) =>
      Array.from({ length: this.plan.operators[edge.from].parallelism }, (_, subtask) => ({ operator: edge.from, subtask })),
    );
  }

  /**
   * The subtasks of sources whose rows only this producer passes on: the way up goes on while no shuffle mixes them. Each
   * once, over however many ways its rows come: ways double at every fork that joins again.
   */
  private sourcesOf({ operator, subtask }: Producer): readonly Producer[] {
    const known = this.sourceOperators.get(operator) ?? this.findSources(operator);
    return known.map((source) => ({ operator: source, subtask }));
  }

  private findSources(operator: number): readonly number[] {
    const met = new Set([operator]);
    // Grows while it is walked.
    for (const each of met)
      for (const edge of this.edgesInto(each)) if (edge.direct || edge.partitioning.kind === 'forward') met.add(edge.from);
    const sources = [...met].filter((each) => this.plan.operators[each].kind === 'source');
    this.sourceOperators.set(operator, sources);
    return sources;
  }

  private edgesInto(operator: number): readonly PlanEdge[] {
    return this.inputEdges.get(operator) ?? [];
  }

  private readingOf({ operator, subtask }: Producer): SourceReading {
    const splits = this.splits.get(operator)?.get(subtask) ?? null;
    return { nodeId: this.plan.operators[operator].nodeId, subtask, splits };
  }
}

function mergeWindows(times: readonly OperatorTime[]): { readonly windows: NodeTimeWindow[]; readonly more: number } {
  const merged = new Map<string, NodeTimeWindow>();
  const put = (window: NodeTimeWindow): void => {
    const name = `${window.state} ${window.start} ${window.end}`;
    const known = merged.get(name);
    if (known === undefined) merged.set(name, window);
    else
      merged.set(name, {
        ...known,
        keys: known.keys + window.keys,
        rowsOut: known.rowsOut + window.rowsOut,
        exactKeys: known.exactKeys && window.exactKeys,
      });
  };
  for (const time of times) {
    for (const window of time.fired) put({ ...window, state: 'fired', keys: 0, exactKeys: true, rowsOut: window.rows });
    for (const window of time.windows) put({ ...window, state: 'open', rowsOut: 0 });
  }
  const all = [...merged.values()].sort((a, b) => a.firesAt - b.firesAt || a.start - b.start);
  const open = all.filter((window) => window.state === 'open');
  const shown = open.slice(0, WINDOWS_SHOWN);
  const more = open.length - shown.length + times.reduce((sum, time) => sum + time.more, 0);
  return { windows: [...all.filter((window) => window.state === 'fired'), ...shown], more };
}

/** Null while one of them has none. */
function lowest(watermarks: readonly (number | null)[]): number | null {
  let least = Number.POSITIVE_INFINITY;
  for (const watermark of watermarks) {
    if (watermark === null) return null;
    least = Math.min(least, watermark);
  }
  return watermarks.length === 0 ? null : least;
}

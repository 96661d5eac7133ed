/** Event time at one node while somebody watches: asking starts the telling, not asking for a while ends it. Subtasks are added up. */
import { EngineError } from '../base/errors.ts';
import type { NodeTime, NodeTimeChannel, NodeTimeRow, NodeTimeWindow } from '../host/contract.ts';
import { channelCount, type PhysicalPlan } from './plan/physical-plan.ts';
import type { OperatorTime } from './tasks/time-sample.ts';

const ROWS_KEPT = 200;
const WINDOWS_SHOWN = 40;
const UNWATCHED_MS = 5000;

interface Watch {
  askedAtMs: number;
  readonly bySubtask: Map<number, OperatorTime>;
  rows: NodeTimeRow[];
}

export class TimeWatch {
  private readonly plan: PhysicalPlan;
  private readonly watches = new Map<number, Watch>();
  private readonly observe: (operator: number, on: boolean) => void;

  constructor(plan: PhysicalPlan, observe: (operator: number, on: boolean) => void) {
    this.plan = plan;
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
    const watch = this.watches.get(operator);
    if (watch === undefined) return;
    watch.bySubtask.set(subtask, time);
    watch.rows = [...watch.rows, ...time.rows].slice(-ROWS_KEPT);
  }

  /** New workers know nothing of those who watched their predecessors. */
  renew(): void {
    for (const [operator, watch] of this.watches) {
      watch.bySubtask.clear();
      this.observe(operator, true);
    }
  }

  endUnwatched(monotonicMs: number): void {
    for (const [operator, watch] of this.watches) {
      if (monotonicMs - watch.askedAtMs < UNWATCHED_MS) continue;
      this.watches.delete(operator);
      this.observe(operator, false);
    }
  }

  private begin(operator: number, monotonicMs: number): Watch {
    const watch: Watch = { askedAtMs: monotonicMs, bySubtask: new Map(), rows: [] };
    this.watches.set(operator, watch);
    this.observe(operator, true);
    return watch;
  }

  /** Every subtask hears the same producers: what one producer sends is told once. */
  private mergeChannels(operator: number, watch: Watch, nowMs: number): NodeTimeChannel[] {
    const merged = new Map<string, NodeTimeChannel>();
    for (const [subtask, time] of watch.bySubtask) {
      for (const channel of time.channels) {
        const { nodeId, producer } = this.producerOf(operator, subtask, channel.input, channel.channel);
        const name = `${nodeId} ${producer}`;
        const known = merged.get(name);
        const quietMs = Number.isNaN(channel.activeAtMs) ? 0 : Math.max(0, nowMs - channel.activeAtMs);
        merged.set(name, {
          nodeId,
          subtask: producer,
          watermark: known === undefined ? channel.watermark : lowest([known.watermark, channel.watermark]),
          idle: channel.idle && (known?.idle ?? true),
          ended: channel.ended && (known?.ended ?? true),
          rows: channel.rows + (known?.rows ?? 0),
          quietMs: Math.min(quietMs, known?.quietMs ?? Number.POSITIVE_INFINITY),
        });
      }
    }
    return [...merged.values()].sort((a, b) => (a.nodeId === b.nodeId ? a.subtask - b.subtask : a.nodeId < b.nodeId ? -1 : 1));
  }

  /** Channels of an input are those of its edges, in their order. */
  private producerOf(operator: number, subtask: number, input: number, channel: number): { nodeId: string; producer: number } {
    let first = 0;
    for (const edge of this.plan.edges) {
      if (edge.to !== operator || edge.toPort !== input) continue;
      const count = edge.direct ? 1 : channelCount(this.plan, edge);
      if (channel < first + count) {
        const own = edge.direct || edge.partitioning.kind === 'forward';
        return { nodeId: this.plan.operators[edge.from].nodeIds.at(-1) ?? '', producer: own ? subtask : channel - first };
      }
      first += count;
    }
    return { nodeId: '', producer: channel };
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

/** Event time at nodes of the shown run, asked for twice a second while somebody looks; what two answers say together is derived here. */
import type { HostClient, NodeTime, NodeTimeChannel } from '../../engine/host/contract.ts';
import type { RunStore } from '../runs/run-store.ts';
import { isLive } from '../runs/run-store.ts';

const PERIOD_MS = 500;
/** Rates are told over about this long. */
const HISTORY_MS = 3000;

export interface TimeReading {
  readonly runId: string;
  readonly time: NodeTime;
  /** Rows per second by sender. */
  readonly rates: ReadonlyMap<string, number>;
  /** Event time that passes in a millisecond of the clock; null before that can be told, 0 when it stands. */
  readonly pace: number | null;
}

interface Sample {
  readonly atMs: number;
  readonly watermark: number | null;
  readonly rows: ReadonlyMap<string, number>;
}

interface Watched {
  readonly listeners: Set<() => void>;
  reading: TimeReading | null;
  history: Sample[];
  timer: ReturnType<typeof setTimeout> | null;
  asking: boolean;
  /** The ended run that has answered for the last time. */
  lastOf: string | null;
}

export interface NodeTimes {
  /** Calls back after every answer, until the returned function is called. */
  watch(nodeId: string, listener: () => void): () => void;
  /** The newest answer of the shown run; null before the first and for nodes that nobody watches. */
  read(nodeId: string): TimeReading | null;
  /** After every answer for any node. */
  subscribe(listener: () => void): () => void;
}

export function senderName(channel: Pick<NodeTimeChannel, 'nodeId' | 'subtask'>): string {
  return `${channel.nodeId} ${channel.subtask}`;
}

export function createNodeTimes(host: HostClient, runs: RunStore): NodeTimes {
  const watched = new Map<string, Watched>();
  const everywhere = new Set<() => void>();

  async function ask(nodeId: string, watch: Watched): Promise<void> {
    const run = runs.getState().current;
    if (watch.asking || run === null) return;
    watch.asking = true;
    const time = await host.call('run.time', { runId: run.runId, nodeId }).catch(() => null);
    watch.asking = false;
    if (time === null || watched.get(nodeId) !== watch || runs.getState().current?.runId !== run.runId) return;
    const known = watch.reading?.runId === run.runId ? watch.reading : null;
    // A run that has ended tells its counts only; what its windows looked like last is kept.
    const kept = !time.ready && known !== null && !isLive(run) ? { ...known.time, ...countsOf(time) } : time;
    if (known === null || !time.ready) watch.history = [];
    watch.history = [...watch.history.filter((sample) => time.atMs - sample.atMs <= HISTORY_MS), sampleOf(time)];
    watch.reading = { runId: run.runId, time: kept, ...derive(watch.history) };
    for (const listener of [...watch.listeners, ...everywhere]) listener();
  }

  function keepAsking(nodeId: string, watch: Watched): void {
    const run = runs.getState().current;
    // Once more after the end, for the last counts.
    if (run !== null && watch.lastOf !== run.runId) {
      if (!isLive(run)) watch.lastOf = run.runId;
      void ask(nodeId, watch);
    }
    watch.timer = setTimeout(() => keepAsking(nodeId, watch), PERIOD_MS);
  }

  function begin(nodeId: string): Watched {
    const watch: Watched = { listeners: new Set(), reading: null, history: [], timer: null, asking: false, lastOf: null };
    watched.set(nodeId, watch);
    keepAsking(nodeId, watch);
    return watch;
  }

  return {
    watch(nodeId, listener) {
      const watch = watched.get(nodeId) ?? begin(nodeId);
      watch.listeners.add(listener);
      return () => {
        watch.listeners.delete(listener);
        if (watch.listeners.size > 0) return;
        if (watch.timer !== null) clearTimeout(watch.timer);
        if (watched.get(nodeId) === watch) watched.delete(nodeId);
      };
    },
    read(nodeId) {
      const reading = watched.get(nodeId)?.reading ?? null;
      return reading !== null && reading.runId === runs.getState().current?.runId ? reading : null;
    },
    subscribe(listener) {
      everywhere.add(listener);
      return () => everywhere.delete(listener);
    },
  };
}

function countsOf({ counted, missedSome, late, atMs }: NodeTime): Pick<NodeTime, 'counted' | 'missedSome' | 'late' | 'atMs'> {
  return { counted, missedSome, late, atMs };
}

function sampleOf(time: NodeTime): Sample {
  return {
    atMs: time.atMs,
    watermark: time.watermark,
    rows: new Map(time.channels.map((channel) => [senderName(channel), channel.rows])),
  };
}

function derive(history: readonly Sample[]): Pick<TimeReading, 'rates' | 'pace'> {
  const first = history[0];
  const last = history[history.length - 1];
  const elapsedMs = last.atMs - first.atMs;
  if (elapsedMs <= 0) return { rates: new Map(), pace: null };
  const rates = new Map<string, number>();
  for (const [name, rows] of last.rows) rates.set(name, (Math.max(0, rows - (first.rows.get(name) ?? rows)) / elapsedMs) * 1000);
  const moved = first.watermark === null || last.watermark === null ? null : last.watermark - first.watermark;
  return { rates, pace: moved === null || !Number.isFinite(moved) ? null : Math.max(0, moved) / elapsedMs };
}

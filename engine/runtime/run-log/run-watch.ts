/**
 * Looks at a run's figures twice a second and says what a person would want to be told: event time that stands still
 * where windows wait for it, a node that holds the others back, and how many lines could not be read. Each once, until
 * it has changed.
 */
import type { NodeMetrics, RunMetrics } from '../../host/contract.ts';
import { formatDuration } from '../../spec/duration.ts';
import { fillText, type Text, text } from '../../spec/text.ts';
import { type LogEvent, nodeEvent } from './log-event.ts';

const STANDS_STILL_MS = 30_000;
/** Shares of time are taken over so long; twice in a row counts. */
const LOAD_SPAN_MS = 10_000;
const PRESSED_FROM = 0.3;
const BUSY_FROM = 0.5;
const BAD_LINES_SPAN_MS = 60_000;

export interface WatchedNode {
  readonly id: string;
  readonly sink: boolean;
  /** Its windows or timers wait for event time. */
  readonly waitsForTime: boolean;
  readonly upstream: readonly string[];
}

interface StandingTime {
  watermark: number | null;
  sinceMs: number;
  rows: number;
  told: boolean;
}

interface Load {
  readonly busy: number;
  readonly pressed: number;
}

export class RunWatch {
  private readonly nodes: readonly WatchedNode[];
  private readonly times = new Map<string, StandingTime>();
  private loadsFrom: RunMetrics | null = null;
  private suspect: string | null = null;
  private cause: string | null = null;
  private badLinesAtMs = 0;
  private readonly badLines = new Map<string, number>();

  constructor(nodes: readonly WatchedNode[]) {
    this.nodes = nodes;
  }

  /** `uptimeMs` of the metrics is the clock. */
  look(metrics: RunMetrics, paused: boolean): readonly LogEvent[] {
    const found = new Map(metrics.nodes.map((node) => [node.nodeId, node]));
    return [
      ...this.nodes.flatMap((node) => this.lookAtTime(node, found.get(node.id), metrics.uptimeMs, paused)),
      ...this.lookAtLoads(metrics, paused),
      ...this.lookAtBadLines(metrics, BAD_LINES_SPAN_MS),
    ];
  }

  /** What is still to be said when the run has ended. */
  finish(metrics: RunMetrics): readonly LogEvent[] {
    return this.lookAtBadLines(metrics, 0);
  }

  /** Another attempt counts from nothing. */
  restart(): void {
    this.times.clear();
    this.loadsFrom = null;
    this.suspect = null;
    this.badLines.clear();
  }

  private lookAtTime(node: WatchedNode, now: NodeMetrics | undefined, uptimeMs: number, paused: boolean): readonly LogEvent[] {
    if (!node.waitsForTime || now === undefined) return [];
    const before = this.times.get(node.id);
    if (before === undefined || before.watermark !== now.watermark) {
      this.times.set(node.id, { watermark: now.watermark, sinceMs: uptimeMs, rows: now.rowsIn, told: false });
      if (before?.told !== true) return [];
      return [nodeEvent('info', 'watermark-moves', node.id, fillText(MOVES, { span: spanWords(uptimeMs - before.sinceMs) }))];
    }
    if (paused) {
      before.sinceMs = uptimeMs;
      before.rows = now.rowsIn;
      return [];
    }
    const standsStill = uptimeMs - before.sinceMs >= STANDS_STILL_MS && now.rowsIn > before.rows;
    if (before.told || !standsStill || now.watermark === Number.POSITIVE_INFINITY) return [];
    before.told = true;
    const span = spanWords(uptimeMs - before.sinceMs);
    if (now.watermark === null) return [nodeEvent('warning', 'watermark-missing', node.id, fillText(MISSING, { span }))];
    return [nodeEvent('warning', 'watermark-stuck', node.id, fillText(STUCK, { span, time: instantWords(now.watermark) }))];
  }

  private lookAtLoads(metrics: RunMetrics, paused: boolean): readonly LogEvent[] {
    const from = this.loadsFrom;
    if (from === null || paused) {
      this.loadsFrom = metrics;
      return [];
    }
    if (metrics.uptimeMs - from.uptimeMs < LOAD_SPAN_MS) return [];
    this.loadsFrom = metrics;
    const loads = loadsBetween(from, metrics);
    const found = findCause(this.nodes, loads);
    const suspect = found?.id ?? null;
    const again = suspect === this.suspect;
    this.suspect = suspect;
    const { cause } = this;
    if (!again || cause === suspect) return [];
    this.cause = suspect;
    if (found === null) return cause === null ? [] : [nodeEvent('info', 'back-pressure-over', cause, OVER)];
    const busy = Math.round((loads.get(found.id)?.busy ?? 0) * 100);
    return [
      nodeEvent('warning', found.sink ? 'slow-sink' : 'bottleneck', found.id, fillText(found.sink ? SLOW_SINK : BOTTLENECK, { busy })),
    ];
  }

  private lookAtBadLines({ nodes, uptimeMs }: RunMetrics, spanMs: number): readonly LogEvent[] {
    if (uptimeMs - this.badLinesAtMs < spanMs) return [];
    this.badLinesAtMs = uptimeMs;
    return nodes.flatMap(({ nodeId, badRecords }) => {
      if (badRecords <= (this.badLines.get(nodeId) ?? 0)) return [];
      this.badLines.set(nodeId, badRecords);
      return [nodeEvent('warning', 'bad-lines', nodeId, fillText(BAD_LINES, { count: badRecords }))];
    });
  }
}

/** The busiest node that is hardly held up itself, directly behind one that is. */
function findCause(nodes: readonly WatchedNode[], loads: ReadonlyMap<string, Load>): WatchedNode | null {
  let found: WatchedNode | null = null;
  let busiest = BUSY_FROM;
  for (const node of nodes) {
    const load = loads.get(node.id);
    const holds = node.upstream.some((id) => (loads.get(id)?.pressed ?? 0) >= PRESSED_FROM);
    if (load === undefined || !holds || load.pressed >= PRESSED_FROM || load.busy < busiest) continue;
    found = node;
    busiest = load.busy;
  }
  return found;
}

function loadsBetween(from: RunMetrics, to: RunMetrics): ReadonlyMap<string, Load> {
  const before = new Map(from.nodes.map((node) => [node.nodeId, node]));
  return new Map(
    to.nodes.map((node) => {
      const was = before.get(node.nodeId);
      const busy = node.busyMs - (was?.busyMs ?? 0);
      const pressed = node.backPressuredMs - (was?.backPressuredMs ?? 0);
      const all = busy + pressed + node.idleMs - (was?.idleMs ?? 0);
      return [node.nodeId, all <= 0 ? { busy: 0, pressed: 0 } : { busy: busy / all, pressed: pressed / all }];
    }),
  );
}

function spanWords(ms: number): Text {
  const rounded = Math.round(ms / 1000) * 1000;
  return { en: formatDuration(rounded, 'en'), zh: formatDuration(rounded, 'zh') };
}

function instantWords(watermark: number): string {
  return Math.abs(watermark) <= 8.64e15 ? new Date(watermark).toISOString().replace('T', ' ').replace('Z', '') : String(watermark);
}

const STUCK = text({
  en: 'the watermark has stood at {time} for {span} although rows arrive: windows that wait for it do not fire',
  zh: '水位线停在 {time} 已有 {span}，但仍有数据到达：等待它的窗口不会触发',
});
const MISSING = text({
  en: 'no watermark has come for {span} although rows arrive: no window can fire',
  zh: '有数据到达，但 {span}内没有水位线：任何窗口都无法触发',
});
const MOVES = text({ en: 'the watermark moves again after {span}', zh: '停滞 {span}后，水位线恢复前进' });
const SLOW_SINK = text({
  en: 'this sink is slow: it is busy {busy}% of the time and the nodes before it wait',
  zh: '此数据汇较慢：{busy}% 的时间在忙，前面的节点在等待',
});
const BOTTLENECK = text({
  en: 'this node holds the others back: it is busy {busy}% of the time and the nodes before it wait',
  zh: '此节点拖慢了其他节点：{busy}% 的时间在忙，前面的节点在等待',
});
const OVER = text({ en: 'nothing waits for this node any more', zh: '已没有节点在等待此节点' });
const BAD_LINES = text({ en: 'lines that could not be read so far: {count}', zh: '到目前为止有 {count} 行无法读取' });

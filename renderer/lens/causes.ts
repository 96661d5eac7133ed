/** Why a window has not fired: one cause, named from what the engine tells of the node's time and what the drawing says. Pure. */
import type { NodeTime, NodeTimeChannel, NodeTimeWindow, RunPhase } from '../../engine/host/contract.ts';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import type { SourceFacts, TimeRule } from './upstream.ts';
import { sourcesOf, timeRuleOf } from './upstream.ts';

/** A sender that has sent nothing for this long is called quiet; less is the rhythm of batches. */
export const QUIET_FROM_MS = 5000;

export interface Situation {
  readonly phase: RunPhase;
  readonly paused: boolean;
  readonly parallelism: number;
  /** See TimeReading. */
  readonly pace: number | null;
  /** Rows into and out of the nodes before the window, the nearest first. */
  readonly before: readonly { readonly nodeId: string; readonly rowsIn: number; readonly rowsOut: number }[];
  readonly document: PipelineDocument;
}

/** By the source whose rows it has, where that is one; else by the node that sends. */
export interface Sender {
  readonly nodeId: string;
  readonly subtask: number;
  /** The only one of its node: the subtask need not be named. */
  readonly alone: boolean;
  /** What that subtask of the source reads; null when it is not known. */
  readonly splits: readonly string[] | null;
}

/** The window that fires first. */
export interface NextWindow {
  readonly end: number;
  readonly firesAt: number;
  /** Event time that the watermark lacks; null without a watermark. */
  readonly needsMs: number | null;
}

export type Cause =
  | { readonly kind: 'over'; readonly phase: 'finished' | 'failed' | 'stopped' }
  | { readonly kind: 'restarting' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'paused'; readonly watermark: number | null; readonly next: NextWindow | null }
  | { readonly kind: 'input-ended' }
  | { readonly kind: 'no-rows'; readonly blocker: string | null; readonly rowsIn: number }
  | { readonly kind: 'silent-source'; readonly source: SourceFacts }
  | {
      readonly kind: 'too-few-inputs';
      readonly sender: Sender;
      readonly source: SourceFacts;
      readonly parallelism: number;
      readonly rule: TimeRule | null;
    }
  | {
      readonly kind: 'never-sent';
      readonly sender: Sender;
      readonly others: number;
      readonly file: string | null;
      readonly rule: TimeRule | null;
    }
  | { readonly kind: 'no-event-time'; readonly sender: Sender }
  | { readonly kind: 'all-idle'; readonly watermark: number | null; readonly next: NextWindow | null }
  | {
      readonly kind: 'quiet';
      readonly sender: Sender;
      readonly quietMs: number;
      readonly watermark: number;
      readonly next: NextWindow;
      readonly others: number;
      readonly passed: number;
      readonly file: string | null;
      readonly rule: TimeRule | null;
    }
  | { readonly kind: 'all-quiet'; readonly quietMs: number; readonly watermark: number; readonly next: NextWindow }
  | { readonly kind: 'no-window'; readonly watermark: number }
  | {
      readonly kind: 'not-reached';
      readonly sender: Sender;
      readonly watermark: number;
      readonly next: NextWindow;
      readonly others: number;
      readonly passed: number;
      readonly rule: TimeRule | null;
      /** Of the clock, at the present pace; null when that cannot be told. */
      readonly arrivesInMs: number | null;
    };

export function findCause(time: NodeTime | null, situation: Situation): Cause {
  const { phase } = situation;
  if (phase === 'finished' || phase === 'failed' || phase === 'stopped') return { kind: 'over', phase };
  if (phase === 'lost' || phase === 'starting' || phase === 'restarting') return { kind: 'restarting' };
  if (time === null || !time.ready) return { kind: 'asking' };
  if (time.watermark === Number.POSITIVE_INFINITY || (time.channels.length > 0 && time.channels.every((channel) => channel.ended)))
    return { kind: 'input-ended' };
  const next = nextWindow(time);
  if (situation.paused) return { kind: 'paused', watermark: time.watermark, next };
  if (time.channels.every((channel) => channel.rows === 0)) return findBlocker(situation);
  const holding = time.channels.filter((channel) => !channel.idle && !channel.ended);
  if (holding.length === 0) return { kind: 'all-idle', watermark: time.watermark, next };
  const without = holding.find((channel) => channel.watermark === null);
  if (without !== undefined) return nameWithout(time, without, situation);
  return nameHolder(time, holding, next, situation);
}

/** The lowest of those that hold the watermark; null when none does. */
export function holderOf(time: NodeTime): NodeTimeChannel | null {
  const level = (channel: NodeTimeChannel) => channel.watermark ?? Number.NEGATIVE_INFINITY;
  const holding = time.channels.filter((channel) => !channel.idle && !channel.ended);
  return holding.reduce<NodeTimeChannel | null>((low, channel) => (low === null || level(channel) < level(low) ? channel : low), null);
}

/** Those that have not fired; with an allowed lateness the node keeps fired ones too. */
export function openWindows({ windows, watermark }: NodeTime): readonly NodeTimeWindow[] {
  return windows.filter((window) => window.state === 'open' && (watermark === null || window.firesAt > watermark));
}

export function nextWindow(time: NodeTime): NextWindow | null {
  const first = openWindows(time).reduce<NodeTimeWindow | null>(
    (best, window) => (best === null || window.firesAt < best.firesAt ? window : best),
    null,
  );
  return first === null ? null : { end: first.end, firesAt: first.firesAt, needsMs: needsOf(first, time.watermark) };
}

/** Null without a watermark; a window that only waits for the watermark's next step needs nothing. */
export function needsOf(window: Pick<NodeTimeWindow, 'firesAt'>, watermark: number | null): number | null {
  return watermark === null ? null : Math.max(0, window.firesAt - watermark);
}

function findBlocker({ before, document }: Situation): Cause {
  const blocker = before.find((figures) => figures.rowsIn > 0 && figures.rowsOut === 0);
  if (blocker !== undefined) return { kind: 'no-rows', blocker: blocker.nodeId, rowsIn: blocker.rowsIn };
  const silent = before.filter((figures) => !document.edges.some((edge) => edge.to.node === figures.nodeId));
  if (silent.length > 0 && silent.every((figures) => figures.rowsOut === 0)) {
    const source = sourcesOf(document, silent[0].nodeId)[0];
    if (source !== undefined) return { kind: 'silent-source', source };
  }
  return { kind: 'no-rows', blocker: null, rowsIn: 0 };
}

function nameWithout(time: NodeTime, channel: NodeTimeChannel, { document, parallelism }: Situation): Cause {
  const sender = senderOf(time, channel);
  if (channel.rows > 0) return { kind: 'no-event-time', sender };
  const sources = sourcesOf(document, channel.nodeId);
  const one = sources.length > 0 && sources.every((source) => source.oneFile);
  const rule = timeRuleOf(document, channel.nodeId);
  if (one && parallelism > 1 && !sender.alone) return { kind: 'too-few-inputs', sender, source: sources[0], parallelism, rule };
  return { kind: 'never-sent', sender, others: time.channels.length - 1, file: fileOf(sources), rule };
}

function nameHolder(time: NodeTime, holding: readonly NodeTimeChannel[], next: NextWindow | null, situation: Situation): Cause {
  const holder = holderOf(time) ?? holding[0];
  // What the node has acted on; the sender's own may be a batch ahead.
  const watermark = time.watermark ?? holder.watermark ?? 0;
  if (next === null) return { kind: 'no-window', watermark };
  const sender = senderOf(time, holder);
  const others = holding.length - 1;
  const passed = holding.filter((channel) => channel !== holder && (channel.watermark ?? 0) >= next.firesAt).length;
  if (holder.quietMs >= QUIET_FROM_MS) {
    const quiet = holding.every((channel) => channel.quietMs >= QUIET_FROM_MS && (channel.watermark ?? 0) < next.firesAt);
    if (quiet && others > 0) return { kind: 'all-quiet', quietMs: Math.min(...holding.map((channel) => channel.quietMs)), watermark, next };
    const file = sender.alone ? fileOf(sourcesOf(situation.document, holder.nodeId)) : null;
    const rule = timeRuleOf(situation.document, holder.nodeId);
    return { kind: 'quiet', sender, quietMs: holder.quietMs, watermark, next, others, passed, file, rule };
  }
  const { pace, document } = situation;
  const arrivesInMs = pace === null || pace <= 0 || next.needsMs === null ? null : next.needsMs / pace;
  return { kind: 'not-reached', sender, watermark, next, others, passed, rule: timeRuleOf(document, holder.nodeId), arrivesInMs };
}

export function senderOf({ channels }: NodeTime, channel: NodeTimeChannel): Sender {
  const [source, ...others] = channel.reads;
  if (source === undefined || others.length > 0) {
    const alone = channels.filter((other) => other.nodeId === channel.nodeId).length === 1;
    return { nodeId: channel.nodeId, subtask: channel.subtask, alone, splits: null };
  }
  const { nodeId, subtask, splits } = source;
  const alone = channels.filter((other) => other.reads.some((reading) => reading.nodeId === nodeId)).length === 1;
  return { nodeId, subtask, alone, splits };
}

function fileOf(sources: readonly SourceFacts[]): string | null {
  return sources.length === 1 ? sources[0].file : null;
}

/** Keeps a node that has too much to say from filling the log: a burst passes, then a few a second, and the rest is counted. */
import { fillText, text } from '../../spec/text.ts';
import { type LogEvent, nodeEvent } from './log-event.ts';

const BURST = 30;
const PER_SECOND = 2;

interface Bucket {
  tokens: number;
  filledAtMs: number;
  leftOut: number;
}

const LEFT_OUT = text({
  en: '{count} further messages of this node were left out',
  zh: '省略了此节点的另外 {count} 条消息',
});

export class LogValve {
  private readonly buckets = new Map<string, Bucket>();

  /** What may pass now: nothing, the event, or the event behind a word about those that were held back. `nowMs` is monotonic. */
  pass(event: LogEvent, nowMs: number): readonly LogEvent[] {
    const { nodeId } = event;
    // Errors end a run; there are never many.
    if (nodeId === null || event.level === 'error') return [event];
    const bucket = this.buckets.get(nodeId) ?? { tokens: BURST, filledAtMs: nowMs, leftOut: 0 };
    this.buckets.set(nodeId, bucket);
    bucket.tokens = Math.min(BURST, bucket.tokens + ((nowMs - bucket.filledAtMs) / 1000) * PER_SECOND);
    bucket.filledAtMs = nowMs;
    if (bucket.tokens < 1) {
      bucket.leftOut++;
      return [];
    }
    bucket.tokens--;
    if (bucket.leftOut === 0) return [event];
    const note = { ...nodeEvent('info', 'left-out', nodeId, fillText(LEFT_OUT, { count: bucket.leftOut })), subtask: event.subtask };
    bucket.leftOut = 0;
    return [note, event];
  }
}

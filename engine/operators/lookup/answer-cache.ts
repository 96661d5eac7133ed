/** Answers that are used again for a while: as many as allowed, those that were not used for longest go first. Not part of checkpoints. */
import type { RowAnswer } from './lookup-queue.ts';

interface CachedAnswer {
  readonly answer: RowAnswer;
  readonly untilMs: number;
}

export class AnswerCache {
  private readonly entriesMax: number;
  private readonly keepMs: number;
  private readonly entries = new Map<string, CachedAnswer>();

  /** `keepMs` counts from the answer on. */
  constructor(entriesMax: number, keepMs: number) {
    this.entriesMax = entriesMax;
    this.keepMs = keepMs;
  }

  get(key: string, nowMs: number): RowAnswer | null {
    const found = this.entries.get(key);
    if (found === undefined) return null;
    this.entries.delete(key);
    if (nowMs >= found.untilMs) return null;
    this.entries.set(key, found);
    return found.answer;
  }

  /** What has failed is asked again. */
  put(key: string, answer: RowAnswer, nowMs: number): void {
    if (answer.kind === 'failed') return;
    this.entries.delete(key);
    this.entries.set(key, { answer, untilMs: nowMs + this.keepMs });
    if (this.entries.size <= this.entriesMax) return;
    const [oldest] = this.entries.keys();
    this.entries.delete(oldest);
  }
}

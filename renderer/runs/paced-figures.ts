/**
 * Tells the feet of cards of new figures a few at a time, frame after frame: fifty at once would hold up the frame of whoever
 * is panning. The figures themselves are there at once.
 */
import type { LiveMetrics } from './live-metrics.ts';

/** Sixty cards are through after a tenth of a second; of more, so many that twenty frames are enough. */
const PER_FRAME_MIN = 10;
const FRAMES_MAX = 20;

export class PacedFigures {
  private readonly listeners = new Set<() => void>();
  private readonly nextFrame: (action: () => void) => void;
  private waiting: readonly (() => void)[] = [];
  private requested = false;

  constructor(live: LiveMetrics, nextFrame: (action: () => void) => void) {
    this.nextFrame = nextFrame;
    live.subscribe(() => {
      // Whoever still waits for the last figures is first: on a slow machine all get their turn.
      this.waiting = [...new Set([...this.waiting, ...this.listeners])];
      this.request();
    });
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private request(): void {
    if (this.requested || this.waiting.length === 0) return;
    this.requested = true;
    this.nextFrame(() => this.tell());
  }

  private tell(): void {
    this.requested = false;
    const count = Math.max(PER_FRAME_MIN, Math.ceil(this.listeners.size / FRAMES_MAX));
    const now = this.waiting.slice(0, count);
    this.waiting = this.waiting.slice(count);
    for (const listener of now) if (this.listeners.has(listener)) listener();
    this.request();
  }
}

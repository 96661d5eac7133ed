/** What a run did lately, for pictures over time: rows in and back pressure of an hour, how busy each node was of five minutes. */
import type { LiveMetrics } from './live-metrics.ts';

/** Two frames a second, for an hour and for five minutes. */
const SAMPLES_MAX = 7200;
const NODE_SAMPLES_MAX = 600;

export interface RunSample {
  readonly atMs: number;
  /** Rows per second out of the sources. */
  readonly rateIn: number;
  /** Of the node that waits most, 0…1. */
  readonly pressed: number;
}

export interface NodeSamples {
  /** Seconds since the epoch, oldest first. */
  readonly atSeconds: Float64Array;
  /** Shares of a hundred. */
  readonly busy: Float64Array;
}

/** Rings of fixed size: an hour of watching takes no more memory than a minute. */
export class RunSamples {
  private readonly at = new Float64Array(SAMPLES_MAX);
  private readonly rateIn = new Float32Array(SAMPLES_MAX);
  private readonly pressed = new Float32Array(SAMPLES_MAX);
  private readonly busy = new Map<string, Float32Array>();
  private readonly listeners = new Set<() => void>();
  private taken = 0;

  /** One more moment, once the frame has been pushed to `live`. */
  take(atMs: number, nodeIds: readonly string[], live: LiveMetrics): void {
    const place = this.taken % SAMPLES_MAX;
    const nodePlace = this.taken % NODE_SAMPLES_MAX;
    let pressed = 0;
    for (const id of nodeIds) {
      const figures = live.node(id);
      if (figures === null) continue;
      pressed = Math.max(pressed, figures.pressed);
      this.ringOf(id)[nodePlace] = figures.busy;
    }
    this.at[place] = atMs;
    this.rateIn[place] = live.totals().rateIn;
    this.pressed[place] = pressed;
    this.taken++;
    for (const listener of this.listeners) listener();
  }

  clear(): void {
    this.taken = 0;
    this.busy.clear();
    for (const listener of this.listeners) listener();
  }

  /** Changes with every sample. */
  count(): number {
    return this.taken;
  }

  /** Oldest first. */
  since(fromMs: number): readonly RunSample[] {
    const kept = Math.min(this.taken, SAMPLES_MAX);
    const samples: RunSample[] = [];
    for (let index = this.taken - kept; index < this.taken; index++) {
      const place = index % SAMPLES_MAX;
      if (this.at[place] < fromMs) continue;
      samples.push({ atMs: this.at[place], rateIn: this.rateIn[place], pressed: this.pressed[place] });
    }
    return samples;
  }

  node(id: string): NodeSamples {
    const ring = this.busy.get(id);
    const kept = ring === undefined ? 0 : Math.min(this.taken, NODE_SAMPLES_MAX);
    const atSeconds = new Float64Array(kept);
    const busy = new Float64Array(kept);
    for (let index = 0; index < kept; index++) {
      const from = this.taken - kept + index;
      atSeconds[index] = this.at[from % SAMPLES_MAX] / 1000;
      busy[index] = (ring?.[from % NODE_SAMPLES_MAX] ?? 0) * 100;
    }
    return { atSeconds, busy };
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private ringOf(id: string): Float32Array {
    const known = this.busy.get(id);
    if (known !== undefined) return known;
    const ring = new Float32Array(NODE_SAMPLES_MAX);
    this.busy.set(id, ring);
    return ring;
  }
}

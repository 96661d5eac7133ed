/** What a run did lately, for pictures over time: rows in and back pressure of an hour, the figures of each node of five minutes. */
import type { LiveMetrics } from './live-metrics.ts';
import type { NodeSamples } from './node-samples.ts';
import { NodeSampleRings } from './node-samples.ts';

/** Two frames a second, for an hour. */
const SAMPLES_MAX = 7200;

export interface RunSample {
  readonly atMs: number;
  /** Rows per second out of the sources. */
  readonly rateIn: number;
  /** Of the node that waits most, 0…1. */
  readonly pressed: number;
}

/** Rings of fixed size: an hour of watching takes no more memory than a minute. */
export class RunSamples {
  private readonly at = new Float64Array(SAMPLES_MAX);
  private readonly rateIn = new Float32Array(SAMPLES_MAX);
  private readonly pressed = new Float32Array(SAMPLES_MAX);
  private readonly nodes = new NodeSampleRings();
  private readonly listeners = new Set<() => void>();
  private taken = 0;

  /** One more moment, once the frame has been pushed to `live`. */
  take(atMs: number, nodeIds: readonly string[], live: LiveMetrics): void {
    const place = this.taken % SAMPLES_MAX;
    this.nodes.take(atMs, nodeIds, (id) => live.node(id));
    const pressed = nodeIds.reduce((most, id) => Math.max(most, live.node(id)?.pressed ?? 0), 0);
    this.at[place] = atMs;
    this.rateIn[place] = live.totals().rateIn;
    this.pressed[place] = pressed;
    this.taken++;
    for (const listener of this.listeners) listener();
  }

  clear(): void {
    this.taken = 0;
    this.nodes.clear();
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
    return this.nodes.read(id);
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

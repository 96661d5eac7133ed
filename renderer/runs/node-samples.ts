/** What each node did of late: rings of fixed size, so that an hour of watching takes no more memory than five minutes. */
import type { NodeLive } from './live-metrics.ts';

/** Two frames a second, for five minutes. */
const SAMPLES_MAX = 600;

const FIGURES = ['busy', 'pressed', 'rateIn', 'rateOut', 'stateBytes'] as const;

/** Shares 0…1, rows per second, bytes. */
export type NodeFigure = (typeof FIGURES)[number];

export interface NodeSamples {
  /** Epoch ms, oldest first; every series below has as many values. */
  readonly atMs: Float64Array;
  /** Epoch ms of event time; NaN where there was none, Infinity behind the end of input. */
  readonly watermark: Float64Array;
  readonly figures: Readonly<Record<NodeFigure, Float64Array>>;
}

interface Ring {
  readonly figures: Float32Array;
  /** In milliseconds since 1970, which 32 bits cannot hold. */
  readonly watermark: Float64Array;
  /** The first moment it was told. */
  readonly from: number;
}

export class NodeSampleRings {
  private readonly at = new Float64Array(SAMPLES_MAX);
  private readonly rings = new Map<string, Ring>();
  private taken = 0;

  /** One more moment. */
  take(atMs: number, nodeIds: readonly string[], figuresOf: (id: string) => NodeLive | null): void {
    const place = this.taken % SAMPLES_MAX;
    this.at[place] = atMs;
    for (const id of nodeIds) {
      const live = figuresOf(id);
      if (live === null) continue;
      const ring = this.ringOf(id);
      FIGURES.forEach((figure, index) => {
        ring.figures[place * FIGURES.length + index] = live[figure];
      });
      ring.watermark[place] = live.watermark ?? Number.NaN;
    }
    this.taken++;
  }

  clear(): void {
    this.taken = 0;
    this.rings.clear();
  }

  read(id: string): NodeSamples {
    const ring = this.rings.get(id);
    const from = ring === undefined ? this.taken : Math.max(ring.from, this.taken - SAMPLES_MAX);
    const places = Array.from({ length: this.taken - from }, (_moment, index) => (from + index) % SAMPLES_MAX);
    const series = (value: (place: number) => number) => Float64Array.from(places, value);
    const figure = (name: NodeFigure) => series((place) => ring?.figures[place * FIGURES.length + FIGURES.indexOf(name)] ?? 0);
    return {
      atMs: series((place) => this.at[place]),
      watermark: series((place) => ring?.watermark[place] ?? Number.NaN),
      figures: {
        busy: figure('busy'),
        pressed: figure('pressed'),
        rateIn: figure('rateIn'),
        rateOut: figure('rateOut'),
        stateBytes: figure('stateBytes'),
      },
    };
  }

  private ringOf(id: string): Ring {
    const known = this.rings.get(id);
    if (known !== undefined) return known;
    const ring = {
      figures: new Float32Array(SAMPLES_MAX * FIGURES.length),
      watermark: new Float64Array(SAMPLES_MAX).fill(Number.NaN),
      from: this.taken,
    };
    this.rings.set(id, ring);
    return ring;
  }
}

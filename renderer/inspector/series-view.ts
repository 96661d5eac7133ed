/** One series of a running node as it is drawn: its lines, the scale they share, and how a value reads. */
import type { ShellState } from '../app/shell.ts';
import type { NodeSamples } from '../runs/node-samples.ts';
import { formatBytes, formatCount, formatInstant, formatWatermark } from '../strings/figures.ts';

export type SeriesName = ShellState['series'];
export const SERIES: readonly SeriesName[] = ['busy', 'rows', 'time', 'state'];

export interface SeriesLine {
  readonly label: 'series.busy' | 'series.pressed' | 'series.in' | 'series.out' | 'series.watermark' | 'series.bytes';
  readonly tone: 'flow' | 'press' | 'tide';
  /** The area below it is filled. */
  readonly filled: boolean;
  /** NaN where there is none. */
  readonly values: Float64Array;
}

export interface SeriesView {
  readonly atMs: Float64Array;
  readonly lines: readonly SeriesLine[];
  readonly bottom: number;
  readonly top: number;
  /** Of a value at that moment. */
  readonly print: (value: number, atMs: number) => string;
  /** What the upper edge stands for. */
  readonly topLabel: string;
}

const SPAN_MS = 300_000;
/** A run that has just begun is not drawn as if it had lasted for ever. */
const SPAN_LEAST_MS = 30_000;
const HEADROOM = 1.1;

export function seriesView(name: SeriesName, samples: NodeSamples): SeriesView {
  const { atMs, figures, watermark } = samples;
  switch (name) {
    case 'busy': {
      const lines: readonly SeriesLine[] = [
        { label: 'series.busy', tone: 'flow', filled: true, values: figures.busy },
        { label: 'series.pressed', tone: 'press', filled: false, values: figures.pressed },
      ];
      return { atMs, lines, bottom: 0, top: 1.04, print: (share) => `${Math.round(share * 100)}%`, topLabel: '100%' };
    }
    case 'rows': {
      const lines: readonly SeriesLine[] = [
        { label: 'series.in', tone: 'flow', filled: true, values: figures.rateIn },
        { label: 'series.out', tone: 'tide', filled: false, values: figures.rateOut },
      ];
      return fromZero(atMs, lines, (rate) => `${formatCount(rate)}/s`);
    }
    case 'state':
      return fromZero(atMs, [{ label: 'series.bytes', tone: 'flow', filled: true, values: figures.stateBytes }], formatBytes);
    case 'time': {
      const values = watermark.map((instant) => (Number.isFinite(instant) ? instant : Number.NaN));
      const known = values.filter((instant) => !Number.isNaN(instant));
      const lowest = known.reduce((least, instant) => Math.min(least, instant), Number.POSITIVE_INFINITY);
      const highest = known.reduce((most, instant) => Math.max(most, instant), Number.NEGATIVE_INFINITY);
      const room = Math.max(1, (highest - lowest) * (HEADROOM - 1));
      return {
        atMs,
        lines: [{ label: 'series.watermark', tone: 'tide', filled: false, values }],
        bottom: known.length === 0 ? 0 : lowest - room,
        top: known.length === 0 ? 1 : highest + room,
        print: formatWatermark,
        topLabel: known.length === 0 ? '' : formatInstant(highest).slice(11),
      };
    }
  }
}

function fromZero(atMs: Float64Array, lines: readonly SeriesLine[], print: (value: number) => string): SeriesView {
  const most = lines.reduce((top, { values }) => values.reduce((high, value) => Math.max(high, value), top), 0);
  return { atMs, lines, bottom: 0, top: Math.max(1, most * HEADROOM), print, topLabel: most === 0 ? '' : print(most) };
}

export interface SeriesBox {
  readonly width: number;
  readonly height: number;
}

/** The stretch of time the width stands for: it ends with the newest sample. */
export function seriesSpan({ atMs }: Pick<SeriesView, 'atMs'>): { readonly fromMs: number; readonly toMs: number } {
  const toMs = atMs.at(-1) ?? 0;
  return { fromMs: toMs - Math.max(SPAN_LEAST_MS, Math.min(SPAN_MS, toMs - (atMs[0] ?? toMs))), toMs };
}

/** An SVG path; `filled` closes it at the lower edge. A gap in the values is a gap in the line. */
export function seriesPath(view: SeriesView, values: Float64Array, box: SeriesBox, filled: boolean): string {
  const { fromMs, toMs } = seriesSpan(view);
  const parts: string[] = [];
  let stretch: string[] = [];
  let first = 0;
  let last = 0;
  const close = () => {
    if (stretch.length > 1)
      parts.push(`M${stretch.join('L')}${filled ? `L${last.toFixed(1)} ${box.height}L${first.toFixed(1)} ${box.height}Z` : ''}`);
    stretch = [];
  };
  values.forEach((value, index) => {
    if (Number.isNaN(value) || view.atMs[index] < fromMs) {
      close();
      return;
    }
    last = ((view.atMs[index] - fromMs) / (toMs - fromMs)) * box.width;
    if (stretch.length === 0) first = last;
    const share = (value - view.bottom) / (view.top - view.bottom);
    stretch.push(`${last.toFixed(1)} ${((1 - share) * box.height).toFixed(1)}`);
  });
  close();
  return parts.join('');
}

/** The sample nearest to that moment; -1 without any. */
export function sampleAt({ atMs }: Pick<SeriesView, 'atMs'>, moment: number): number {
  let found = -1;
  atMs.forEach((at, index) => {
    if (found < 0 || Math.abs(at - moment) < Math.abs(atMs[found] - moment)) found = index;
  });
  return found;
}

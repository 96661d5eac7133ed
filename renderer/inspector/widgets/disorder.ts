/** How far rows of the sample came behind the latest time before them, and what share a delay would cover. */
import type { JsonObject } from '../../../engine/base/json.ts';
import type { SampleRows } from '../../code/sample-value.ts';

export interface Disorder {
  /** Milliseconds behind, one per row with a time, ascending. */
  readonly behindMs: readonly number[];
}

/** Fewer times than this say nothing about disorder. */
const ROWS_MIN = 5;

export function measureDisorder(sample: SampleRows | null, column: string): Disorder | null {
  if (sample === null) return null;
  const times = sample.rows.map((row) => timeOf(row, column)).filter((time) => time !== null);
  if (times.length < ROWS_MIN) return null;
  let latest = Number.NEGATIVE_INFINITY;
  const behindMs = times.map((time) => {
    latest = Math.max(latest, time);
    return latest - time;
  });
  return { behindMs: behindMs.sort((a, b) => a - b) };
}

/** Share of rows, 0 … 1, that are not late with this delay. */
export function coveredShare({ behindMs }: Disorder, delayMs: number): number {
  return behindMs.filter((behind) => behind <= delayMs).length / behindMs.length;
}

/** Density of the disorder as points of a curve, x and y from 0 to 1; `rangeMs` is where x is 1. */
export function disorderCurve(
  { behindMs }: Disorder,
  rangeMs: number,
  points: number,
): readonly { readonly x: number; readonly y: number }[] {
  // A bell around each row, wide enough that a hundred rows make one curve and not a hundred spikes.
  const width = Math.max(rangeMs / 14, 1);
  const density = Array.from({ length: points }, (_point, index) => {
    const at = (index / (points - 1)) * rangeMs;
    return behindMs.reduce((sum, behind) => sum + Math.exp(-(((at - behind) / width) ** 2) / 2), 0);
  });
  const highest = Math.max(...density, 1e-9);
  return density.map((value, index) => ({ x: index / (points - 1), y: value / highest }));
}

function timeOf(row: JsonObject, column: string): number | null {
  const value = row[column];
  if (typeof value !== 'string') return null;
  const time = Date.parse(`${value.replace(' ', 'T').replace(/Z$/, '')}Z`);
  return Number.isNaN(time) ? null : time;
}

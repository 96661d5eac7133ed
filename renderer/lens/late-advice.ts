/** What the observed late rows say: how late they were, and how many of them a longer allowed lateness would certainly have counted. Pure. */
import type { NodeTimeRow } from '../../engine/host/contract.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Lengths of time that people set. */
const STEPS_MS: readonly number[] = [
  ...[1, 2, 5, 10, 20, 30].map((seconds) => seconds * SECOND_MS),
  ...[1, 2, 5, 10, 15, 20, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 12, 24].map((hours) => hours * HOUR_MS),
];
/** The shortest lateness that brings this share back is enough: the last few rows cost the most state. */
const SHARE_WANTED = 0.8;
const BINS = 18;

export interface LateAdvice {
  readonly allowedMs: number;
  /** At least so many: a window ends after its row, so it may be open a little longer than the row was late. */
  readonly back: number;
  /** Rows seen that missed a window. */
  readonly missed: number;
}

/** Null when no row seen has missed a window, or none could be helped. */
export function adviseLateness(rows: readonly NodeTimeRow[], allowedMs: number): LateAdvice | null {
  const behind = rows.filter((row) => row.missed > 0).map((row) => row.behindMs);
  if (behind.length === 0) return null;
  const backWith = (lateness: number) => behind.filter((ms) => ms < lateness).length;
  const longer = STEPS_MS.filter((step) => step > allowedMs && backWith(step) > 0);
  const chosen = longer.find((step) => backWith(step) >= behind.length * SHARE_WANTED) ?? longer.at(-1);
  return chosen === undefined ? null : { allowedMs: chosen, back: backWith(chosen), missed: behind.length };
}

export interface LateBin {
  readonly fromMs: number;
  readonly counted: number;
  readonly missedSome: number;
  readonly late: number;
}

export interface LateHistogram {
  readonly bins: readonly LateBin[];
  readonly binMs: number;
  readonly endMs: number;
  /** Rows of the fullest bin. */
  readonly most: number;
}

export function histogramOf(rows: readonly NodeTimeRow[]): LateHistogram {
  const worst = rows.reduce((most, row) => Math.max(most, row.behindMs), 0);
  const binMs = niceBin(worst / BINS);
  const bins = Array.from({ length: Math.max(1, Math.floor(worst / binMs) + 1) }, (_unused, index) => ({
    fromMs: index * binMs,
    counted: 0,
    missedSome: 0,
    late: 0,
  }));
  for (const row of rows) {
    const bin = bins[Math.floor(row.behindMs / binMs)];
    if (row.outcome === 'counted') bin.counted++;
    else if (row.outcome === 'missed-some') bin.missedSome++;
    else bin.late++;
  }
  const most = bins.reduce((top, bin) => Math.max(top, bin.counted + bin.missedSome + bin.late), 0);
  return { bins, binMs, endMs: bins.length * binMs, most };
}

function niceBin(atLeastMs: number): number {
  const small = [1, 2, 5, 10, 20, 50, 100, 200, 500];
  return [...small, ...STEPS_MS].find((step) => step >= atLeastMs) ?? Math.ceil(atLeastMs / (24 * HOUR_MS)) * 24 * HOUR_MS;
}

/** Rows as lines over time: one per key, at most eight; what is beyond becomes one line of its own. */
import type { ResultView } from './choose-view.ts';
import type { ResultRow } from './result-row.ts';
import { keyOf, numberOf, timeOf } from './result-row.ts';

export const SERIES_MAX = 8;
/** The newest moments; a chart is not wider in pixels. */
const MOMENTS_MAX = 2000;

export interface Series {
  readonly name: string;
  /** How many keys it stands for; above one their mean is drawn. */
  readonly keys: number;
  /** Parallel to the moments. */
  readonly values: readonly (number | null)[];
}

export interface SeriesSet {
  /** Epoch ms, rising. */
  readonly moments: readonly number[];
  readonly series: readonly Series[];
}

/** The keys with the most come first; of two rows with one key and one moment the newer counts. */
export function toSeries(rows: readonly ResultRow[], view: ResultView): SeriesSet {
  const { time, value } = view;
  if (time === null || value === null) return { moments: [], series: [] };
  const byKey = new Map<string, Map<number, number>>();
  const moments = new Set<number>();
  for (const row of rows) {
    const atMs = timeOf(row, time);
    const number = numberOf(row, value);
    if (atMs === null || number === null) continue;
    moments.add(atMs);
    const key = keyOf(row, view.keys);
    const values = byKey.get(key) ?? new Map<number, number>();
    values.set(atMs, number);
    byKey.set(key, values);
  }
  const shown = [...moments].sort((a, b) => a - b).slice(-MOMENTS_MAX);
  const weight = (values: ReadonlyMap<number, number>) => [...values.values()].reduce((sum, number) => sum + Math.abs(number), 0);
  const ranked = [...byKey]
    .map(([name, values]) => ({ name, values, weight: weight(values) }))
    .sort((a, b) => b.weight - a.weight || a.name.localeCompare(b.name));
  const alone = ranked.length > SERIES_MAX ? SERIES_MAX - 1 : ranked.length;
  const series: Series[] = ranked
    .slice(0, alone)
    .map(({ name, values }) => ({ name, keys: 1, values: shown.map((atMs) => values.get(atMs) ?? null) }));
  const rest = ranked.slice(alone);
  if (rest.length > 0) series.push({ name: '', keys: rest.length, values: shown.map((atMs) => mean(rest, atMs)) });
  return { moments: shown, series };
}

function mean(rest: readonly { readonly values: ReadonlyMap<number, number> }[], atMs: number): number | null {
  const numbers = rest.map(({ values }) => values.get(atMs)).filter((number) => number !== undefined);
  return numbers.length === 0 ? null : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

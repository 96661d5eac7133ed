/** How the figures above a result and the keys of a board have moved over the last moments. Pure. */
import type { ResultView } from './choose-view.ts';
import type { ResultRow } from './result-row.ts';
import { keyOf, numberOf, timeOf } from './result-row.ts';

/** The newest moments; a sparkline has room for no more. */
const MOMENTS_MAX = 40;

export interface Trends {
  /** By moment, oldest first. */
  readonly rows: readonly number[];
  /** Of the key of the newest row. */
  readonly newest: readonly (number | null)[];
  readonly highest: readonly (number | null)[];
  readonly byKey: ReadonlyMap<string, readonly (number | null)[]>;
}

const NONE: Trends = { rows: [], newest: [], highest: [], byKey: new Map() };

export function trendsOf(rows: readonly ResultRow[], view: ResultView): Trends {
  const { time, value, keys } = view;
  if (time === null || value === null) return NONE;
  const found = new Map<number, { rows: number; values: Map<string, number> }>();
  let newestKey = '';
  for (const row of rows) {
    const atMs = timeOf(row, time);
    const number = numberOf(row, value);
    if (atMs === null || number === null) continue;
    newestKey = keyOf(row, keys);
    const moment = found.get(atMs) ?? { rows: 0, values: new Map<string, number>() };
    moment.rows++;
    moment.values.set(newestKey, number);
    found.set(atMs, moment);
  }
  const moments = [...found]
    .sort(([a], [b]) => a - b)
    .slice(-MOMENTS_MAX)
    .map(([, moment]) => moment);
  const names = new Set(moments.flatMap((moment) => [...moment.values.keys()]));
  const of = (name: string) => moments.map((moment) => moment.values.get(name) ?? null);
  return {
    rows: moments.map((moment) => moment.rows),
    newest: of(newestKey),
    highest: moments.map((moment) => Math.max(...moment.values.values())),
    byKey: new Map([...names].map((name) => [name, of(name)])),
  };
}

/** Every moment that rows tell of, rising. */
export function momentsOf(rows: readonly ResultRow[], time: string): readonly number[] {
  const moments = new Set<number>();
  for (const row of rows) {
    const atMs = timeOf(row, time);
    if (atMs !== null) moments.add(atMs);
  }
  return [...moments].sort((a, b) => a - b);
}

/** Rows up to a moment; those without one stay. */
export function rowsUpTo(rows: readonly ResultRow[], time: string, atMs: number): readonly ResultRow[] {
  return rows.filter((row) => (timeOf(row, time) ?? atMs) <= atMs);
}

/** The figures above a result: rows, the newest and the highest value, how far event time has come. */
import type { ResultView } from './choose-view.ts';
import type { ResultRow } from './result-row.ts';
import { keyOf, numberOf, timeOf } from './result-row.ts';

export interface ValueFigure {
  readonly value: number;
  readonly key: string;
  readonly atMs: number | null;
}

export interface ResultFigures {
  readonly rows: number;
  /** Different keys; null = rows have none. */
  readonly keys: number | null;
  /** Of the newest row. */
  readonly newest: ValueFigure | null;
  readonly highest: ValueFigure | null;
  /** The latest moment of any row. */
  readonly atMs: number | null;
}

export function figuresOf(rows: readonly ResultRow[], view: ResultView): ResultFigures {
  const { time, value, keys } = view;
  const names = new Set<string>();
  let newest: ValueFigure | null = null;
  let highest: ValueFigure | null = null;
  let latest: number | null = null;
  for (const row of rows) {
    const key = keyOf(row, keys);
    names.add(key);
    const atMs = time === null ? null : timeOf(row, time);
    if (atMs !== null && (latest === null || atMs > latest)) latest = atMs;
    const number = value === null ? null : numberOf(row, value);
    if (number === null) continue;
    newest = { value: number, key, atMs };
    if (highest === null || number > highest.value) highest = newest;
  }
  return { rows: rows.length, keys: keys.length === 0 ? null : names.size, newest, highest, atMs: latest };
}

/** The board: keys by their newest value, how far each has moved since the window before, and the same without an order by value. */
import type { ResultView } from './choose-view.ts';
import type { ResultRow } from './result-row.ts';
import { keyOf, numberOf, timeOf } from './result-row.ts';

export interface Place {
  readonly rank: number;
  readonly key: string;
  readonly value: number;
  /** Places gained since the window before; `new` = was not in it; null = there is nothing to compare with. */
  readonly moved: number | 'new' | null;
}

export interface Ranking {
  /** The moment it is about; null = the newest value of every key, whenever that was. */
  readonly atMs: number | null;
  readonly places: readonly Place[];
  readonly keys: number;
}

/** `count` places; a window's result is one moment, anything else the newest row of each key. */
export function rank(rows: readonly ResultRow[], view: ResultView, count: number): Ranking {
  const { time, value } = view;
  if (value === null) return { atMs: null, places: [], keys: 0 };
  const moments = time !== null && view.windowed ? twoNewest(rows, time) : [];
  const at = (atMs: number | undefined) => (time === null || atMs === undefined ? rows : rows.filter((row) => timeOf(row, time) === atMs));
  const now = order(at(moments[0]), view, value);
  const before = moments[1] === undefined ? null : new Map(order(at(moments[1]), view, value).map(([key], index) => [key, index]));
  return {
    atMs: moments[0] ?? null,
    keys: now.length,
    places: now.slice(0, count).map(([key, number], index) => {
      const old = before?.get(key);
      return { rank: index + 1, key, value: number, moved: before === null ? null : old === undefined ? 'new' : old - index };
    }),
  };
}

/** Newest value by key, the largest first; ties by name, so that equal values do not trade places. */
function order(rows: readonly ResultRow[], view: ResultView, column: string): readonly (readonly [string, number])[] {
  const values = new Map<string, number>();
  for (const row of rows) {
    const number = numberOf(row, column);
    if (number !== null) values.set(keyOf(row, view.keys), number);
  }
  return [...values].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0], undefined, { numeric: true }));
}

function twoNewest(rows: readonly ResultRow[], time: string): readonly number[] {
  let newest: number | undefined;
  let second: number | undefined;
  for (const row of rows) {
    const atMs = timeOf(row, time);
    if (atMs === null || atMs === newest || atMs === second) continue;
    if (newest === undefined || atMs > newest) [newest, second] = [atMs, newest];
    else if (second === undefined || atMs > second) second = atMs;
  }
  return [newest, second].filter((atMs) => atMs !== undefined);
}

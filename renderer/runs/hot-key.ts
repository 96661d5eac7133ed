/** The key that most of some rows have. Pure. */

/** A key with less of the rows is one of many. */
const SHARE_FROM = 0.2;
/** Fewer rows say little. */
const ROWS_FROM = 20;

export interface HotKey {
  /** Values of the key columns as they are shown. */
  readonly values: readonly string[];
  /** Of the rows looked at, 0…1. */
  readonly share: number;
}

/** `rows` are the values of the key columns of each row. Null when no key stands out. */
export function hotKeyOf(rows: readonly (readonly string[])[]): HotKey | null {
  if (rows.length < ROWS_FROM) return null;
  const counts = new Map<string, { readonly values: readonly string[]; count: number }>();
  for (const values of rows) {
    const name = JSON.stringify(values);
    const known = counts.get(name) ?? { values, count: 0 };
    known.count++;
    counts.set(name, known);
  }
  const [first] = [...counts.values()].sort((a, b) => b.count - a.count);
  const share = first.count / rows.length;
  return share >= SHARE_FROM ? { values: first.values, share } : null;
}

/** From a changelog to the rows that stand: inserts add, updates replace, deletes take away, as the downstream of a stream sees it. */
import { cellOf } from '../preview/row-cells.ts';
import type { ResultRow } from './result-row.ts';

/**
 * Rows in the order in which they came to stand. `identity`: columns that name a row in an upsert stream; null = a row is
 * known by all its values, as in a retract stream. What takes back a row that was never seen is passed over.
 */
export function applyChanges(changes: readonly ResultRow[], identity: readonly string[] | null): readonly ResultRow[] {
  if (identity === null && changes.every((row) => row.change === '+I')) return changes;
  const standing = new Map<string, ResultRow[]>();
  for (const row of changes) {
    const name = nameOf(row, identity);
    const rows = standing.get(name) ?? [];
    if (row.change === '-U' || row.change === '-D') rows.pop();
    else if (identity !== null) rows.splice(0, rows.length, row);
    else rows.push(row);
    if (rows.length > 0) standing.set(name, rows);
    else standing.delete(name);
  }
  return [...standing.values()].flat().sort((a, b) => a.sequence - b.sequence);
}

function nameOf({ cells }: ResultRow, identity: readonly string[] | null): string {
  const columns = identity ?? [...cells.cells.keys()];
  return JSON.stringify(columns.map((column) => [cellOf(cells, column).kind, cellOf(cells, column).text]));
}

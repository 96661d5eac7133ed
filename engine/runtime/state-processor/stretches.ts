/** Sessions of a key lie apart: what is put is held against the others, by the members key, window_start and window_end. */
import { floorMillis } from '../../columnar/column-value.ts';
import { asLong } from './state-part.ts';
import type { StateRow } from './state-table.ts';
import { identityOf, keyOf, refuseRowValue } from './state-table.ts';

const [START, END] = [1, 2];

/** Refuses those that overlap or touch, if one of them is new; answers which rows are new, or end elsewhere than the one they stand for. */
export function checkApart(rows: readonly StateRow[], stored: readonly StateRow[], nodeId: string): (row: StateRow) => boolean {
  const ends = new Map(stored.map((row) => [identityOf(row), row.values[END]]));
  const isNew = (row: StateRow): boolean => ends.get(identityOf(row)) !== row.values[END];
  const byKey = new Map<string | null, StateRow[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const others = byKey.get(key);
    if (others === undefined) byKey.set(key, [row]);
    else others.push(row);
  }
  for (const row of rows.filter(isNew)) {
    if (timeOf(row, END) > timeOf(row, START)) continue;
    throw refuseRowValue(row, nodeId, 'window_end', "must be behind 'window_start'", 'a window ends behind its start: write a later end');
  }
  for (const sessions of byKey.values()) {
    sessions.sort((left, right) => Number(timeOf(left, START) > timeOf(right, START)) * 2 - 1);
    sessions.forEach((row, at) => {
      const before = sessions[at - 1];
      if (before === undefined || timeOf(before, END) < timeOf(row, START) || !(isNew(row) || isNew(before))) return;
      const wanted = 'must be behind the end of the session of its key before it: sessions that overlap or touch are one';
      throw refuseRowValue(
        row,
        nodeId,
        'window_start',
        wanted,
        'put one session from the first start to the last end, and remove the other',
      );
    });
  }
  return isNew;
}

function timeOf({ values }: StateRow, at: number): bigint {
  return floorMillis(asLong(values[at]));
}

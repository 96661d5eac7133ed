/** How the rows of a sort and the keys they belong to lie in memory and in a snapshot. */
import type { JsonValue } from '../../base/json.ts';
import { keyForm } from '../../columnar/key-fields.ts';
import type { KeyedTable } from '../../state/keyed-table.ts';
import type { CellSpec, RowLayout } from '../../state/row-layout.ts';
import { createRowLayout } from '../../state/row-layout.ts';
import type { RowStore, StoreHeader } from '../../state/row-store.ts';
import { storedCells } from '../../state/stored-columns.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import { printType } from '../../types/print-type.ts';
import type { SnapshotWriter } from '../operator.ts';

const LINK: CellSpec = { form: 'i32', nullable: false };
const LONG: CellSpec = { form: 'i64', nullable: false };
const DOUBLE: CellSpec = { form: 'f64', nullable: false };
/** Of a key: time of the last row that left. */
const KEPT_KEY: readonly CellSpec[] = [LONG];
/** Of a key that is forgotten some time also: the clock at its last row (0 in a new key), how many of its rows wait. */
const FORGOTTEN_KEY: readonly CellSpec[] = [LONG, DOUBLE, LINK];
/** Key's row, place in the heap, time, number by arrival; the row's columns follow. */
const OWN_CELLS: readonly CellSpec[] = [LINK, LINK, LONG, DOUBLE];
export const SORTED_COLUMNS_AT = OWN_CELLS.length;
export const SORTED_SECTION = 'sorted';

export interface SortedHeader {
  readonly meaning: string;
  /** Absent in older state. */
  readonly keyTypes?: readonly string[];
  readonly keys: StoreHeader;
  readonly rows: StoreHeader;
}

export function sortedKeyLayout(keyTypes: readonly LogicalType[], forgets: boolean): RowLayout {
  const key = keyTypes.map((type): CellSpec => ({ form: keyForm(type), nullable: true }));
  return createRowLayout(key, forgets ? FORGOTTEN_KEY : KEPT_KEY);
}

export function sortedRowLayout(types: readonly LogicalType[]): RowLayout {
  return createRowLayout([], [...OWN_CELLS, ...storedCells(types)]);
}

/** Words of the cells of a key and of a row; those of a key that is never forgotten end with the first. */
export function sortedWords(keys: RowLayout, rows: RowLayout) {
  const [last, seen, waiting] = keys.cells.map(({ word }) => word);
  const [key, place, time, arrival] = rows.cells.map(({ word }) => word);
  return { last, seen, waiting, key, place, time, arrival };
}

export function writeSorted(
  writer: SnapshotWriter,
  keys: KeyedTable,
  rows: RowStore,
  { meaning, keyTypes }: { readonly meaning: string; readonly keyTypes: readonly LogicalType[] },
): void {
  const header: SortedHeader = { meaning, keyTypes: keyTypes.map(printType), keys: keys.header(), rows: rows.header() };
  writer.section(SORTED_SECTION, 'keyed', header as unknown as JsonValue, [...keys.ranges(), ...rows.ranges()]);
}

/** One row of a result as it came: its number, what it does to the result, its cells. */
import type { RowCells } from '../preview/row-cells.ts';
import { cellOf, readRowCells } from '../preview/row-cells.ts';

export type Change = '+I' | '-U' | '+U' | '-D';

export interface ResultRow {
  /** Its number among all rows of the result, from 1. */
  readonly sequence: number;
  readonly change: Change;
  readonly cells: RowCells;
}

export function readResultRow(text: string, sequence: number, columns: readonly string[]): ResultRow {
  const cells = readRowCells(text, columns);
  const change = cells.change === '-U' || cells.change === '+U' || cells.change === '-D' ? cells.change : '+I';
  return { sequence, change, cells };
}

/** Null for what is no number. */
export function numberOf(row: ResultRow, column: string): number | null {
  const { kind, text } = cellOf(row.cells, column);
  if (kind === 'null' || kind === 'json' || text === '') return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/** Epoch ms of an SQL or ISO date or timestamp, in UTC when it names no zone; null for what is none. */
export function timeOf(row: ResultRow, column: string): number | null {
  const { kind, text } = cellOf(row.cells, column);
  if (kind !== 'text') return null;
  const iso = text.replace(' ', 'T');
  const atMs = Date.parse(/T.*(Z|[+-]\d\d:?\d\d)$/.test(iso) || !iso.includes('T') ? iso : `${iso}Z`);
  return Number.isNaN(atMs) ? null : atMs;
}

/** What names a row: the values of the key columns. */
export function keyOf(row: ResultRow, keys: readonly string[]): string {
  return keys.map((key) => cellOf(row.cells, key).text).join(' · ');
}

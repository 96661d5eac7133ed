/** Rows behind the watermark as lines of a table and as text to copy. Pure. */
import type { NodeTimeRow } from '../../engine/host/contract.ts';
import type { RowCells } from '../preview/row-cells.ts';
import { cellOf, readRowCells, textToCopy } from '../preview/row-cells.ts';
import { dayOf, formatTime } from './axis.ts';

export interface LateLine {
  readonly row: NodeTimeRow;
  readonly cells: RowCells;
}

/** Newest first. */
export function lateLines(rows: readonly NodeTimeRow[], columns: readonly string[]): readonly LateLine[] {
  return rows.map((row) => ({ row, cells: readRowCells(row.row, columns) })).reverse();
}

/** What is told of each row besides its columns; the names start with an underscore so that they are no column's. */
const TOLD = ['_event_time', '_behind_ms', '_outcome', '_missed', '_windows'];

function told({ eventTime, behindMs, outcome, missed, windows }: NodeTimeRow): readonly (string | number)[] {
  return [`${dayOf(eventTime)} ${formatTime(eventTime)}`, behindMs, outcome, missed, windows];
}

export function printLateCsv(lines: readonly LateLine[], columns: readonly string[]): string {
  const head = [...TOLD, ...columns].map(quoted).join(',');
  const body = lines.map(({ row, cells }) =>
    [...told(row).map(String), ...columns.map((column) => textToCopy(cellOf(cells, column)))].map(quoted).join(','),
  );
  return `${[head, ...body].join('\n')}\n`;
}

export function printLateJson(lines: readonly LateLine[]): string {
  return lines
    .map(({ row, cells }) => {
      const values = told(row);
      const head = TOLD.map((name, index) => `${JSON.stringify(name)}:${JSON.stringify(values[index])}`).join(',');
      // The engine's own text, so that no digit of a number is lost.
      return `{${head},"row":${cells.text}}\n`;
    })
    .join('');
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

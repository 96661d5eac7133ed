/** The columns of a table of rows: first as wide as what stands in them, then as the person drags them, and never narrower in sum than the table. */
import type { Header } from '@tanstack/react-table';
import { columnResizingFeature, columnSizingFeature, tableFeatures, useTable } from '@tanstack/react-table';
import { useMemo } from 'react';
import { cellOf } from './row-cells.ts';
import type { TableColumn, TableRow } from './table-rows.ts';

const features = tableFeatures({ columnSizingFeature, columnResizingFeature });

const CHARACTER_WIDTH = 7.3;
const PADDING = 26;
const WIDTH = { least: 64, most: 260, smallest: 40, largest: 1600 } as const;
/** Rows looked at for the first width. */
const ROWS_MEASURED = 40;

export interface SizedColumn {
  readonly column: TableColumn;
  readonly width: number;
  readonly header: Header<typeof features, TableRow, unknown>;
}

export interface SizedColumns {
  readonly columns: readonly SizedColumn[];
  resize(index: number, by: number): void;
}

export function useColumns(columns: readonly TableColumn[], rows: readonly TableRow[], room: number): SizedColumns {
  // Columns keep what a person gave them by their names, so other rows do not move them.
  const definitions = useMemo(
    () =>
      columns.map((column) => ({
        id: column.name,
        accessorFn: (row: TableRow) => cellOf(row.cells, column.name).text,
        size: firstWidth(column, rows),
        minSize: WIDTH.smallest,
        maxSize: WIDTH.largest,
      })),
    [columns, rows],
  );
  const data = useMemo(() => [...rows], [rows]);
  const table = useTable({ features, columns: definitions, data, columnResizeMode: 'onChange', getRowId: (_row, index) => String(index) });
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  const sizes = headers.map((header) => header.getSize());
  const spare = Math.max(0, room - sizes.reduce((sum, size) => sum + size, 0));
  const share = headers.length === 0 ? 0 : Math.floor(spare / headers.length);
  return {
    columns: headers.map((header, index) => ({ header, column: columns[index], width: sizes[index] + share })),
    resize(index, by) {
      const header = headers[index];
      const width = Math.min(WIDTH.largest, Math.max(WIDTH.smallest, header.getSize() + by));
      table.setColumnSizing((before) => ({ ...before, [header.column.id]: width }));
    },
  };
}

function firstWidth(column: TableColumn, rows: readonly TableRow[]): number {
  const longest = rows
    .slice(0, ROWS_MEASURED)
    .reduce((most, row) => Math.max(most, cellOf(row.cells, column.name).text.length), column.name.length);
  return Math.round(Math.min(WIDTH.most, Math.max(WIDTH.least, longest * CHARACTER_WIDTH + PADDING)));
}

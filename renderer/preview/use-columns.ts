/** The columns of a table of rows: first as wide as what stands in them, then as the person drags them, and never narrower in sum than the table. */
import type { Header } from '@tanstack/react-table';
import { columnResizingFeature, columnSizingFeature, tableFeatures, useTable } from '@tanstack/react-table';
import { useMemo, useRef } from 'react';
import { cellOf } from './row-cells.ts';
import type { TableColumn, TableRow } from './table-rows.ts';

const features = tableFeatures({ columnSizingFeature, columnResizingFeature });

const CHARACTER_WIDTH = 7.3;
/** Room for what later rows may have, in characters. */
const LEAST_CHARACTERS: readonly (readonly [RegExp, number])[] = [
  [/^TIMESTAMP/, 23],
  [/^(DATE|TIME)\b/, 10],
  [/^(BIGINT|DECIMAL|DOUBLE|FLOAT|NUMERIC)\b/, 9],
  [/^(VARCHAR|STRING|CHAR)\b/, 10],
];
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
  const first = useFirstWidths(rows);
  // Columns keep what a person gave them by their names, so other rows do not move them.
  const definitions = useMemo(
    () =>
      columns.map((column) => ({
        id: column.name,
        accessorFn: (row: TableRow) => cellOf(row.cells, column.name).text,
        size: first(column),
        minSize: WIDTH.smallest,
        maxSize: WIDTH.largest,
      })),
    [columns, first],
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

/** As the first rows want it: those that come after move nothing. */
function useFirstWidths(rows: readonly TableRow[]): (column: TableColumn) => number {
  const found = useRef(new Map<string, number>());
  const seen = rows.length > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows are no reason, the first ones are
  return useMemo(
    () => (column: TableColumn) => {
      const key = `${column.name} ${column.type}`;
      const known = found.current.get(key);
      if (known !== undefined) return known;
      const width = firstWidth(column, rows);
      if (seen) found.current.set(key, width);
      return width;
    },
    [seen],
  );
}

function firstWidth(column: TableColumn, rows: readonly TableRow[]): number {
  const [, least] = LEAST_CHARACTERS.find(([type]) => type.test(column.type)) ?? ['', 0];
  const longest = rows
    .slice(0, ROWS_MEASURED)
    .reduce((most, row) => Math.max(most, cellOf(row.cells, column.name).text.length), Math.max(least, column.name.length));
  return Math.round(Math.min(WIDTH.most, Math.max(WIDTH.least, longest * CHARACTER_WIDTH + PADDING)));
}

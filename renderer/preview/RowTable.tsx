/**
 * Rows as a table of which only what is seen is drawn, both ways: columns that can be dragged wider, a cell that the
 * arrow keys move, and everything can be copied.
 */
import { useVirtualizer } from '@tanstack/react-virtual';
import { CircleX } from 'lucide-react';
import type { ClipboardEvent, KeyboardEvent } from 'react';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from '../ui/classes.ts';
import { CellText } from './CellText.tsx';
import { cellOf, textToCopy } from './row-cells.ts';
import style from './row-table.module.css';
import type { TableColumn, TableRow } from './table-rows.ts';
import { isNumeric } from './table-rows.ts';
import type { SizedColumn } from './use-columns.ts';
import { useColumns } from './use-columns.ts';

const ROW_HEIGHT = 28;
const HEAD_HEIGHT = 28;
const GUTTER = 40;
const RESIZE_STEP = 16;

export interface ActiveCell {
  readonly row: number;
  readonly column: number;
}

interface RowTableProps {
  readonly label: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
  readonly active: ActiveCell | null;
  readonly onActive: (active: ActiveCell) => void;
  /** Enter or a double click on a row. */
  readonly onOpen: (row: number) => void;
  /** A row that belongs to the active one of the table beside this. */
  readonly linked?: number | null;
}

export function RowTable({ label, columns, rows, active, onActive, onOpen, linked = null }: RowTableProps) {
  const id = useId();
  const scroll = useRef<HTMLDivElement>(null);
  const room = useRoom(scroll);
  const sized = useColumns(columns, rows, room - GUTTER - 2);
  const rowWindow = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
    paddingStart: HEAD_HEIGHT,
  });
  const widths = sized.columns.map(({ width }) => width);
  const columnWindow = useVirtualizer({
    horizontal: true,
    count: widths.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => widths[index],
    overscan: 3,
    paddingStart: GUTTER,
  });
  const widthKey = widths.join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: other widths, other places
  useLayoutEffect(() => columnWindow.measure(), [widthKey, columnWindow]);
  useEffect(() => {
    if (linked !== null && linked < rows.length) rowWindow.scrollToIndex(linked, { align: 'auto' });
  }, [linked, rows.length, rowWindow]);
  const shownColumns = columnWindow.getVirtualItems();
  const move = (row: number, column: number) => {
    const next = { row: clamp(row, rows.length), column: clamp(column, columns.length) };
    onActive(next);
    rowWindow.scrollToIndex(next.row, { align: 'auto' });
    columnWindow.scrollToIndex(next.column, { align: 'auto' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (rows.length === 0) return;
    const { row, column } = active ?? { row: 0, column: 0 };
    if (event.altKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      sized.resize(column, event.key === 'ArrowLeft' ? -RESIZE_STEP : RESIZE_STEP);
    } else if (event.key === 'Enter') onOpen(row);
    else {
      const to = keyTarget(
        event,
        row,
        column,
        rows.length,
        columns.length,
        Math.floor((scroll.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1,
      );
      if (to === null) return;
      move(...to);
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const onCopy = (event: ClipboardEvent) => {
    const marked = document.getSelection();
    if (active === null || rows[active.row] === undefined || (marked !== null && !marked.isCollapsed)) return;
    event.clipboardData.setData('text/plain', textToCopy(cellOf(rows[active.row].cells, columns[active.column].name)));
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table that draws only what is seen has no table elements
    <div
      ref={scroll}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length + 1}
      aria-activedescendant={active === null ? undefined : `${id}-${active.row}-${active.column}`}
      tabIndex={0}
      className={style.scroll}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        if (active === null && rows.length > 0 && event.currentTarget.matches(':focus-visible')) onActive({ row: 0, column: 0 });
      }}
      onCopy={onCopy}
    >
      <div className={style.sheet} style={{ width: columnWindow.getTotalSize(), height: rowWindow.getTotalSize() }}>
        <Head columns={sized.columns} shown={shownColumns} />
        {rowWindow.getVirtualItems().map(({ index, start }) => (
          <Row
            key={index}
            id={id}
            top={start}
            row={rows[index]}
            index={index}
            columns={sized.columns}
            shown={shownColumns}
            active={active?.row === index ? active.column : null}
            linked={linked === index}
            onActive={onActive}
            onOpen={onOpen}
          />
        ))}
      </div>
    </div>
  );
}

interface Place {
  readonly index: number;
  readonly start: number;
}

function Head({ columns, shown }: { readonly columns: readonly SizedColumn[]; readonly shown: readonly Place[] }) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    <div role="row" aria-rowindex={1} tabIndex={-1} className={style.head}>
      {/* biome-ignore lint/a11y/useSemanticElements: see the grid */}
      <span role="columnheader" tabIndex={-1} aria-label={t('preview.number')} className={style.gutter}>
        #
      </span>
      {shown.map(({ index, start }) => {
        const { column, width, header } = columns[index];
        const { mark } = column;
        return (
          // biome-ignore lint/a11y/useSemanticElements: see the grid
          <span
            key={column.name}
            role="columnheader"
            tabIndex={-1}
            aria-colindex={index + 2}
            className={classes(style.headCell, isNumeric(column.type) && style.number, mark !== null && style.marked)}
            style={{ left: start, width }}
            title={`${column.name}  ${column.type}${mark === null ? '' : ` · ${t(`preview.${mark}`)}`}`}
            data-mark={mark ?? undefined}
          >
            <span className={style.headName} data-truncates="">
              {column.name}
            </span>
            {mark === null ? null : <span className={style.mark} role="img" aria-label={t(`preview.${mark}`)} data-look={mark} />}
            <span
              aria-hidden="true"
              className={style.grip}
              onMouseDown={header.getResizeHandler()}
              onTouchStart={header.getResizeHandler()}
            />
          </span>
        );
      })}
    </div>
  );
}

interface RowProps {
  readonly id: string;
  readonly top: number;
  readonly row: TableRow;
  readonly index: number;
  readonly columns: readonly SizedColumn[];
  readonly shown: readonly Place[];
  readonly active: number | null;
  readonly linked: boolean;
  readonly onActive: (active: ActiveCell) => void;
  readonly onOpen: (row: number) => void;
}

function Row({ id, top, row, index, columns, shown, active, linked, onActive, onOpen }: RowProps) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={active !== null}
      tabIndex={-1}
      className={classes(style.row, style[row.look], active !== null && style.activeRow, linked && style.linked)}
      style={{ top }}
      data-look={row.look}
      title={row.note ?? undefined}
      onDoubleClick={() => onOpen(index)}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see the grid */}
      <span role="rowheader" tabIndex={-1} className={style.gutter}>
        {row.look === 'failed' ? (
          <CircleX size={13} strokeWidth={2} aria-label={t('preview.rowFails')} />
        ) : (
          (row.cells.change ?? row.place + 1)
        )}
      </span>
      {shown.map(({ index: at, start }) => {
        const { column, width } = columns[at];
        return (
          // biome-ignore lint/a11y/useSemanticElements: see the grid
          <span
            key={column.name}
            id={`${id}-${index}-${at}`}
            role="gridcell"
            tabIndex={-1}
            aria-colindex={at + 2}
            className={classes(
              style.cell,
              isNumeric(column.type) && style.number,
              (row.changed.has(column.name) || column.mark === 'new') && style.changed,
              active === at && style.activeCell,
            )}
            style={{ left: start, width }}
            data-truncates=""
            onMouseDown={() => onActive({ row: index, column: at })}
          >
            <CellText cell={cellOf(row.cells, column.name)} />
          </span>
        );
      })}
    </div>
  );
}

function keyTarget(
  event: KeyboardEvent,
  row: number,
  column: number,
  rows: number,
  columns: number,
  page: number,
): [number, number] | null {
  if (event.altKey || event.metaKey) return null;
  switch (event.key) {
    case 'ArrowDown':
      return [event.ctrlKey ? rows - 1 : row + 1, column];
    case 'ArrowUp':
      return [event.ctrlKey ? 0 : row - 1, column];
    case 'ArrowRight':
      return [row, event.ctrlKey ? columns - 1 : column + 1];
    case 'ArrowLeft':
      return [row, event.ctrlKey ? 0 : column - 1];
    case 'PageDown':
      return [row + Math.max(1, page), column];
    case 'PageUp':
      return [row - Math.max(1, page), column];
    case 'Home':
      return [event.ctrlKey ? 0 : row, 0];
    case 'End':
      return [event.ctrlKey ? rows - 1 : row, columns - 1];
    default:
      return null;
  }
}

function clamp(value: number, count: number): number {
  return Math.max(0, Math.min(count - 1, value));
}

/** Width of the table's own box. */
function useRoom(element: { readonly current: HTMLElement | null }): number {
  const [room, setRoom] = useState(0);
  useLayoutEffect(() => {
    const box = element.current;
    if (box === null) return undefined;
    const measure = () => setRoom(box.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, [element]);
  return room;
}

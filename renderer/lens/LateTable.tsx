/** The newest rows behind the watermark: only those in view are drawn, arrow keys walk, Enter opens the record. */
import { useVirtualizer } from '@tanstack/react-virtual';
import type { KeyboardEvent } from 'react';
import { useId, useRef } from 'react';
import type { NodeTimeRow } from '../../engine/host/contract.ts';
import { CellText } from '../preview/CellText.tsx';
import { cellOf } from '../preview/row-cells.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from '../ui/classes.ts';
import { dayOf, formatLag, formatTime } from './axis.ts';
import style from './late.module.css';
import type { LateLine } from './late-cells.ts';

const ROW_HEIGHT = 28;
const KEYS_MAX = 2;

interface LateTableProps {
  readonly lines: readonly LateLine[];
  readonly keys: readonly string[];
  readonly lateOutput: boolean;
  readonly active: number | null;
  readonly onActive: (index: number) => void;
  readonly onOpen: (index: number) => void;
  /** Set while a record is open: Esc puts it away before anything else. */
  readonly onClose: (() => void) | null;
}

export function LateTable({ lines, keys, lateOutput, active, onActive, onOpen, onClose }: LateTableProps) {
  const { t } = useTranslation();
  const id = useId();
  const scroll = useRef<HTMLDivElement>(null);
  const shown = keys.slice(0, KEYS_MAX);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
    paddingStart: ROW_HEIGHT,
  });
  const columns = `60px ${shown.map(() => 'minmax(0, 1fr) ').join('')}76px 86px`;
  const onKeyDown = (event: KeyboardEvent) => {
    const to = keyTarget(event.key, active ?? -1, lines.length);
    if (event.key === 'Escape' && onClose !== null) onClose();
    else if (event.key === 'Enter' && active !== null) onOpen(active);
    else if (to !== null) {
      onActive(to);
      rows.scrollToIndex(to, { align: 'auto' });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const days = new Set(lines.map(({ row }) => dayOf(row.eventTime)));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table that draws only what is seen has no table elements
    <div
      ref={scroll}
      role="grid"
      aria-label={t('late.list')}
      aria-rowcount={lines.length + 1}
      aria-colcount={shown.length + 3}
      aria-activedescendant={active === null ? undefined : `${id}-${active}`}
      tabIndex={0}
      className={style.grid}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        if (active === null && lines.length > 0 && event.currentTarget.matches(':focus-visible')) onActive(0);
      }}
    >
      <div className={style.gridSheet} style={{ height: rows.getTotalSize() }}>
        {/* biome-ignore lint/a11y/useSemanticElements: see the grid */}
        <div role="row" tabIndex={-1} aria-rowindex={1} className={style.gridHead} style={{ gridTemplateColumns: columns }}>
          {[t('late.eventTime'), ...shown, t('late.lateBy'), t('late.windows')].map((name, index) => (
            // biome-ignore lint/a11y/useSemanticElements: see the grid
            <span
              key={name}
              role="columnheader"
              tabIndex={-1}
              className={classes(index === shown.length + 1 && style.number)}
              data-truncates=""
            >
              {name}
            </span>
          ))}
        </div>
        {rows.getVirtualItems().map(({ index, start }) => {
          const { row, cells } = lines[index];
          return (
            // biome-ignore lint/a11y/useSemanticElements: see the grid
            <div
              key={index}
              id={`${id}-${index}`}
              role="row"
              tabIndex={-1}
              aria-rowindex={index + 2}
              aria-selected={active === index}
              className={classes(style.gridRow, active === index && style.activeRow)}
              style={{ top: start, gridTemplateColumns: columns }}
              data-outcome={row.outcome}
              onMouseDown={() => {
                onActive(index);
                onOpen(index);
              }}
            >
              {/* biome-ignore lint/a11y/useSemanticElements: see the grid */}
              <span role="gridcell" tabIndex={-1} className={style.code} title={`${dayOf(row.eventTime)} ${formatTime(row.eventTime)}`}>
                {days.size > 1
                  ? `${dayOf(row.eventTime).slice(5)} ${formatTime(row.eventTime).slice(0, 5)}`
                  : formatTime(row.eventTime).slice(0, 8)}
              </span>
              {shown.map((key) => (
                // biome-ignore lint/a11y/useSemanticElements: see the grid
                <span key={key} role="gridcell" tabIndex={-1} className={style.code} data-truncates="">
                  <CellText cell={cellOf(cells, key)} />
                </span>
              ))}
              {/* biome-ignore lint/a11y/useSemanticElements: see the grid */}
              <span role="gridcell" tabIndex={-1} className={classes(style.code, style.number)}>
                {formatLag(row.behindMs)}
              </span>
              <Outcome row={row} lateOutput={lateOutput} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Outcome({ row, lateOutput }: { readonly row: NodeTimeRow; readonly lateOutput: boolean }) {
  const { t } = useTranslation();
  const words =
    row.outcome === 'counted'
      ? t('late.counted')
      : row.outcome === 'missed-some'
        ? t('late.missed', { missed: row.missed, windows: row.windows })
        : lateOutput
          ? t('late.late')
          : t('late.dropped');
  const look = row.outcome === 'counted' ? style.inkCounted : row.outcome === 'late' ? style.inkLate : style.inkMissed;
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    <span role="gridcell" tabIndex={-1} className={look} data-truncates="">
      {words}
    </span>
  );
}

function keyTarget(key: string, row: number, count: number): number | null {
  if (count === 0) return null;
  switch (key) {
    case 'ArrowDown':
      return Math.min(count - 1, row + 1);
    case 'ArrowUp':
      return Math.max(0, row - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

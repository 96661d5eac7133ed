/** Entries of a log, oldest first. Only what is seen is drawn; the end stays in view until one scrolls away from it. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { CircleX, Info, TriangleAlert } from 'lucide-react';
import type { KeyboardEvent, UIEvent } from 'react';
import { useEffect, useRef } from 'react';
import type { RunLogEntry } from '../../engine/host/contract.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { copyText } from '../preview/copy-text.ts';
import { formatClock, formatMoment } from '../strings/figures.ts';
import { currentLanguage, words } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from '../ui/classes.ts';
import { printEntry } from './filter-log.ts';
import style from './logs.module.css';
import { showNodeOf } from './show-logs.ts';

const ROW_HEIGHT = 28;
/** So near to the end counts as being there. */
const END_DISTANCE = 24;
const ICON = { size: 15, strokeWidth: 1.75 };

interface LogRowsProps {
  readonly entries: readonly RunLogEntry[];
  readonly names: ReadonlyMap<string, string>;
}

export function LogRows({ entries, names }: LogRowsProps) {
  const { logs } = useDesigner();
  const { t } = useTranslation();
  const follow = useStore(logs, (state) => state.follow);
  const current = useStore(logs, (state) => state.current);
  const scroll = useRef<HTMLUListElement>(null);
  const scrolledTo = useRef(0);
  const rows = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => entries[index].sequence,
    overscan: 8,
  });
  const place = entries.findIndex(({ sequence }) => sequence === current);
  const last = entries.at(-1)?.sequence;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new last entry is what is followed
  useEffect(() => {
    if (follow) rows.scrollToIndex(entries.length - 1, { align: 'end' });
  }, [follow, last]);
  useEffect(() => {
    if (place >= 0) rows.scrollToIndex(place, { align: 'auto' });
  }, [place, rows]);
  const onScroll = ({ currentTarget }: UIEvent<HTMLUListElement>) => {
    const { scrollTop, scrollHeight, clientHeight } = currentTarget;
    const wentUp = scrollTop < scrolledTo.current - 1;
    scrolledTo.current = scrollTop;
    // Rows that turn out higher than guessed move the end too; only a person goes up.
    if (follow && wentUp && scrollHeight - scrollTop - clientHeight > END_DISTANCE) logs.set({ follow: false });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const to = Math.max(0, Math.min(entries.length - 1, place < 0 ? entries.length - 1 : place + step));
    logs.set({ current: entries[to].sequence, follow: false });
    rows.scrollToIndex(to, { align: 'auto' });
    const list = event.currentTarget;
    requestAnimationFrame(() => list.querySelector<HTMLButtonElement>(`[data-place="${to}"] button`)?.focus());
  };
  return (
    <ul ref={scroll} className={style.list} aria-label={t('dock.logs')} onKeyDown={onKeyDown} onScroll={onScroll}>
      <li aria-hidden="true" className={style.sheet} style={{ height: rows.getTotalSize() }} />
      {rows.getVirtualItems().map(({ index, key, start }) => (
        <li
          key={String(key)}
          ref={rows.measureElement}
          data-index={index}
          data-place={index}
          data-log-code={entries[index].code}
          data-log-node={entries[index].nodeId ?? undefined}
          className={classes(style.row, index === place && style.current)}
          style={{ transform: `translateY(${start}px)` }}
          aria-setsize={entries.length}
          aria-posinset={index + 1}
          aria-current={index === place ? 'true' : undefined}
        >
          <Row entry={entries[index]} name={nameOf(entries[index], names)} />
        </li>
      ))}
    </ul>
  );
}

function nameOf({ nodeId }: RunLogEntry, names: ReadonlyMap<string, string>): string | null {
  return nodeId === null ? null : (names.get(nodeId) ?? nodeId);
}

function Row({ entry, name }: { readonly entry: RunLogEntry; readonly name: string | null }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const { level, code, atMs, subtask, text } = entry;
  const Icon = level === 'error' ? CircleX : level === 'warning' ? TriangleAlert : Info;
  return (
    <>
      <button type="button" className={style.open} onClick={() => showNodeOf(designer, entry)}>
        <time className={style.time} title={formatMoment(atMs)}>
          {formatClock(atMs)}
        </time>
        <Icon {...ICON} className={style[level]} aria-label={t(`logs.${level}`)} />
        <span className={classes(style.text, level === 'error' && style.error)}>{words(text)}</span>
        {name === null ? null : (
          <span className={style.where} data-truncates="" title={name}>
            {subtask === null ? name : t('logs.subtask', { node: name, subtask: subtask + 1 })}
          </span>
        )}
      </button>
      <button
        type="button"
        className={style.code}
        aria-label={t('logs.copyLine', { code })}
        onClick={() => void copyText(printEntry(entry, currentLanguage()))}
      >
        {code}
      </button>
    </>
  );
}

/** The evidence: watermarks of the senders and windows on one event-time axis, crossed by the line of the watermark. */
import { Check, CircleDashed, Hourglass } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useEffect, useRef, useState } from 'react';
import type { NodeTime } from '../../engine/host/contract.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { formatCount } from '../strings/figures.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from '../ui/classes.ts';
import { dayOf, formatBounds } from './axis.ts';
import { labelOf, senderWords } from './CauseWords.tsx';
import { ChartDrawing } from './ChartDrawing.tsx';
import type { Cause } from './causes.ts';
import { nextWindow, senderOf } from './causes.ts';
import type { ChartLayout } from './chart-layout.ts';
import { chartLayout, LABELS_WIDTH } from './chart-layout.ts';
import style from './lens.module.css';
import type { SenderRow, WindowRow } from './lens-rows.ts';
import { SENDER_HEIGHT, WINDOW_HEIGHT } from './lens-rows.ts';
import type { TimeReading } from './node-times.ts';
import { senderName } from './node-times.ts';
import { senderTimeWords, windowWords } from './row-words.ts';
import { spanned } from './spans.ts';
import { timeRuleOf } from './upstream.ts';

interface EventAxisProps {
  readonly reading: TimeReading;
  readonly cause: Cause | null;
}

export function EventAxis({ reading, cause }: EventAxisProps) {
  const { documents } = useDesigner();
  const { t } = useTranslation();
  const document = useStore(documents, (state) => state.document);
  const scroll = useRef<HTMLDivElement>(null);
  const { width, height } = useRoom(scroll);
  const [all, setAll] = useState(false);
  const { time, rates } = reading;
  const delayOf = (nodeId: string) => timeRuleOf(document, nodeId)?.delayMs ?? 0;
  const layout = chartLayout(time, { width, height, all, delayOf });
  const only = onlySender(time);
  const held = cause?.kind === 'quiet' || cause?.kind === 'too-few-inputs' || cause?.kind === 'never-sent';
  return (
    <div ref={scroll} className={style.scroll}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the rows inside */}
      <div className={style.sheet} style={{ height: layout.height }} onKeyDown={moveFocus}>
        {width === 0 ? null : <ChartDrawing layout={layout} time={time} held={held} />}
        <p className={style.axisName}>
          {t('lens.axis')} → <b>{layout.known ? dayOf(layout.span.to) : ''}</b>
        </p>
        <h3 className={style.section} style={down(layout.sendersTop - 22)}>
          {t('lens.senders')}
          {only === null ? null : <span className={style.sectionNote}> · {labelOf(document, only)}</span>}
        </h3>
        <ul className={style.rows} aria-label={t('lens.senders')}>
          {layout.senders.map(({ row, top }) => (
            <SenderLine key={senderName(row.channel)} row={row} top={top} rate={rates.get(senderName(row.channel)) ?? 0} time={reading} />
          ))}
        </ul>
        <h3 className={style.section} style={down(layout.windowsTop - 22)}>
          {t('lens.windows')}
        </h3>
        <ul className={style.rows} aria-label={t('lens.windows')}>
          {layout.windows.map(({ row, top }) => (
            <WindowLine key={`${row.window.state} ${row.window.start} ${row.window.end}`} row={row} top={top} reading={reading} />
          ))}
        </ul>
        <Foot layout={layout} reading={reading} all={all} onAll={() => setAll(!all)} />
      </div>
    </div>
  );
}

/** The node that all senders are subtasks of. */
function onlySender(time: NodeTime): string | null {
  const ids = new Set(time.channels.map((channel) => senderOf(time, channel).nodeId));
  return time.channels.length > 1 && ids.size === 1 ? [...ids][0] : null;
}

interface SenderLineProps {
  readonly row: SenderRow;
  readonly top: number;
  readonly rate: number;
  readonly time: TimeReading;
}

function SenderLine({ row, top, rate, time }: SenderLineProps) {
  const { documents } = useDesigner();
  const { t } = useTranslation();
  const document = useStore(documents, (state) => state.document);
  const { channel, state, holds } = row;
  const sender = senderOf(time.time, channel);
  const whole = [senderWords(t, document, sender), ...(sender.splits ?? [])].join(' · ');
  // The heading names the node that they all are subtasks of.
  const name = onlySender(time.time) === null ? whole : t('lens.subtaskOnly', { number: sender.subtask + 1 });
  const note =
    state === 'quiet'
      ? t('lens.quietFor', { span: spanned(channel.quietMs) })
      : state === 'never'
        ? t('lens.neverSent')
        : state === 'active'
          ? t('lens.rate', { rate: formatCount(rate) })
          : t(`lens.${state}`);
  const waits = holds && (state === 'quiet' || state === 'never');
  const said = [whole, senderTimeWords(t, channel), note, holds ? t('lens.holds') : ''].filter((part) => part !== '');
  return (
    <li
      className={classes(style.row, waits && style.holds, (state === 'idle' || state === 'ended') && style.gone)}
      style={{ ...down(top), height: SENDER_HEIGHT }}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: rows of a chart are walked over one by one
      tabIndex={0}
      aria-label={said.join(', ')}
      data-sender={senderName(channel)}
      data-state={state}
      data-holds={holds ? '' : undefined}
    >
      <span className={style.label} style={{ width: LABELS_WIDTH - 28 }}>
        <i className={style.senderDot} />
        <span className={style.labelName} data-truncates="" title={whole}>
          {name}
        </span>
        <span className={style.labelNote}>{note}</span>
      </span>
    </li>
  );
}

const ICON = { size: 14, strokeWidth: 1.75 };
const LOOKS = {
  fired: { icon: <Check {...ICON} />, look: style.fired },
  next: { icon: <Hourglass {...ICON} />, look: style.nextWindow },
  open: { icon: <CircleDashed {...ICON} />, look: style.openWindow },
};

function WindowLine({ row, top, reading }: { readonly row: WindowRow; readonly top: number; readonly reading: TimeReading }) {
  const { t } = useTranslation();
  const bounds = formatBounds(row.window.start, row.window.end);
  const { icon, look } = LOOKS[row.state];
  return (
    <li
      className={classes(style.row, look)}
      style={{ ...down(top), height: WINDOW_HEIGHT }}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: rows of a chart are walked over one by one
      tabIndex={0}
      aria-label={`${bounds}, ${windowWords(t, row, reading.time.watermark)}`}
      data-window={`${row.window.start}`}
      data-state={row.state}
    >
      <span className={style.label} style={{ width: LABELS_WIDTH - 28 }}>
        {icon}
        <span className={classes(style.labelName, style.labelTime)} data-truncates="">
          {bounds}
        </span>
      </span>
    </li>
  );
}

interface FootProps {
  readonly layout: ChartLayout;
  readonly reading: TimeReading;
  readonly all: boolean;
  readonly onAll: () => void;
}

function Foot({ layout, reading, all, onAll }: FootProps) {
  const { t } = useTranslation();
  const { time } = reading;
  const hidden = layout.moreWindows + layout.moreSenders > 0;
  const parts = [
    ...(layout.moreSenders > 0 ? [t('lens.moreSenders', { count: layout.moreSenders })] : []),
    ...(layout.moreWindows > 0 ? [t('lens.moreOpen', { count: layout.moreWindows })] : []),
    ...(nextWindow(time) === null && layout.windows.length === 0 ? [t('lens.noneYet')] : []),
    ...(time.complete ? [] : [t('lens.notAll')]),
  ];
  return (
    <p className={style.foot} style={down(layout.footTop)} data-lens-foot="">
      {parts.length === 0 ? null : <span>{parts.join(' · ')}</span>}
      {hidden || all ? (
        <button type="button" onClick={onAll}>
          {all ? t('lens.fewer') : t('lens.more')}
        </button>
      ) : null}
      {time.allowedLatenessMs > 0 ? (
        <HatchNote look={style.hatchPlain} words={t('lens.lateness', { span: spanned(time.allowedLatenessMs) })} />
      ) : null}
      {layout.delayMs > 0 ? <HatchNote look={style.hatchTide} words={t('lens.disorder', { span: spanned(layout.delayMs) })} /> : null}
    </p>
  );
}

function HatchNote({ look, words }: { readonly look: string; readonly words: string }) {
  return (
    <>
      <svg width="20" height="10" viewBox="0 0 20 10" aria-hidden="true">
        {[1, 5, 9, 13].map((x) => (
          <path key={x} d={`M${x} 9.5 L${x + 5} 0.5`} className={classes(style.svgHatch, look)} />
        ))}
      </svg>
      <span>{words}</span>
    </>
  );
}

/** Up and down walk over the rows. */
function moveFocus(event: KeyboardEvent): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('li')];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (at < 0 || next === undefined) return;
  event.preventDefault();
  next.focus();
}

/** By transforming: windows that come and go lay nothing out anew. */
function down(y: number): { readonly transform: string } {
  return { transform: `translateY(${y}px)` };
}

function useRoom(element: { readonly current: HTMLElement | null }): { readonly width: number; readonly height: number } {
  const [room, setRoom] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const box = element.current;
    if (box === null) return undefined;
    const observer = new ResizeObserver(() => setRoom({ width: box.clientWidth, height: box.clientHeight }));
    observer.observe(box);
    return () => observer.disconnect();
  }, [element]);
  return room;
}

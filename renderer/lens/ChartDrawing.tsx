/** The drawing of the chart: ticks, bars of senders with their stubs, windows with their allowed lateness, the line of the watermark, the clock. */
import { useId } from 'react';
import type { NodeTime } from '../../engine/host/contract.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from '../ui/classes.ts';
import { formatLevel } from './axis.ts';
import type { ChartLayout, Placed } from './chart-layout.ts';
import { AXIS_HEIGHT, LABELS_WIDTH, placeWords, textWidth } from './chart-layout.ts';
import style from './lens.module.css';
import type { SenderRow, WindowRow } from './lens-rows.ts';
import { SENDER_HEIGHT, WINDOW_HEIGHT } from './lens-rows.ts';
import { windowWords } from './row-words.ts';

const BAR = 18;
const CHIP_HEIGHT = 20;
const HATCH_STEP = 6;
/** Thin stubs still show that there is one. */
const STUB_MIN = 5;

interface ChartDrawingProps {
  readonly layout: ChartLayout;
  readonly time: NodeTime;
  /** The lowest sender is what is wrong, not only the lowest. */
  readonly held: boolean;
}

export function ChartDrawing({ layout, time, held }: ChartDrawingProps) {
  const id = useId();
  const level = time.watermark !== null && Number.isFinite(time.watermark) ? time.watermark : null;
  return (
    <svg width={layout.width} height={layout.height} aria-hidden="true" data-chart="">
      <defs>
        {(['Tide', 'Press'] as const).map((tone) => (
          <linearGradient key={tone} id={`${id}${tone}`} x1="0" x2="1" y1="0" y2="0">
            <stop offset="0" className={style[`stop${tone}`]} stopOpacity="0" />
            <stop offset="1" className={style[`stop${tone}`]} stopOpacity="0.72" />
          </linearGradient>
        ))}
        <clipPath id={`${id}clip`}>
          <rect x={LABELS_WIDTH} y="0" width={Math.max(0, layout.width - LABELS_WIDTH)} height={layout.height} />
        </clipPath>
      </defs>
      {layout.known ? <Ticks layout={layout} /> : null}
      <g clipPath={`url(#${id}clip)`}>
        {layout.senders.map((placed) => (
          <SenderBar
            key={`${placed.row.channel.nodeId} ${placed.row.channel.subtask}`}
            layout={layout}
            placed={placed}
            held={held && placed.row.holds}
            id={id}
          />
        ))}
        {layout.windows.map((placed) => (
          <WindowBar
            key={`${placed.row.window.state} ${placed.row.window.start} ${placed.row.window.end}`}
            layout={layout}
            placed={placed}
            time={time}
            level={level}
          />
        ))}
        <ClockNow layout={layout} nowMs={time.atMs} />
      </g>
      {level === null ? null : <Level layout={layout} at={level} />}
    </svg>
  );
}

function Ticks({ layout }: { readonly layout: ChartLayout }) {
  return layout.ticks.map(({ at, label }) => {
    const x = Math.round(layout.x(at)) + 0.5;
    return (
      <g key={at}>
        <line x1={x} x2={x} y1={AXIS_HEIGHT - 6} y2={layout.footTop - 4} className={style.svgGrid} />
        {x + textWidth(label) > layout.width ? null : (
          <text x={x + 5} y={18} className={style.svgTick}>
            {label}
          </text>
        )}
      </g>
    );
  });
}

interface SenderBarProps {
  readonly layout: ChartLayout;
  readonly placed: Placed<SenderRow>;
  readonly held: boolean;
  readonly id: string;
}

function SenderBar({ layout, placed, held, id }: SenderBarProps) {
  const { t } = useTranslation();
  const { channel } = placed.row;
  const y = placed.top + (SENDER_HEIGHT - BAR) / 2;
  const middle = placed.top + SENDER_HEIGHT / 2 + 4;
  const tone = held ? 'Press' : 'Tide';
  const ink = held ? style.inkPress : style.inkPlain;
  if (channel.watermark === null) {
    return (
      <text x={LABELS_WIDTH + 8} y={middle} className={classes(style.svgText, ink)}>
        {t('lens.noWatermark')}
      </text>
    );
  }
  const border = layout.x(layout.span.to);
  const finite = Number.isFinite(channel.watermark);
  const beyond = !finite || layout.x(channel.watermark) > border;
  const words = finite ? formatLevel(channel.watermark) : t('clock.end');
  // The time of a bar that runs out of the chart stands where the bar would end.
  const end = beyond ? border - textWidth(words) - 28 : layout.x(channel.watermark);
  const behind = finite && end < LABELS_WIDTH;
  const stub = finite && !beyond ? layout.x(channel.watermark + layout.delayOf(channel.nodeId)) - end : 0;
  const stubWidth = stub > 0 ? Math.max(STUB_MIN, stub) : 0;
  const label = beyond ? `${words} ›` : behind ? `‹ ${words}` : words;
  const inside = !beyond && end + stubWidth + textWidth(label) + 16 > layout.width;
  return (
    <g>
      {behind ? null : (
        <>
          <rect x={LABELS_WIDTH} y={y} width={Math.max(0, end - LABELS_WIDTH)} height={BAR} fill={`url(#${id}${tone})`} />
          {beyond ? null : <rect x={end - 3} y={y} width="3" height={BAR} className={style[`end${tone}`]} />}
          <Hatch from={end + 1} to={end + stubWidth} y={y} height={BAR} tone={tone} />
        </>
      )}
      <text
        x={behind ? LABELS_WIDTH + 8 : inside ? end - 10 : end + stubWidth + 8}
        y={middle}
        textAnchor={inside && !behind ? 'end' : 'start'}
        className={classes(style.svgTime, ink)}
      >
        {label}
      </text>
    </g>
  );
}

interface WindowBarProps {
  readonly layout: ChartLayout;
  readonly placed: Placed<WindowRow>;
  readonly time: NodeTime;
  readonly level: number | null;
}

const TONES = { fired: 'Ok', next: 'Press', open: 'Tide' } as const;

function WindowBar({ layout, placed, time, level }: WindowBarProps) {
  const { t } = useTranslation();
  const { window, state } = placed.row;
  const tone = TONES[state];
  const y = placed.top + (WINDOW_HEIGHT - BAR) / 2;
  // Bounds may be of another clock than the watermark's: the right edge is where the watermark fires it.
  const endAt = window.firesAt + 1;
  const from = Math.max(LABELS_WIDTH, layout.x(endAt - (window.end - window.start)));
  const to = layout.x(endAt);
  const late = time.allowedLatenessMs > 0 ? layout.x(endAt + time.allowedLatenessMs) : to;
  const words = windowWords(t, placed.row, time.watermark);
  const stop = level === null || state === 'fired' ? null : layout.x(level);
  const place = placeWords(from, to, stop, late, textWidth(words));
  return (
    <g>
      <rect x={from} y={y} width={Math.max(2, to - from)} height={BAR} className={style[`bar${tone}`]} />
      <rect x={to - 3} y={y} width="3" height={BAR} className={style[`end${tone}`]} />
      <Hatch from={to + 2} to={late} y={y} height={BAR} tone={tone} />
      <text
        x={place.x}
        y={placed.top + WINDOW_HEIGHT / 2 + 4}
        textAnchor={place.anchor}
        className={classes(style.svgText, style[`ink${tone}`])}
      >
        {words}
      </text>
    </g>
  );
}

interface HatchProps {
  readonly from: number;
  readonly to: number;
  readonly y: number;
  readonly height: number;
  readonly tone: 'Ok' | 'Press' | 'Tide';
}

/** Strokes from lower left to upper right, a third as wide as they are high. */
function Hatch({ from, to, y, height, tone }: HatchProps) {
  if (to - from < 2) return null;
  const lean = height / 3;
  const inset = 2;
  const strokes = Math.max(1, Math.floor((to - from - lean) / HATCH_STEP) + 1);
  const path = Array.from({ length: Math.min(strokes, 400) }, (_unused, index) => {
    const x = from + 1 + index * HATCH_STEP;
    return `M${x.toFixed(1)} ${y + height - inset} L${(x + lean).toFixed(1)} ${y + inset}`;
  });
  return <path d={path.join(' ')} className={classes(style.svgHatch, style[`hatch${tone}`])} fill="none" />;
}

function ClockNow({ layout, nowMs }: { readonly layout: ChartLayout; readonly nowMs: number }) {
  const { t } = useTranslation();
  if (!layout.known || nowMs < layout.span.from || nowMs > layout.span.to) return null;
  const x = Math.round(layout.x(nowMs)) + 0.5;
  const words = t('lens.clockNow');
  const left = x + textWidth(words) + 12 > layout.width;
  return (
    <g data-clock-now="">
      <line x1={x} x2={x} y1={AXIS_HEIGHT + 4} y2={layout.footTop - 4} className={style.svgNow} />
      <text
        x={left ? x - 6 : x + 6}
        y={AXIS_HEIGHT + 17}
        textAnchor={left ? 'end' : 'start'}
        className={classes(style.svgText, style.inkPlain)}
      >
        {words}
      </text>
    </g>
  );
}

/** The lowest level draws the line; its chip stays inside the chart. */
function Level({ layout, at }: { readonly layout: ChartLayout; readonly at: number }) {
  const { t } = useTranslation();
  const x = layout.x(at);
  const words = t('lens.watermarkAt', { time: formatLevel(at) });
  const width = textWidth(words) + 34;
  const left = Math.max(LABELS_WIDTH, Math.min(layout.width - width - 4, x - width / 2));
  const top = AXIS_HEIGHT + 2;
  return (
    <g data-level={at}>
      <line x1={x} x2={x} y1={top + CHIP_HEIGHT} y2={layout.footTop - 4} className={style.svgLevel} />
      <rect x={left} y={top} width={width} height={CHIP_HEIGHT} rx="4" className={style.svgChip} />
      <path
        d={[6, 10, 14].map((y) => `M${left + 9} ${top + y} q2.5 -2.5 5 0 t5 0`).join(' ')}
        fill="none"
        className={style.hatchTide}
        strokeWidth="1.3"
      />
      <text x={left + 25} y={top + 14} className={style.svgChipText}>
        {words}
      </text>
    </g>
  );
}

/** The last five minutes of a node, one figure at a time, with a cursor that pointer and arrow keys move. */
import { useState, useSyncExternalStore } from 'react';
import { useDesigner, useStore } from '../app/designer.ts';
import { formatClock } from '../strings/figures.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Segmented } from '../ui/Segmented.tsx';
import style from './running.module.css';
import type { SeriesView } from './series-view.ts';
import { SERIES, sampleAt, seriesPath, seriesSpan, seriesView } from './series-view.ts';

/** Units of the drawing, which is stretched to the width of the panel. */
const BOX = { width: 264, height: 48 };
/** Of the arrow keys. */
const STEP_MS = 5000;
const FAR_MS = 30_000;

export function NodeSeries({ nodeId }: { readonly nodeId: string }) {
  const { samples, shell } = useDesigner();
  const { t } = useTranslation();
  const name = useStore(shell, (state) => state.series);
  useSyncExternalStore(
    (listener) => samples.subscribe(listener),
    () => samples.count(),
  );
  const view = seriesView(name, samples.node(nodeId));
  return (
    <section className={style.part} aria-label={t('series.title')} data-series={name}>
      <div className={style.seriesHead}>
        <h3>{t('series.title')}</h3>
        <Segmented
          label={t('series.which')}
          value={name}
          options={SERIES.map((value) => ({ value, label: t(`series.tab.${value}`) }))}
          onChange={(value) => shell.set({ series: SERIES.find((known) => known === value) ?? 'busy' })}
        />
      </div>
      <Chart view={view} />
    </section>
  );
}

function Chart({ view }: { readonly view: SeriesView }) {
  const { t } = useTranslation();
  const { fromMs, toMs } = seriesSpan(view);
  /** Epoch ms; null: the newest. */
  const [cursor, setCursor] = useState<number | null>(null);
  const index = cursor === null ? view.atMs.length - 1 : sampleAt(view, Math.max(fromMs, cursor));
  const atMs = view.atMs[index] ?? 0;
  const move = (byMs: number) => {
    const next = Math.max(fromMs, (cursor ?? toMs) + byMs);
    setCursor(next >= toMs ? null : next);
  };
  const x = ((atMs - fromMs) / (toMs - fromMs)) * BOX.width;
  const reading = view.lines.map(({ label, tone, values }) => ({ label: t(label), tone, value: print(view, values[index], atMs) }));
  const moment = cursor === null ? t('series.now') : formatClock(atMs);
  return (
    <>
      <p className={style.seriesReading} aria-hidden="true">
        <span>{moment}</span>
        {reading.map(({ label, tone, value }) => (
          <span key={label} data-tone={tone}>
            <i /> {label} <b>{value}</b>
          </span>
        ))}
      </p>
      <div
        className={style.chartBox}
        role="slider"
        tabIndex={0}
        aria-label={t('series.cursor')}
        aria-valuemin={fromMs}
        aria-valuemax={toMs}
        aria-valuenow={atMs}
        aria-valuetext={[moment, ...reading.map(({ label, value }) => `${label} ${value}`)].join(', ')}
        onKeyDown={(event) => {
          const step = event.shiftKey ? FAR_MS : STEP_MS;
          if (event.key === 'ArrowLeft') move(-step);
          else if (event.key === 'ArrowRight') move(step);
          else if (event.key === 'Home') setCursor(fromMs);
          else if (event.key === 'End') setCursor(null);
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          setCursor(fromMs + ((event.clientX - box.left) / box.width) * (toMs - fromMs));
        }}
        onPointerLeave={() => setCursor(null)}
      >
        <svg className={style.chart} viewBox={`0 0 ${BOX.width} ${BOX.height}`} preserveAspectRatio="none" aria-hidden="true">
          {[...view.lines].reverse().map(({ label, tone, values, filled }) => (
            <g key={label} data-tone={tone}>
              {filled ? <path className={style.chartArea} d={seriesPath(view, values, BOX, true)} /> : null}
              <path className={style.chartLine} d={seriesPath(view, values, BOX, false)} vectorEffect="non-scaling-stroke" />
            </g>
          ))}
          {cursor === null || index < 0 ? null : <line className={style.chartCursor} x1={x} x2={x} y1={0} y2={BOX.height} />}
        </svg>
        <span className={style.chartTop} aria-hidden="true">
          {view.topLabel}
        </span>
      </div>
    </>
  );
}

function print(view: SeriesView, value: number | undefined, atMs: number): string {
  return value === undefined || Number.isNaN(value) ? '–' : view.print(value, atMs);
}

/** The tiles above a result. */
import type { ReactNode } from 'react';
import { formatInteger } from '../strings/figures.ts';
import { useTranslation } from '../strings/use-translation.ts';
import type { ResultView } from './choose-view.ts';
import { formatEventTime, formatValue } from './figure-text.ts';
import type { ResultFigures, ValueFigure } from './figures-of.ts';
import style from './results.module.css';
import { Sparkline } from './Sparkline.tsx';
import type { Trends } from './trends.ts';

/** Without the year, which stands in the tile of event time. */
const SHORT_FROM = 5;

interface FiguresProps {
  readonly view: ResultView;
  readonly figures: ResultFigures;
  readonly trends: Trends;
}

export function Figures({ view, figures, trends }: FiguresProps) {
  const { t } = useTranslation();
  const about = ({ key, atMs }: ValueFigure) =>
    [key, atMs === null ? '' : formatEventTime(atMs).slice(SHORT_FROM)].filter((word) => word !== '').join(', ');
  const { rows, keys, newest, highest, atMs } = figures;
  return (
    <dl className={style.figures}>
      <Tile
        name="rows"
        label={t('results.rows')}
        value={formatInteger(rows)}
        note={keys === null ? '' : t('results.keys', { count: keys, keys: view.keys.join(' · ') })}
        trend={<Sparkline values={trends.rows} filled />}
      />
      {newest === null ? null : (
        <Tile
          name="newest"
          label={t('results.newest', { column: view.value })}
          value={formatValue(newest.value, view.unit)}
          note={about(newest)}
          bad={view.threshold !== null && newest.value > view.threshold}
          trend={<Sparkline values={trends.newest} tone="tide" filled />}
        />
      )}
      {highest === null ? null : (
        <Tile
          name="highest"
          label={t('results.highest', { column: view.value })}
          value={formatValue(highest.value, view.unit)}
          note={about(highest)}
          bad={view.threshold !== null && highest.value > view.threshold}
          trend={<Sparkline values={trends.highest} tone="brass" filled />}
        />
      )}
      {atMs === null ? null : (
        <Tile name="time" label={t('results.upTo')} value={formatEventTime(atMs)} note={t('results.eventTime')} time />
      )}
    </dl>
  );
}

interface TileProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly note: string;
  readonly bad?: boolean;
  readonly time?: boolean;
  readonly trend?: ReactNode;
}

function Tile({ name, label, value, note, bad = false, time = false, trend }: TileProps) {
  return (
    <div className={style.tile} data-figure={name} data-trend={trend === undefined ? undefined : ''}>
      <dt className={style.tileLabel} data-truncates="" title={label}>
        {label}
      </dt>
      <dd className={style.tileBody}>
        <span className={style.tileValue} data-tone={bad ? 'bad' : time ? 'time' : undefined}>
          {value}
        </span>
        <span className={style.tileNote} data-truncates="" title={note}>
          {note}
        </span>
        {trend}
      </dd>
    </div>
  );
}

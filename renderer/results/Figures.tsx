/** The tiles above a result. */
import { useTranslation } from 'react-i18next';
import { formatInteger } from '../strings/figures.ts';
import type { ResultView } from './choose-view.ts';
import { formatEventTime, formatValue } from './figure-text.ts';
import type { ResultFigures, ValueFigure } from './figures-of.ts';
import style from './results.module.css';

export function Figures({ view, figures }: { readonly view: ResultView; readonly figures: ResultFigures }) {
  const { t } = useTranslation();
  const about = ({ key, atMs }: ValueFigure) => [key, atMs === null ? '' : formatEventTime(atMs)].filter((word) => word !== '').join(', ');
  const { rows, keys, newest, highest, atMs } = figures;
  return (
    <dl className={style.figures}>
      <Tile
        name="rows"
        label={t('results.rows')}
        value={formatInteger(rows)}
        note={keys === null ? '' : t('results.keys', { count: keys, keys: view.keys.join(' · ') })}
      />
      {newest === null ? null : (
        <Tile
          name="newest"
          label={t('results.newest', { column: view.value })}
          value={formatValue(newest.value, view.unit)}
          note={about(newest)}
          bad={view.threshold !== null && newest.value > view.threshold}
        />
      )}
      {highest === null ? null : (
        <Tile
          name="highest"
          label={t('results.highest', { column: view.value })}
          value={formatValue(highest.value, view.unit)}
          note={about(highest)}
          bad={view.threshold !== null && highest.value > view.threshold}
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
}

function Tile({ name, label, value, note, bad = false, time = false }: TileProps) {
  return (
    <div className={style.tile} data-figure={name}>
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
      </dd>
    </div>
  );
}

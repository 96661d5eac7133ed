/** Keys with their newest value as a bar: the largest first with their moves, or every key in its own order. */
import { ArrowDown, ArrowUp, Minus } from 'lucide-react';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from '../ui/classes.ts';
import type { ResultView } from './choose-view.ts';
import { formatEventTime, formatValue } from './figure-text.ts';
import type { Place, Ranking } from './ranking.ts';
import style from './results.module.css';
import { Sparkline } from './Sparkline.tsx';
import type { Trends } from './trends.ts';

interface BoardProps {
  readonly view: ResultView;
  readonly ranking: Ranking;
  /** `top`: by value, with ranks; `bars`: by key. */
  readonly look: 'top' | 'bars';
  readonly trends: Trends;
}

export function Board({ view, ranking, look, trends }: BoardProps) {
  const { t } = useTranslation();
  const { places, atMs, keys } = ranking;
  const ranked = look === 'top';
  const shown = ranked ? places : [...places].sort((a, b) => a.key.localeCompare(b.key, undefined, { numeric: true }));
  const largest = Math.max(0, ...places.map((place) => Math.abs(place.value)));
  const title = ranked
    ? t('results.top', { count: places.length, column: view.value })
    : t('results.bars', { column: view.value, keys: view.keys.join(', ') });
  const moved = trends.rows.length > 1;
  const moves = ranked && places.some((place) => place.moved !== null);
  return (
    <section className={style.card} aria-label={title} data-chart={look}>
      <div className={style.cardHead}>
        <h2 className={style.cardTitle}>{title}</h2>
        <span className={style.cardNote}>
          {atMs === null ? t('results.newestOfEach') : formatEventTime(atMs)}
          {keys > places.length ? ` · ${t('results.ofAll', { shown: places.length, count: keys })}` : ''}
        </span>
      </div>
      <table className={classes(style.table, style.board)}>
        <caption className={style.unseen}>{title}</caption>
        <thead>
          <tr>
            {ranked ? <th scope="col">{t('results.place')}</th> : null}
            {moves ? (
              <th scope="col" className={style.moveHead}>
                {t('results.move')}
              </th>
            ) : null}
            <th scope="col">{view.keys.join(' · ') || t('results.key')}</th>
            <th scope="col" className={style.barHead}>
              {view.value}
            </th>
            <th scope="col" className={style.valueHead}>
              <span className={style.unseen}>{view.value}</span>
            </th>
            {moved ? (
              <th scope="col" className={style.trendHead}>
                {t('results.trend')}
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {shown.map((place) => (
            <tr key={place.key} data-key={place.key}>
              {ranked ? <td className={style.rank}>{place.rank}</td> : null}
              {moves ? (
                <td>
                  <Move moved={place.moved} />
                </td>
              ) : null}
              <th scope="row" className={style.keyCell} data-truncates="" title={place.key}>
                {place.key}
              </th>
              <td>
                <span className={style.barBed} aria-hidden="true">
                  <span
                    className={classes(style.bar, (!ranked || place.rank <= 3) && style.barFirst)}
                    style={{ width: `${largest === 0 ? 0 : (Math.abs(place.value) / largest) * 100}%` }}
                  />
                </span>
              </td>
              <td className={style.number}>{formatValue(place.value, view.unit)}</td>
              {moved ? (
                <td className={style.trendCell}>
                  <Sparkline values={trends.byKey.get(place.key) ?? []} tone="ink" />
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Move({ moved }: Pick<Place, 'moved'>) {
  const { t } = useTranslation();
  if (moved === 'new') return <span className={style.moveNew}>{t('results.new')}</span>;
  if (moved === null || moved === 0) {
    return <Minus size={12} strokeWidth={1.75} role="img" aria-label={t('results.same')} className={style.moveNone} />;
  }
  return (
    <span className={moved > 0 ? style.moveUp : style.moveDown}>
      {moved > 0 ? (
        <ArrowUp size={12} strokeWidth={1.75} role="img" aria-label={t('results.up', { count: moved })} />
      ) : (
        <ArrowDown size={12} strokeWidth={1.75} role="img" aria-label={t('results.down', { count: -moved })} />
      )}
      {Math.abs(moved)}
    </span>
  );
}

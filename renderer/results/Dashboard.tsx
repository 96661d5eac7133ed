/** A result at a glance: figures, the main chart, the board beside it, and the newest rows or changes below. */
import { useMemo } from 'react';
import { useTranslation } from '../strings/use-translation.ts';
import { Board } from './Board.tsx';
import type { ResultColumn, ResultView } from './choose-view.ts';
import { Figures } from './Figures.tsx';
import { figuresOf } from './figures-of.ts';
import { LineChart } from './LineChart.tsx';
import { ResultRows } from './ResultRows.tsx';
import { rank } from './ranking.ts';
import type { ResultRow } from './result-row.ts';
import style from './results.module.css';
import { toSeries } from './series.ts';
import { trendsOf } from './trends.ts';

const PLACES = 10;
const BARS_MAX = 30;
const NEWEST_ROWS = 100;

interface DashboardProps {
  readonly columns: readonly ResultColumn[];
  readonly view: ResultView;
  readonly rows: readonly ResultRow[];
  readonly changes: readonly ResultRow[];
  /** Rows were updated or taken back. */
  readonly changelog: boolean;
}

export function Dashboard({ columns, view, rows, changes, changelog }: DashboardProps) {
  const { t } = useTranslation();
  const { look } = view;
  const figures = useMemo(() => figuresOf(rows, view), [rows, view]);
  const trends = useMemo(() => trendsOf(rows, view), [rows, view]);
  const series = useMemo(() => toSeries(rows, view), [rows, view]);
  const ranking = useMemo(() => rank(rows, view, look === 'bars' ? BARS_MAX : PLACES), [rows, view, look]);
  const newest = useMemo(() => (changelog ? changes : rows).slice(-NEWEST_ROWS).reverse(), [rows, changes, changelog]);
  const drawable = view.value !== null && look !== 'table';
  const lines = drawable && series.moments.length > 1;
  const board = drawable && view.keys.length > 0 && ranking.places.length > 0;
  const boardFirst = look !== 'lines';
  const changed = (
    <section className={style.rowsCard}>
      <div className={style.cardHead}>
        <h2 className={style.cardTitle}>{t(changelog ? 'results.latestChanges' : 'results.latestRows')}</h2>
        <span className={style.cardNote}>{t(changelog ? 'results.changelog' : 'results.newestFirst')}</span>
      </div>
      <ResultRows
        label={t(changelog ? 'results.latestChanges' : 'results.latestRows')}
        columns={columns}
        rows={newest}
        changelog={changelog}
      />
    </section>
  );
  if (board && boardFirst) {
    return (
      <div className={style.dashboard}>
        <Figures view={view} figures={figures} trends={trends} />
        <div className={style.boardPage}>
          <Board view={view} ranking={ranking} look={look === 'bars' ? 'bars' : 'top'} trends={trends} />
          <div className={style.beside}>
            {lines ? <LineChart view={view} set={series} /> : null}
            {changed}
          </div>
        </div>
      </div>
    );
  }
  return (
    <div className={style.dashboard}>
      <Figures view={view} figures={figures} trends={trends} />
      {drawable ? (
        <div className={style.charts} data-first={lines && board ? 'lines' : 'one'}>
          {lines ? <LineChart view={view} set={series} /> : null}
          {board ? <Board view={view} ranking={ranking} look="top" trends={trends} /> : null}
          {!lines && !board ? <p className={style.hint}>{t(view.time === null ? 'results.noTimeText' : 'results.waitingText')}</p> : null}
        </div>
      ) : view.value === null ? (
        <p className={style.hint}>{t('results.noValueText')}</p>
      ) : null}
      {changed}
    </div>
  );
}

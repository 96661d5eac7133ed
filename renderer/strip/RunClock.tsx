/** The clock of a run: event time large, below it the wall clock, the distance between the two, and who holds it back. */
import { Waves } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useDesigner, useStore } from '../app/designer.ts';
import { HeldBackBy } from '../lens/HeldBackBy.tsx';
import { formatClock, formatInstant, formatSpan } from '../strings/figures.ts';
import { useTranslation } from '../strings/use-translation.ts';
import style from './clock.module.css';

const DAY_MS = 86_400_000;

export function RunClock() {
  const { live, runs } = useDesigner();
  const { t } = useTranslation();
  const endedAtMs = useStore(runs, (state) => state.current?.endedAtMs ?? null);
  const totals = useSyncExternalStore(
    (listener) => live.subscribe(listener),
    () => live.totals(),
  );
  const { eventTime } = totals;
  const known = eventTime !== null && Number.isFinite(eventTime);
  const nowMs = endedAtMs ?? (totals.atMs === 0 ? Date.now() : totals.atMs);
  const behind = known ? nowMs - eventTime : 0;
  return (
    <section className={style.clock} aria-label={t('strip.eventTime')} data-run-clock="">
      <h3 className={style.title}>
        <Waves size={13} strokeWidth={1.75} aria-hidden="true" />
        {t('strip.eventTime')}
        {known && Math.abs(behind) >= DAY_MS ? <span className={style.day}>{formatInstant(eventTime).slice(0, 10)}</span> : null}
      </h3>
      <div className={style.large}>
        {known ? (
          <>
            {formatInstant(eventTime).slice(11)}
            <small>.{String(((eventTime % 1000) + 1000) % 1000).padStart(3, '0')}</small>
          </>
        ) : (
          <span className={style.absent}>{eventTime === null ? t('strip.noEventTime') : t('strip.endOfInput')}</span>
        )}
      </div>
      <dl className={style.lines}>
        <div>
          <dt>{t('strip.wallClock')}</dt>
          <dd>{formatClock(nowMs)}</dd>
        </div>
        {known ? (
          <div>
            <dt>{behind >= 0 ? t('strip.behind') : t('strip.ahead')}</dt>
            <dd className={style.tide}>{formatSpan(Math.abs(behind))}</dd>
          </div>
        ) : null}
        <HeldBackBy />
      </dl>
    </section>
  );
}

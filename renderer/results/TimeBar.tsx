/** Below a result with a time axis: how far event time has come, and a slider that takes the page back to an earlier moment. */
import { Radio, Waves } from 'lucide-react';
import { ActionButton } from '../actions/ActionButton.tsx';
import { useDesigner, useStore } from '../app/designer.ts';
import { PauseIcon } from '../runs/PauseIcon.tsx';
import { isLive } from '../runs/run-store.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { formatEventTime } from './figure-text.ts';
import style from './results.module.css';

interface TimeBarProps {
  /** Rising, at least two. */
  readonly moments: readonly number[];
  /** Null: the newest, whatever comes. */
  readonly atMs: number | null;
  readonly onChoose: (atMs: number | null) => void;
}

export function TimeBar({ moments, atMs, onChoose }: TimeBarProps) {
  const { runs } = useDesigner();
  const { t } = useTranslation();
  const running = useStore(runs, (state) => isLive(state.current));
  const paused = useStore(runs, (state) => state.current?.paused === true);
  const last = moments.length - 1;
  const place = atMs === null ? last : Math.max(0, moments.indexOf(atMs));
  const shown = moments[place];
  return (
    <section className={style.timeBar} aria-label={t('results.timeBar')} data-moment={shown}>
      {running ? (
        <span className={style.timePause}>
          <ActionButton id="pause" label={paused ? t('run.resume') : t('run.pause')} icon={<PauseIcon paused={paused} />} />
        </span>
      ) : null}
      <p className={style.timeWords}>
        <span>
          <Waves size={13} strokeWidth={1.75} aria-hidden="true" />
          {t('strip.eventTime')}
        </span>
        <b>{formatEventTime(shown)}</b>
      </p>
      <span className={style.timeTrack}>
        <span className={style.timeDone} style={{ width: `${last === 0 ? 100 : (place / last) * 100}%` }} aria-hidden="true" />
        <input
          type="range"
          className={style.timeSlider}
          min={0}
          max={last}
          value={place}
          aria-label={t('results.lookBack')}
          aria-valuetext={formatEventTime(shown)}
          onChange={(event) => {
            const next = Number(event.currentTarget.value);
            onChoose(next >= last ? null : moments[next]);
          }}
        />
      </span>
      {atMs === null ? (
        <span className={style.timeHint}>{t('results.lookBackHint')}</span>
      ) : (
        <Button small icon={<Radio size={13} strokeWidth={1.75} />} onClick={() => onChoose(null)}>
          {t('results.toNewest')}
        </Button>
      )}
    </section>
  );
}

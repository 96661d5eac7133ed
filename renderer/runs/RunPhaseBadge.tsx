/** What the run is doing, in words and with a clock that only this badge ticks. */
import { CircleAlert, CircleCheck, CirclePause, LoaderCircle, Radio } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { RunPhase } from '../../engine/host/contract.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import style from '../app/frame.module.css';
import { formatElapsed } from '../strings/figures.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from '../ui/classes.ts';
import { isLive } from './run-store.ts';

const LOOKS: Record<RunPhase, string> = {
  starting: style.phaseWait,
  running: '',
  restarting: style.phaseWait,
  stopping: style.phaseWait,
  finished: style.phaseEnded,
  stopped: style.phaseEnded,
  failed: style.phaseFailed,
  lost: style.phaseFailed,
};

export function RunPhaseBadge() {
  const { runs } = useDesigner();
  const { t } = useTranslation();
  const run = useStore(runs, (state) => state.current);
  // An engine that is gone runs nothing, whatever it last said of itself.
  const away = useStore(runs, (state) => state.engine.state !== 'ready' && isLive(state.current));
  const ended = run === null || run.endedAtMs !== null;
  const now = useSecondClock(!ended);
  if (run === null) return null;
  const phase: RunPhase = away ? 'restarting' : run.phase;
  const paused = phase === 'running' && run.paused;
  const Icon = paused
    ? CirclePause
    : phase === 'running'
      ? Radio
      : phase === 'failed' || phase === 'lost'
        ? CircleAlert
        : phase === 'finished' || phase === 'stopped'
          ? CircleCheck
          : LoaderCircle;
  return (
    <span
      className={classes(style.phase, paused ? style.phaseWait : LOOKS[phase])}
      data-run-phase={phase}
      data-paused={paused ? '' : undefined}
      title={run.error?.message ?? (paused ? t('run.pausedNote') : undefined)}
    >
      <Icon size={14} strokeWidth={1.75} />
      {paused ? t('run.paused') : t(`run.phase.${phase}`)}
      <span className={style.elapsed}>{formatElapsed((run.endedAtMs ?? now) - run.startedAtMs)}</span>
      {run.attempt > 1 ? <span className={classes(style.elapsed, 'roomy')}>· {t('run.attempt', { attempt: run.attempt })}</span> : null}
    </span>
  );
}

function useSecondClock(ticking: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!ticking) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [ticking]);
  return now;
}

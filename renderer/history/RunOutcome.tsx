/** How a run ended, as an icon and a word. */
import { CircleAlert, CircleCheck, CircleHelp, CircleStop, Radio, Unplug } from 'lucide-react';
import type { RunOutcome as Outcome, RunSummary } from '../../engine/host/contract.ts';
import { useTranslation } from '../strings/use-translation.ts';
import style from './history.module.css';

const ICONS: Readonly<Record<Outcome, typeof Radio>> = {
  running: Radio,
  finished: CircleCheck,
  stopped: CircleStop,
  failed: CircleAlert,
  interrupted: Unplug,
  lost: CircleHelp,
};

const LOOKS: Readonly<Record<Outcome, string>> = {
  running: style.running,
  finished: style.finished,
  stopped: style.stopped,
  failed: style.failed,
  interrupted: style.interrupted,
  lost: style.failed,
};

export function RunOutcome({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation();
  const Icon = ICONS[run.outcome];
  return (
    <span className={LOOKS[run.outcome]} data-outcome={run.outcome}>
      <Icon size={14} strokeWidth={1.75} aria-hidden="true" />
      {t(`history.outcome.${run.outcome}`)}
    </span>
  );
}

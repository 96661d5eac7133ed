/** The tool bar: where one is, run controls in the middle, problems at the right. */

import { CircleCheck, CircleX, ClockAlert, Share, TriangleAlert } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { invoke } from '../actions/invoke.ts';
import { StaleNotice } from '../preview/StaleNotice.tsx';
import { PageSwitch } from '../results/PageSwitch.tsx';
import { isLive } from '../runs/run-store.ts';
import { formatCount } from '../strings/figures.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { Crumbs } from './Crumbs.tsx';
import { useDesigner, useStore } from './designer.ts';
import { showDock } from './dock.ts';
import style from './frame.module.css';
import { ReadyControls, RunningControls } from './RunControls.tsx';

export function ToolBar() {
  const { runs } = useDesigner();
  const live = useStore(runs, (state) => isLive(state.current));
  return (
    <div className={style.tool} data-region="tools">
      <div className={style.toolLeft}>
        <Crumbs />
        <PageSwitch />
      </div>
      {/* Other controls are another bar: nothing of the old one moves. */}
      <div key={live ? 'running' : 'ready'} className={style.toolCentre}>
        {live ? <RunningControls /> : <ReadyControls />}
      </div>
      <div className={style.toolRight}>
        <StaleNotice />
        <LateCount />
        <ProblemCounts />
        <ExportButton />
      </div>
    </div>
  );
}

function ExportButton() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const empty = useStore(designer.documents, (state) => state.document.nodes.length === 0);
  if (empty) return null;
  return (
    <Button icon={<Share size={14} strokeWidth={1.75} />} title={t('export.export')} onClick={() => invoke(designer, 'export')}>
      <span className="roomy">{t('export.export')}</span>
    </Button>
  );
}

function LateCount() {
  const { live, runs } = useDesigner();
  const { t } = useTranslation();
  const running = useStore(runs, (state) => isLive(state.current));
  const totals = useSyncExternalStore(
    (listener) => live.subscribe(listener),
    () => live.totals(),
  );
  if (totals.lateRecords === 0) return null;
  return (
    <span className={classes(style.count, style.countLate)} data-late="">
      <ClockAlert size={13} strokeWidth={1.75} />
      {running && totals.lateRate > 0
        ? t('run.late', { rate: formatCount(totals.lateRate) })
        : t('run.lateTotal', { rows: formatCount(totals.lateRecords) })}
    </span>
  );
}

function ProblemCounts() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const problems = useStore(designer.checks, (state) => state.problems);
  const empty = useStore(designer.documents, (state) => state.document.nodes.length === 0);
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  const warnings = problems.length - errors;
  const show = () => showDock(designer, 'problems');
  if (empty) return null;
  return (
    <>
      {errors > 0 ? (
        <button
          type="button"
          className={classes(style.count, style.countError)}
          aria-label={t('problems.errors', { count: errors })}
          onClick={show}
        >
          <CircleX size={13} strokeWidth={1.75} />
          {errors}
        </button>
      ) : null}
      {warnings > 0 ? (
        <button
          type="button"
          className={classes(style.count, style.countWarning)}
          aria-label={t('problems.warnings', { count: warnings })}
          onClick={show}
        >
          <TriangleAlert size={13} strokeWidth={1.75} />
          {warnings}
        </button>
      ) : null}
      {errors + warnings === 0 ? (
        <span className={classes(style.count, style.countOk)} title={t('problems.none')}>
          <CircleCheck size={13} strokeWidth={1.75} />
          <span className="roomy">{t('problems.none')}</span>
        </span>
      ) : null}
    </>
  );
}

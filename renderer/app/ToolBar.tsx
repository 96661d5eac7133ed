/** The tool bar: where one is, run controls in the middle, problems at the right. */
import { ChevronDown, ChevronRight, CircleCheck, CircleX, ClockAlert, Diamond, Play, Share, Square, TriangleAlert } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { invoke } from '../actions/invoke.ts';
import { PreviewButton } from '../preview/PreviewButton.tsx';
import { StaleNotice } from '../preview/StaleNotice.tsx';
import { startRun, stopRun, takeSavepoint } from '../runs/control.ts';
import { RunPhaseBadge } from '../runs/RunPhaseBadge.tsx';
import { isLive } from '../runs/run-store.ts';
import { formatCount } from '../strings/figures.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { Menu } from '../ui/Menu.tsx';
import { Tip } from '../ui/Tip.tsx';
import { useDesigner, useStore } from './designer.ts';
import style from './frame.module.css';

const ICON = { size: 14, strokeWidth: 2 };

export function ToolBar() {
  const { runs } = useDesigner();
  const live = useStore(runs, (state) => isLive(state.current));
  return (
    <div className={style.tool} data-region="tools">
      <Crumbs />
      <div className={style.toolCentre}>{live ? <Running /> : <Ready />}</div>
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
    <Button icon={<Share size={14} strokeWidth={1.75} />} onClick={() => invoke(designer, 'export')}>
      {t('export.export')}
    </Button>
  );
}

function Crumbs() {
  const { documents } = useDesigner();
  const path = useStore(documents, (state) => state.path);
  const name = useStore(documents, (state) => state.document.name);
  const folder = path.split(/[\\/]/).at(-2);
  return (
    <div className={style.crumbs}>
      {folder === undefined ? null : (
        <>
          <span className={style.crumbFolder} data-truncates="" title={path}>
            {folder}
          </span>
          <ChevronRight size={13} strokeWidth={1.75} />
        </>
      )}
      <span className={style.crumbName} data-truncates="" title={name}>
        {name}
      </span>
    </div>
  );
}

function Ready() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const empty = useStore(designer.documents, (state) => state.document.nodes.length === 0);
  const pending = useStore(designer.runs, (state) => state.pending === 'start');
  const ended = useStore(designer.runs, (state) => state.current !== null);
  return (
    <>
      {ended ? <RunPhaseBadge /> : null}
      <span className={style.split}>
        <Tip label={t('run.restoreLatest')} keys="F5">
          <Button look="primary" disabled={empty || pending} icon={<Play {...ICON} />} onClick={() => void startRun(designer, 'latest')}>
            {t('run.run')}
          </Button>
        </Tip>
        <Menu
          align="end"
          trigger={<Button look="primary" disabled={empty || pending} aria-label={t('run.startFrom')} icon={<ChevronDown {...ICON} />} />}
          groups={[
            {
              label: t('run.startFrom'),
              items: [
                {
                  id: 'latest',
                  label: t('run.restoreLatest'),
                  note: t('run.restoreLatestNote'),
                  run: () => void startRun(designer, 'latest'),
                },
                { id: 'none', label: t('run.restoreNone'), note: t('run.restoreNoneNote'), run: () => void startRun(designer, 'none') },
              ],
            },
          ]}
        />
      </span>
      <PreviewButton />
      {ended ? (
        <Button look="ghost" onClick={() => designer.runs.dismiss()}>
          {t('run.dismiss')}
        </Button>
      ) : null}
    </>
  );
}

function Running() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const pending = useStore(designer.runs, (state) => state.pending);
  const stopping = useStore(designer.runs, (state) => state.current?.phase === 'stopping' || state.pending === 'stop');
  return (
    <>
      <RunPhaseBadge />
      <span className={style.split}>
        <Tip label={t('run.stopKeepNote')} keys="Shift F5">
          <Button disabled={stopping} icon={<Square size={13} strokeWidth={2} />} onClick={() => void stopRun(designer, 'keep-state')}>
            {t('run.stopKeep')}
          </Button>
        </Tip>
        <Menu
          align="end"
          trigger={<Button disabled={stopping} aria-label={t('run.stopMenu')} icon={<ChevronDown {...ICON} />} />}
          groups={[
            {
              items: [
                { id: 'keep', label: t('run.stopKeep'), note: t('run.stopKeepNote'), run: () => void stopRun(designer, 'keep-state') },
                { id: 'drain', label: t('run.stopDrain'), note: t('run.stopDrainNote'), run: () => void stopRun(designer, 'drain') },
              ],
            },
            {
              items: [
                {
                  id: 'discard',
                  label: t('run.stopDiscard'),
                  note: t('run.stopDiscardNote'),
                  danger: true,
                  run: () => designer.shell.set({ dialog: { kind: 'discard-state' } }),
                },
              ],
            },
          ]}
        />
      </span>
      <Tip label={t('action.savepoint')} keys="Ctrl Shift S">
        <Button
          look="ghost"
          disabled={pending === 'savepoint' || stopping}
          icon={<Diamond size={13} strokeWidth={1.75} />}
          onClick={() => void takeSavepoint(designer)}
        >
          {t('run.savepoint')}
        </Button>
      </Tip>
    </>
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
  const show = () => designer.preferences.set({ dockOpen: true, dockTab: 'problems' });
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
        <span className={classes(style.count, style.countOk)}>
          <CircleCheck size={13} strokeWidth={1.75} />
          {t('problems.none')}
        </span>
      ) : null}
    </>
  );
}

/** The runs that the open pipeline has had: a list, and beside it what became of the chosen one. */
import { History, Play, TriangleAlert } from 'lucide-react';
import { useEffect } from 'react';
import type { DamagedRun } from '../../engine/host/contract.ts';
import { invoke } from '../actions/invoke.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { formatMoment } from '../strings/figures.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { Empty } from '../ui/Empty.tsx';
import { ErrorPanel } from '../ui/ErrorPanel.tsx';
import { Loading } from '../ui/Loading.tsx';
import style from './history.module.css';
import { RunDetailView } from './RunDetailView.tsx';
import { RunTable } from './RunTable.tsx';

export function RunsPanel() {
  const designer = useDesigner();
  const { history, documents } = designer;
  const { t } = useTranslation();
  useEffect(() => history.watch(), [history]);
  const saved = useStore(documents, (state) => state.path !== '');
  const runs = useStore(history, (state) => state.runs);
  const damaged = useStore(history, (state) => state.damaged);
  const failure = useStore(history, (state) => state.failure);
  const chosen = useStore(history, (state) => state.chosen);
  const icon = <History size={20} strokeWidth={1.75} />;
  if (!saved) return <Empty icon={icon} title={t('history.none')} text={t('history.notSaved')} />;
  if (failure !== null) {
    return (
      <ErrorPanel title={t('history.cannotRead')} detail={failure.code ?? undefined} evidence={failure.message}>
        <Button look="primary" onClick={() => void history.reload()}>
          {t('common.tryAgain')}
        </Button>
      </ErrorPanel>
    );
  }
  if (runs === null) return <Loading what={t('history.reading')} rows={3} />;
  if (runs.length === 0 && damaged.length === 0) {
    return (
      <Empty icon={icon} title={t('history.none')} text={t('history.noneText')}>
        <Button look="primary" icon={<Play size={14} strokeWidth={1.75} />} onClick={() => invoke(designer, 'run')}>
          {t('run.run')}
        </Button>
      </Empty>
    );
  }
  const run = runs.find(({ runId }) => runId === chosen) ?? null;
  return (
    <div className={style.panel} data-runs="">
      <div className={style.list}>
        <RunTable runs={runs} chosen={chosen} />
        {damaged.length === 0 ? null : <Damaged damaged={damaged} />}
      </div>
      {run === null ? null : <RunDetailView key={run.runId} run={run} />}
    </div>
  );
}

function Damaged({ damaged }: { readonly damaged: readonly DamagedRun[] }) {
  const { t } = useTranslation();
  return (
    <ul className={style.damaged} aria-label={t('history.damagedLabel')}>
      {damaged.map(({ runId, startedAtMs, reason }) => (
        <li key={`${runId} ${startedAtMs}`} data-damaged={runId}>
          <TriangleAlert size={14} strokeWidth={1.75} aria-hidden="true" />
          {t('history.damaged', { time: formatMoment(startedAtMs), reason })}
        </li>
      ))}
    </ul>
  );
}

/** One run: how it ended and why, what can be done with it, its figures node by node, its checkpoints. */
import { Diamond, FileClock, GitCompareArrows, RotateCcw, ScrollText } from 'lucide-react';
import type { CheckpointInfo, RunDetail, RunSummary } from '../../engine/host/contract.ts';
import type { Designer } from '../app/designer.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { nodeLabel } from '../document/definitions.ts';
import { showLogOfRun } from '../logs/show-logs.ts';
import { isLive } from '../runs/run-store.ts';
import { formatBytes, formatClock, formatCount, formatInteger, formatMoment, formatSpan } from '../strings/figures.ts';
import { currentLanguage } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import style from './history.module.css';
import { compareWithRun, openAsItWas } from './open-as-it-was.ts';
import { RunOutcome } from './RunOutcome.tsx';
import { durationOf } from './RunTable.tsx';

const ICON = { size: 13, strokeWidth: 1.75 };

export function RunDetailView({ run }: { readonly run: RunSummary }) {
  const { history } = useDesigner();
  const { t } = useTranslation();
  const loaded = useStore(history, (state) => state.detail);
  const detail = loaded?.runId === run.runId ? loaded : null;
  return (
    <section className={style.detail} aria-label={t('history.detailLabel', { time: formatMoment(run.startedAtMs) })} data-run-detail="">
      <header className={style.detailHead}>
        <RunOutcome run={run} />
        {run.stopMode === null ? null : <span>{t(`history.stopMode.${run.stopMode}`)}</span>}
        <span className={style.gap} />
        <span>{t('history.span', { from: formatMoment(run.startedAtMs), duration: formatSpan(durationOf(run)) })}</span>
      </header>
      <Ways run={run} detail={detail} />
      {run.error === null ? null : <Failure run={run} error={run.error} />}
      <Facts run={run} />
      {detail === null ? null : (
        <>
          <Figures detail={detail} />
          <Checkpoints detail={detail} />
        </>
      )}
    </section>
  );
}

function Ways({ run, detail }: { readonly run: RunSummary; readonly detail: RunDetail | null }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const newest = detail?.checkpoints.find((checkpoint) => checkpoint.kept) ?? null;
  const going = run.outcome === 'running';
  return (
    <div className={style.ways}>
      <Button small icon={<FileClock {...ICON} />} onClick={() => void openAsItWas(designer, run)}>
        {t('history.open')}
      </Button>
      <Button small icon={<GitCompareArrows {...ICON} />} onClick={() => void compareWithRun(designer, run)}>
        {t('history.compare')}
      </Button>
      <Button small icon={<ScrollText {...ICON} />} onClick={() => void showLogOfRun(designer, run)}>
        {t('history.log')}
      </Button>
      {newest === null || going ? null : (
        <Button small icon={<RotateCcw {...ICON} />} onClick={() => askRestore(designer, newest)}>
          {t(`history.again.${newest.kind}`, { id: newest.id })}
        </Button>
      )}
    </div>
  );
}

function askRestore(designer: Designer, checkpoint: CheckpointInfo): void {
  designer.shell.set({ dialog: { kind: 'restore', checkpoint } });
}

function Failure({ run, error }: { readonly run: RunSummary; readonly error: NonNullable<RunSummary['error']> }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const node = useStore(designer.documents, (state) => state.document.nodes.find((candidate) => candidate.id === error.nodeId));
  return (
    <div className={style.failure} data-run-error={error.code}>
      <p data-selectable="">
        <strong>{error.code}</strong> {error.message}
      </p>
      {error.remedy === null ? null : <p>{t('history.remedy', { remedy: error.remedy })}</p>}
      {node === undefined ? null : (
        <Button
          small
          onClick={() => {
            designer.selection.select([node.id]);
            designer.canvas?.reveal(node.id);
            void showLogOfRun(designer, run).then(() => designer.logs.set({ nodeId: node.id }));
          }}
        >
          {t('history.atNode', { node: nodeLabel(node, currentLanguage()) })}
        </Button>
      )}
    </div>
  );
}

function Facts({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation();
  const { startedFrom, restarts, engineDeaths, checkpointsComplete, checkpointsFailed, warnings, errors } = run;
  const facts: readonly (readonly [string, string])[] = [
    [t('history.parallelism'), String(run.parallelism)],
    [t('history.guarantee'), t(`run.guarantee.${run.guarantee}`)],
    [t('history.began'), startedFrom === null ? t('history.fresh') : t(`history.from.${startedFrom.kind}`, { id: startedFrom.id })],
    [
      t('history.restarts'),
      restarts + engineDeaths === 0 ? t('history.noRestarts') : t('history.restartCounts', { restarts, engineDeaths }),
    ],
    [t('history.checkpoints'), t('history.checkpointCounts', { complete: checkpointsComplete, failed: checkpointsFailed })],
    [t('history.said'), t('history.saidCounts', { warnings, errors })],
  ];
  return (
    <dl className={style.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Figures({ detail }: { readonly detail: RunDetail }) {
  const { documents } = useDesigner();
  const { t } = useTranslation();
  const nodes = useStore(documents, (state) => state.document.nodes);
  if (detail.nodes.length === 0) return null;
  const nameOf = (nodeId: string) => {
    const node = nodes.find((candidate) => candidate.id === nodeId);
    return node === undefined ? nodeId : nodeLabel(node, currentLanguage());
  };
  const again = detail.restarts + detail.engineDeaths > 0;
  return (
    <>
      <h3 className={style.subhead}>{again ? t('history.figuresSince') : t('history.figures')}</h3>
      <table className={style.table} aria-label={t('history.figures')}>
        <thead>
          <tr>
            <th scope="col">{t('history.node')}</th>
            {(['rowsIn', 'rowsOut', 'late', 'bad', 'state'] as const).map((column) => (
              <th key={column} scope="col" data-number="">
                {t(`history.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {detail.nodes.map(({ nodeId, rowsIn, rowsOut, lateRecords, badRecords, stateBytes }) => (
            <tr key={nodeId} data-node-figures={nodeId}>
              <th scope="row" className={style.nodeName} data-truncates="" title={nameOf(nodeId)}>
                {nameOf(nodeId)}
              </th>
              <Figure value={rowsIn} always />
              <Figure value={rowsOut} always />
              <Figure value={lateRecords} />
              <Figure value={badRecords} />
              <td data-number="">{stateBytes === 0 ? '' : formatBytes(stateBytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Figure({ value, always = false }: { readonly value: number; readonly always?: boolean }) {
  return (
    <td data-number="" title={formatInteger(value)}>
      {value === 0 && !always ? '' : formatCount(value)}
    </td>
  );
}

function Checkpoints({ detail }: { readonly detail: RunDetail }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const live = useStore(designer.runs, (state) => isLive(state.current));
  if (detail.checkpoints.length === 0) return null;
  return (
    <>
      <h3 className={style.subhead}>{t('dock.checkpoints')}</h3>
      <ul className={style.checkpoints} aria-label={t('dock.checkpoints')}>
        {detail.checkpoints.map((checkpoint) => (
          <li key={`${checkpoint.kind} ${checkpoint.id}`}>
            <Diamond size={11} strokeWidth={2} className={checkpoint.kind === 'savepoint' ? style.savepoint : style.checkpoint} />
            <span>#{checkpoint.id}</span>
            <span className={style.when}>{formatClock(checkpoint.startedAtMs)}</span>
            <span title={checkpoint.failure ?? undefined}>
              {checkpoint.status === 'failed' ? t('checkpoints.failed') : formatBytes(checkpoint.bytes)}
            </span>
            <span className={style.gap} />
            {checkpoint.kept && !live ? (
              <Button small look="ghost" icon={<RotateCcw {...ICON} />} onClick={() => askRestore(designer, checkpoint)}>
                {t('checkpoints.restore')}
              </Button>
            ) : (
              <span className={style.when}>{checkpoint.kept ? t('history.kept') : t('history.gone')}</span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

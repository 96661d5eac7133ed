/** Checkpoints and savepoints of the run, newest first, each a place to start again from. */
import { Diamond, RotateCcw } from 'lucide-react';
import { useDesigner, useStore } from '../app/designer.ts';
import { formatBytes, formatClock, formatSpan } from '../strings/figures.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { Empty } from '../ui/Empty.tsx';
import { Waiting } from '../ui/Waiting.tsx';
import { startRun } from './control.ts';
import { isLive } from './run-store.ts';
import style from './runs.module.css';

export function CheckpointList() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const run = useStore(designer.runs, (state) => state.current);
  const checkpoints = useStore(designer.runs, (state) => state.checkpoints);
  const icon = <Diamond size={20} strokeWidth={1.75} />;
  if (run === null) return <Empty icon={icon} title={t('checkpoints.none')} text={t('checkpoints.notRunning')} />;
  if (checkpoints.length === 0) return <Waiting title={t('checkpoints.none')} when={t('checkpoints.noneText')} />;
  const live = isLive(run);
  return (
    <div className={style.tableScroll}>
      <table className={style.table} aria-label={t('dock.checkpoints')}>
        <thead>
          <tr>
            <th scope="col">{t('checkpoints.number')}</th>
            <th scope="col">{t('checkpoints.kind')}</th>
            <th scope="col">{t('checkpoints.status')}</th>
            <th scope="col">{t('checkpoints.started')}</th>
            <th scope="col" data-number="">
              {t('checkpoints.duration')}
            </th>
            <th scope="col" data-number="">
              {t('checkpoints.size')}
            </th>
            <th scope="col">{t('checkpoints.path')}</th>
            <th scope="col" />
          </tr>
        </thead>
        <tbody>
          {[...checkpoints].reverse().map((checkpoint) => (
            <tr key={`${checkpoint.kind} ${checkpoint.id}`} data-checkpoint={checkpoint.id} data-status={checkpoint.status}>
              <td>
                <Diamond size={11} strokeWidth={2} className={checkpoint.kind === 'savepoint' ? style.savepoint : style.checkpoint} /> #
                {checkpoint.id}
              </td>
              <td>{t(`checkpoints.${checkpoint.kind}`)}</td>
              <td className={checkpoint.status === 'failed' ? style.failed : undefined} title={checkpoint.failure ?? undefined}>
                {t(`checkpoints.${checkpoint.status}`)}
              </td>
              <td>{formatClock(checkpoint.startedAtMs)}</td>
              <td data-number="">{checkpoint.durationMs === null ? '' : formatSpan(checkpoint.durationMs)}</td>
              <td data-number="">{formatBytes(checkpoint.bytes)}</td>
              <td className={style.path} title={checkpoint.path} data-truncates="">
                {checkpoint.path}
              </td>
              <td>
                {!live && checkpoint.status === 'complete' ? (
                  <Button
                    small
                    look="ghost"
                    icon={<RotateCcw size={13} strokeWidth={1.75} />}
                    onClick={() => void startRun(designer, { path: checkpoint.path })}
                  >
                    {t('checkpoints.restore')}
                  </Button>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

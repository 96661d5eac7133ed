/** What is known of one checkpoint, and what can be done with it: go back to it, copy its path. */
import { Copy, RotateCcw } from 'lucide-react';
import type { CheckpointInfo } from '../../engine/host/contract.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { copyText } from '../preview/copy-text.ts';
import { formatBytes, formatClock, formatSpan } from '../strings/figures.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import style from './strip.module.css';
import type { Mark } from './strip-scale.ts';

const ICON = { size: 13, strokeWidth: 1.75 };

export function MarkFacts({ mark }: { readonly mark: Mark }) {
  const { t } = useTranslation();
  const { checkpoint, others, slow } = mark;
  const facts: readonly (readonly [string, string | null])[] = [
    [t('checkpoints.started'), formatClock(checkpoint.startedAtMs)],
    [t('checkpoints.duration'), checkpoint.durationMs === null ? null : formatSpan(checkpoint.durationMs)],
    [t('strip.pause'), checkpoint.pauseMs === undefined || checkpoint.status !== 'complete' ? null : formatSpan(checkpoint.pauseMs)],
    [t('checkpoints.size'), checkpoint.status === 'complete' ? formatBytes(checkpoint.bytes) : null],
  ];
  return (
    <>
      <strong className={style.cardTitle}>
        {t(`strip.${checkpoint.kind}Title`, { id: checkpoint.id })}
        <span>{t(`checkpoints.${checkpoint.status}`)}</span>
      </strong>
      <dl className={style.facts}>
        {facts.map(([name, value]) =>
          value === null ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      {slow ? <p className={style.slowNote}>{t('strip.slow')}</p> : null}
      {checkpoint.failure === null ? null : <p className={style.failureNote}>{checkpoint.failure}</p>}
      {others > 0 ? <p className={style.note}>{t('strip.others', { count: others })}</p> : null}
    </>
  );
}

interface MarkActionsProps {
  readonly checkpoint: CheckpointInfo;
  readonly onDone: () => void;
}

export function MarkActions({ checkpoint, onDone }: MarkActionsProps) {
  const { shell } = useDesigner();
  const { t } = useTranslation();
  const kept = useStore(shell, (state) => state.keptCheckpoints.some((each) => each.path === checkpoint.path));
  if (checkpoint.status !== 'complete') return null;
  return (
    <>
      {kept ? null : <p className={style.note}>{t('strip.gone')}</p>}
      <div className={style.cardButtons}>
        {kept ? (
          <Button
            small
            icon={<RotateCcw {...ICON} />}
            onClick={() => {
              onDone();
              shell.set({ dialog: { kind: 'restore', checkpoint } });
            }}
          >
            {t('strip.restore')}
          </Button>
        ) : null}
        <Button small look="ghost" icon={<Copy {...ICON} />} onClick={() => void copyText(checkpoint.path)}>
          {t('strip.copyPath')}
        </Button>
      </div>
    </>
  );
}

/** Asks before a run goes back in time, and says what becomes of what it has done since. */
import { RotateCcw } from 'lucide-react';
import type { CheckpointInfo } from '../../engine/host/contract.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { isLive } from '../runs/run-store.ts';
import { formatMoment } from '../strings/figures.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { Modal } from '../ui/Modal.tsx';
import { restoreFrom } from './restore.ts';
import style from './strip.module.css';

export function RestoreDialog({ checkpoint, onClose }: { readonly checkpoint: CheckpointInfo; readonly onClose: () => void }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const live = useStore(designer.runs, (state) => isLive(state.current));
  const guarantee = useStore(designer.runs, (state) => state.current?.guarantee ?? null);
  return (
    <Modal
      title={t(`strip.${checkpoint.kind}Question`, { id: checkpoint.id })}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            look="primary"
            icon={<RotateCcw size={14} strokeWidth={1.75} />}
            onClick={() => {
              onClose();
              void restoreFrom(designer, checkpoint);
            }}
          >
            {live ? t('strip.stopAndRestore') : t('strip.restore')}
          </Button>
        </>
      }
    >
      <ul className={style.consequences}>
        {live ? <li>{t('strip.willStop')}</li> : null}
        <li>{t('strip.willRead', { time: formatMoment(checkpoint.startedAtMs) })}</li>
        <li>{t('strip.willWrite')}</li>
        {guarantee === null ? null : <li>{t('strip.willHold', { guarantee: t(`run.guarantee.${guarantee}`) })}</li>}
        <li>{t('strip.willUse')}</li>
      </ul>
    </Modal>
  );
}

/** After the end of Millrace: unsaved work, the file as it was saved, and the checkpoint of the run that was going, in one question. */
import { Diamond, LifeBuoy } from 'lucide-react';
import { RadioGroup } from 'radix-ui';
import { useState } from 'react';
import { startRun } from '../runs/control.ts';
import { formatClock, formatMoment } from '../strings/figures.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { Modal } from '../ui/Modal.tsx';
import { useDesigner } from './designer.ts';
import style from './recovery.module.css';
import type { Recovery } from './shell.ts';

export function RecoveryDialog({ recovery, onClose }: { readonly recovery: Recovery; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { checkpoint, crashed } = recovery;
  return (
    <Modal
      title={crashed ? t('recovery.crashed') : t('recovery.left')}
      lead={checkpoint === null ? t('recovery.lead', { name: recovery.name }) : t('recovery.leadRun', { name: recovery.name })}
      icon={<RecoveryIcon />}
      // Leaving the question loses nothing: the draft is the newer one.
      onClose={() => {
        onClose();
        recovery.openDraft();
      }}
    >
      <RecoveryQuestion recovery={recovery} onClose={onClose} />
    </Modal>
  );
}

export function RecoveryIcon() {
  return <LifeBuoy size={18} strokeWidth={1.75} className={style.lifeBuoy} />;
}

/** What there is to go on from, and the buttons that do it. */
export function RecoveryQuestion({ recovery, onClose }: { readonly recovery: Recovery; readonly onClose: () => void }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const [choice, setChoice] = useState<'draft' | 'saved'>('draft');
  const { checkpoint, draft } = recovery;
  const choose = (resume: boolean) => {
    onClose();
    if (choice === 'draft') recovery.openDraft();
    else recovery.openSaved();
    if (resume) void startRun(designer, 'latest');
  };
  const opens = choice === 'draft' ? t('files.openDraft') : t('files.openSaved');
  return (
    <>
      <RadioGroup.Root
        className={style.choices}
        value={choice}
        aria-label={t('recovery.choice')}
        onValueChange={(value) => setChoice(value === 'saved' ? 'saved' : 'draft')}
      >
        <Choice
          value="draft"
          title={t('recovery.draft', { time: formatMoment(draft.savedAtMs) })}
          note={t('recovery.edits', { count: draft.edits })}
        />
        <Choice value="saved" title={t('recovery.saved', { time: formatMoment(recovery.fileModifiedMs) })} note={t('recovery.kept')} />
      </RadioGroup.Root>
      {checkpoint === null ? null : (
        <p className={style.run}>
          <Diamond size={14} strokeWidth={1.75} />
          {t('recovery.run', { id: checkpoint.id, time: formatClock(checkpoint.startedAtMs) })}
        </p>
      )}
      <div className={style.ways}>
        {checkpoint === null ? null : (
          <Button look="primary" data-dialog-focus="" onClick={() => choose(true)}>
            {choice === 'draft' ? t('recovery.draftAndResume') : t('recovery.savedAndResume')}
          </Button>
        )}
        <Button
          look={checkpoint === null ? 'primary' : 'raised'}
          data-dialog-focus={checkpoint === null ? '' : undefined}
          onClick={() => choose(false)}
        >
          {checkpoint === null ? opens : choice === 'draft' ? t('recovery.draftOnly') : t('recovery.savedOnly')}
        </Button>
      </div>
    </>
  );
}

function Choice({ value, title, note }: { readonly value: string; readonly title: string; readonly note: string }) {
  return (
    <RadioGroup.Item value={value} className={style.choice}>
      <span className={style.knob}>
        <RadioGroup.Indicator className={style.knobFill} />
      </span>
      <span>
        <strong>{title}</strong>
        <span className={style.note}>{note}</span>
      </span>
    </RadioGroup.Item>
  );
}

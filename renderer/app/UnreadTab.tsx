/** A tab whose file is being read, or could not be read. */
import { FileWarning } from 'lucide-react';
import { closeTab, fileName } from '../files/pipeline-files.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { ErrorPanel } from '../ui/ErrorPanel.tsx';
import { Loading } from '../ui/Loading.tsx';
import { useDesigner } from './designer.ts';
import style from './frame.module.css';
import type { PipelineTab } from './tab.ts';

export function UnreadTab({ tab }: { readonly tab: PipelineTab }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const close = () => closeTab(designer, tab.id);
  if (tab.failure === null) {
    return (
      <main className={style.unread}>
        <Loading what={t('files.reading', { name: fileName(tab.path) })} onCancel={close} />
      </main>
    );
  }
  const { message, code } = tab.failure;
  return (
    <main className={style.unread}>
      <ErrorPanel
        icon={<FileWarning size={16} strokeWidth={1.75} />}
        title={t('files.cannotRead')}
        detail={tab.path}
        evidence={code === null ? message : `${code}  ${message}`}
        cause={code === 'MR6202' ? t('files.gone') : undefined}
      >
        <Button look="primary" onClick={() => designer.sessions.retry(tab.id)}>
          {t('files.readAgain')}
        </Button>
        <Button onClick={close}>{t('files.closeTab')}</Button>
      </ErrorPanel>
    </main>
  );
}

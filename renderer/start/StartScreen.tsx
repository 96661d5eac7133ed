/** The Start tab: the ways into a pipeline. */
import { useTranslation } from 'react-i18next';
import { useDesigner } from '../app/designer.ts';
import { newPipeline } from '../files/pipeline-files.ts';
import { Button } from '../ui/Button.tsx';
import { Empty } from '../ui/Empty.tsx';

export function StartScreen() {
  const designer = useDesigner();
  const { t } = useTranslation();
  return (
    <main style={{ flex: 1 }}>
      <Empty title={t('title.start')}>
        <Button look="primary" onClick={() => newPipeline(designer)}>
          {t('menu.newPipeline')}
        </Button>
        <Button onClick={() => designer.shell.set({ dialog: { kind: 'open' } })}>{t('menu.open')}</Button>
        <Button onClick={() => designer.shell.set({ dialog: { kind: 'template' } })}>{t('menu.template')}</Button>
      </Empty>
    </main>
  );
}

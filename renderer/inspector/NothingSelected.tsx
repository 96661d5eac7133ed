/** What the inspector says while nothing is selected. */
import { SlidersHorizontal } from 'lucide-react';
import { useDesigner } from '../app/designer.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { Empty } from '../ui/Empty.tsx';

export function NothingSelected() {
  const { shell } = useDesigner();
  const { t } = useTranslation();
  return (
    <Empty title={t('inspector.nothingTitle')} text={t('inspector.nothingText')}>
      <Button icon={<SlidersHorizontal size={14} strokeWidth={1.75} />} onClick={() => shell.set({ jobSettingsOpen: true })}>
        {t('inspector.jobTitle')}
      </Button>
    </Empty>
  );
}

/** Keeps the left panel beside the canvas while the pipeline runs; else it makes room for the figures. */
import { Pin } from 'lucide-react';
import { useTranslation } from '../strings/use-translation.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { useDesigner, useStore } from './designer.ts';

export function PinPanel() {
  const { preferences } = useDesigner();
  const { t } = useTranslation();
  const pinned = useStore(preferences, (state) => state.leftPinned);
  return (
    <IconButton
      small
      label={t('rail.pin')}
      pressed={pinned}
      icon={<Pin size={14} strokeWidth={1.75} />}
      onClick={() => preferences.set({ leftPinned: !pinned })}
    />
  );
}

/** The rail at the left: which panel is shown. */
import { Keyboard, ListTree, Shapes, SlidersHorizontal } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/IconButton.tsx';
import { useDesigner } from './designer.ts';
import style from './frame.module.css';
import { openJobSettings } from './TitleBar.tsx';
import { useLeftPanel } from './use-left-panel.ts';

const ICON = { size: 18, strokeWidth: 1.75 };

export function Rail() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const { panel, toggle } = useLeftPanel();
  return (
    <nav className={style.rail} aria-label={t('rail.label')}>
      <IconButton
        side="right"
        label={t('rail.nodes')}
        pressed={panel === 'nodes'}
        icon={<Shapes {...ICON} />}
        onClick={() => toggle('nodes')}
      />
      <IconButton
        side="right"
        label={t('rail.outline')}
        pressed={panel === 'outline'}
        icon={<ListTree {...ICON} />}
        onClick={() => toggle('outline')}
      />
      <span className={style.railGap} />
      <IconButton
        side="right"
        label={t('rail.shortcuts')}
        icon={<Keyboard {...ICON} />}
        onClick={() => designer.shell.set({ dialog: { kind: 'shortcuts' } })}
      />
      <IconButton
        side="right"
        label={t('rail.settings')}
        icon={<SlidersHorizontal {...ICON} />}
        onClick={() => openJobSettings(designer)}
      />
    </nav>
  );
}

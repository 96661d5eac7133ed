/** The rail at the left: which panel is shown. */
import { CircleQuestionMark, ListTree, Search, Shapes } from 'lucide-react';
import { ActionButton } from '../actions/ActionButton.tsx';
import { useKeysShown } from '../actions/use-keys.ts';
import { openFind } from '../find/find.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { useDesigner, useStore } from './designer.ts';
import style from './frame.module.css';
import { useLeftPanel } from './use-left-panel.ts';

const ICON = { size: 18, strokeWidth: 1.75 };

export function Rail() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const { panel, toggle } = useLeftPanel();
  const findKeys = useKeysShown('find');
  return (
    <nav className={style.rail} aria-label={t('rail.label')} data-region="rail">
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
      <IconButton
        side="right"
        label={t('rail.search')}
        keys={findKeys ?? undefined}
        pressed={panel === 'search'}
        icon={<Search {...ICON} />}
        onClick={() => (panel === 'search' ? toggle('search') : openFind(designer))}
      />
      <RunsButton />
      <span className={style.railGap} />
      <ActionButton id="shortcuts" side="right" size={18} icon={<CircleQuestionMark {...ICON} />} />
      <ActionButton id="settings" side="right" size={18} />
    </nav>
  );
}

/** The runs are too wide for the left: they stand in the dock. */
function RunsButton() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const tab = useStore(designer.preferences, (state) => state.dockOpen && state.dockTab === 'runs');
  const strip = useStore(designer.shell, (state) => state.strip && state.page === 'canvas');
  const run = useStore(designer.runs, (state) => state.current !== null);
  return <ActionButton id="runsPanel" side="right" size={18} label={t('rail.runs')} pressed={tab && !(strip && run)} />;
}

/** One-line notices about the run, the connection and the open file. They lie in the strip that fitting keeps free, so that nothing moves for them. */
import { Cpu, FilePen, Unplug } from 'lucide-react';
import { compareWithDisk } from '../compare/open-compare.ts';
import { fileName, keepMine, loadFromDisk } from '../files/pipeline-files.ts';
import { formatClock } from '../strings/figures.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { useDesigner, useStore } from './designer.ts';
import { showDock } from './dock.ts';
import style from './frame.module.css';

const ICON = { size: 16, strokeWidth: 1.75 };

export function Banners() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const lost = useStore(designer.runs, (state) => state.connection === 'lost');
  const restarting = useStore(
    designer.runs,
    (state) => state.current?.phase === 'restarting' || (state.engine.state === 'restarting' && state.current !== null),
  );
  return (
    <div className={style.banners}>
      {lost ? (
        <Banner tone="press" icon={<Unplug {...ICON} />} text={t('banner.lost')} urgent name="lost" />
      ) : restarting ? (
        <Banner tone="press" icon={<Cpu {...ICON} />} text={t('banner.restarting')} name="restarting">
          <Button small onClick={() => showDock(designer, 'logs')}>
            {t('banner.showLog')}
          </Button>
        </Banner>
      ) : null}
      <ChangedOnDisk />
    </div>
  );
}

function ChangedOnDisk() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const changed = useStore(designer.shell, (state) => state.changedOnDisk);
  const path = useStore(designer.documents, (state) => state.path);
  if (changed === null) return null;
  const text = t('files.changedBanner', { name: fileName(path), time: formatClock(changed.modifiedMs) });
  return (
    <Banner tone="tide" icon={<FilePen {...ICON} />} text={text} name="changed-on-disk">
      <Button small onClick={() => void compareWithDisk(designer)}>
        {t('compare.compare')}
      </Button>
      <Button small look="ghost" onClick={() => void loadFromDisk(designer)}>
        {t('files.loadIt')}
      </Button>
      <Button small look="ghost" onClick={() => keepMine(designer)}>
        {t('files.keepMineShort')}
      </Button>
    </Banner>
  );
}

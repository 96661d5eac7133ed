/** One-line notices about the run, the connection and the open file; never over the canvas. */
import { Cpu, FilePen, Unplug } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { compareWithDisk } from '../compare/open-compare.ts';
import { fileName, loadFromDisk } from '../files/pipeline-files.ts';
import { formatClock } from '../strings/figures.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { useDesigner, useStore } from './designer.ts';
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
  const changed = useStore(designer.shell, (state) => state.changedOnDisk);
  const path = useStore(designer.documents, (state) => state.path);
  return (
    <>
      {lost ? (
        <div className={style.banner} role="alert">
          <Unplug {...ICON} />
          <span className={style.bannerText}>{t('banner.lost')}</span>
        </div>
      ) : restarting ? (
        <div className={style.banner} role="status" data-banner="restarting">
          <Cpu {...ICON} />
          <span className={style.bannerText}>{t('banner.restarting')}</span>
          <Button small onClick={() => designer.preferences.set({ dockOpen: true, dockTab: 'logs' })}>
            {t('banner.showLog')}
          </Button>
        </div>
      ) : null}
      {changed === null ? null : (
        <div className={classes(style.banner, style.bannerTide)} role="status">
          <FilePen {...ICON} />
          <span className={style.bannerText}>
            {t('files.changedBanner', { name: fileName(path), time: formatClock(changed.modifiedMs) })}
          </span>
          <Button small onClick={() => void compareWithDisk(designer)}>
            {t('compare.compare')}
          </Button>
          <Button small look="ghost" onClick={() => void loadFromDisk(designer)}>
            {t('files.loadIt')}
          </Button>
        </div>
      )}
    </>
  );
}

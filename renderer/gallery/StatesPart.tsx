/** Empty, loading and error states, drawn by the components that show them, on fixed data. */
import { Cpu, FilePen, Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { createDesigner, DesignerContext } from '../app/designer.ts';
import { RecoveryIcon, RecoveryQuestion } from '../app/RecoveryDialog.tsx';
import type { Recovery } from '../app/shell.ts';
import { EmptyCanvas } from '../canvas/EmptyCanvas.tsx';
import { Palette } from '../palette/Palette.tsx';
import { useTranslation } from '../strings/use-translation.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { ErrorPanel } from '../ui/ErrorPanel.tsx';
import { Skeleton } from '../ui/Loading.tsx';
import { Waiting } from '../ui/Waiting.tsx';
import { createQuietHost } from './quiet-host.ts';
import style from './states.module.css';

const ICON = { size: 16, strokeWidth: 1.75 };
const NOTHING = () => undefined;
const SKELETON_ROWS = 6;
/** Nothing in the catalogue is called so. */
const UNKNOWN_NODE = 'merge sort';
const FILE = '~/streams/flight-delays.json';
const DRAFT_AT_MS = Date.UTC(2026, 10, 18, 14, 31, 58);
const SAVED_AT_MS = Date.UTC(2026, 10, 18, 14, 20, 11);

const RECOVERY: Recovery = {
  name: 'flight-delays',
  crashed: true,
  draft: { savedAtMs: DRAFT_AT_MS, edits: 2 },
  fileModifiedMs: SAVED_AT_MS,
  checkpoint: {
    id: 47,
    kind: 'checkpoint',
    status: 'complete',
    startedAtMs: Date.UTC(2026, 10, 18, 14, 30, 9),
    durationMs: 120,
    bytes: 0,
    path: '',
    failure: null,
  },
  openDraft: NOTHING,
  openSaved: NOTHING,
};

export function StatesPart() {
  const { t } = useTranslation();
  const designer = useMemo(() => createDesigner(createQuietHost(), {}, 'states'), []);
  return (
    <DesignerContext value={designer}>
      <div className={style.page}>
        <h2 className={style.title}>{t('gallery.states.title')}</h2>
        <div className={style.first}>
          <State name="empty" className={style.canvas}>
            <EmptyCanvas onAdd={NOTHING} />
          </State>
          <State name="noMatch">
            <Palette search={UNKNOWN_NODE} />
          </State>
          <State name="loading" className={style.padded}>
            <Skeleton rows={SKELETON_ROWS} />
          </State>
        </div>
        <div className={style.second}>
          <State name="waiting">
            <Waiting title={t('checkpoints.none')} when={t('checkpoints.noneText')} />
          </State>
          <State name="failure">
            <ErrorPanel
              title={t('files.cannotRead')}
              detail={FILE}
              evidence="ENOENT: no such file or directory, open 'flight-delays.json'"
              cause={t('files.gone')}
            >
              <Button look="primary">{t('files.readAgain')}</Button>
              <Button>{t('files.closeTab')}</Button>
            </ErrorPanel>
          </State>
          <State name="crash" className={style.crash}>
            <div className={style.crashHead}>
              <RecoveryIcon />
              <p>{t('recovery.crashed')}</p>
            </div>
            <p className={style.crashLead}>{t('recovery.leadRun', { name: RECOVERY.name })}</p>
            <RecoveryQuestion recovery={RECOVERY} onClose={NOTHING} />
          </State>
        </div>
        <h3 className={style.label}>{t('gallery.states.banners')}</h3>
        <Banners />
      </div>
    </DesignerContext>
  );
}

interface StateProps {
  readonly name: 'empty' | 'noMatch' | 'loading' | 'waiting' | 'failure' | 'crash';
  readonly className?: string;
  readonly children: ReactNode;
}

function State({ name, className, children }: StateProps) {
  const { t } = useTranslation();
  return (
    <section aria-label={t(`gallery.states.${name}`)}>
      <h3 className={style.label}>{t(`gallery.states.${name}`)}</h3>
      <div className={classes(style.surface, className)} data-state-sample={name}>
        {children}
      </div>
    </section>
  );
}

function Banners() {
  const { t } = useTranslation();
  return (
    <div className={style.banners}>
      <Banner tone="tide" icon={<FilePen {...ICON} />} text={t('files.changedBanner', { name: 'flight-delays.json', time: '14:33:07' })}>
        <Button small>{t('compare.compare')}</Button>
        <Button small look="ghost">
          {t('files.loadIt')}
        </Button>
        <Button small look="ghost">
          {t('files.keepMineShort')}
        </Button>
      </Banner>
      <Banner tone="press" icon={<Cpu {...ICON} />} text={t('banner.restarting')}>
        <Button small>{t('banner.showLog')}</Button>
      </Banner>
      <Banner tone="press" icon={<Unplug {...ICON} />} text={t('banner.lost')} />
    </div>
  );
}

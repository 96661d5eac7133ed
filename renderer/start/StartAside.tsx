/** The left column of Start: what Millrace is, new and open, recent files, tour and shortcuts. */
import { FolderOpen, GraduationCap, Keyboard, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import type { ActionId } from '../actions/action.ts';
import { invoke } from '../actions/invoke.ts';
import { keysShown } from '../actions/keymap.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { endTour } from '../tour/tour-steps.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { Keys } from '../ui/Keys.tsx';
import { Mark } from '../ui/Mark.tsx';
import { RecentList } from './RecentList.tsx';
import style from './start.module.css';

const ICON = { size: 17, strokeWidth: 1.75 };
const SMALL = { size: 15, strokeWidth: 1.75 };

export function StartAside() {
  const { t } = useTranslation();
  return (
    <>
      <div className={style.brand}>
        <Mark />
        <h2>{t('app.name')}</h2>
      </div>
      <p className={style.line}>{t('start.line')}</p>
      <div className={style.ways}>
        <Way id="newPipeline" icon={<Plus {...ICON} />} primary label={t('start.newPipeline')} />
        <Way id="open" icon={<FolderOpen {...ICON} />} label={t('start.openSpec')} />
      </div>
      <RecentList />
      <TourOffer />
      <div className={style.foot}>
        <FootAction id="tour" icon={<GraduationCap {...SMALL} />} label={t('tour.start')} />
        <FootAction id="shortcuts" icon={<Keyboard {...SMALL} />} label={t('start.shortcuts')} />
        <Version />
      </div>
    </>
  );
}

interface WayProps {
  readonly id: ActionId;
  readonly icon: ReactNode;
  readonly label: string;
  readonly primary?: boolean;
}

function Way({ id, icon, label, primary = false }: WayProps) {
  const designer = useDesigner();
  const keys = keysShown(designer, id);
  return (
    <button type="button" className={classes(style.way, primary && style.wayPrimary)} onClick={() => invoke(designer, id)}>
      {icon}
      <span className={style.wayLabel}>{label}</span>
      {keys === null ? null : primary ? (
        <span className={style.wayKeys} aria-hidden="true">
          {keys}
        </span>
      ) : (
        <Keys keys={keys} />
      )}
    </button>
  );
}

function FootAction({ id, icon, label }: { readonly id: ActionId; readonly icon: ReactNode; readonly label: string }) {
  const designer = useDesigner();
  return (
    <button type="button" className={style.footAction} onClick={() => invoke(designer, id)}>
      {icon}
      {label}
    </button>
  );
}

/** Until it was taken or put aside once. */
function TourOffer() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const seen = useStore(designer.preferences, (state) => state.tourSeen);
  const touring = useStore(designer.shell, (state) => state.tour !== null);
  if (seen || touring) return null;
  return (
    <section className={style.offer} aria-label={t('tour.start')}>
      <p>{t('tour.offer')}</p>
      <Button small onClick={() => invoke(designer, 'tour')}>
        {t('tour.take')}
      </Button>
      <Button small look="ghost" onClick={() => endTour(designer)}>
        {t('tour.notNow')}
      </Button>
    </section>
  );
}

function Version() {
  const { host } = useDesigner();
  const [version, setVersion] = useState('');
  useEffect(() => {
    let over = false;
    host
      .call('app.info', {})
      .then((info) => (over ? undefined : setVersion(info.version)))
      .catch(() => undefined);
    return () => {
      over = true;
    };
  }, [host]);
  return <span className={style.version}>{version}</span>;
}

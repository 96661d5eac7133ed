/** The time strip of a run, in place of the dock: event time at the left; rows in, back pressure and checkpoints over time at the right. */
import { ChevronDown, PanelBottom, Radio, Table2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { ActionButton } from '../actions/ActionButton.tsx';
import { useDesigner, useStore } from '../app/designer.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Menu } from '../ui/Menu.tsx';
import { StripPicture } from './StripPicture.tsx';
import { StripTable } from './StripTable.tsx';
import style from './strip.module.css';
import { useStripSpan } from './use-strip-span.ts';

const RANGES_MINUTES = [5, 15, 60] as const;
const SMALL = { size: 13, strokeWidth: 1.75 };

export function TimeStrip({ clock }: { readonly clock: ReactNode }) {
  const { preferences } = useDesigner();
  const { t } = useTranslation();
  const minutes = useStore(preferences, (state) => state.stripMinutes);
  const [heldAtMs, setHeldAtMs] = useState<number | null>(null);
  const [table, setTable] = useState(false);
  const shown = useStripSpan(minutes, heldAtMs);
  if (shown === null) return <Awaited clock={clock} />;
  const following = heldAtMs === null;
  return (
    <section className={style.strip} aria-label={t('regions.strip')} data-region="dock" data-strip="">
      <div className={style.clock}>{clock}</div>
      <div className={style.timeline}>
        <div className={style.head}>
          <Legend />
          <span className={style.gap} />
          <Menu
            align="end"
            side="top"
            trigger={
              <Button look="ghost" small className={style.range}>
                {t('strip.range', { minutes })}
                <ChevronDown {...SMALL} />
              </Button>
            }
            groups={[
              {
                items: RANGES_MINUTES.map((choice) => ({
                  id: String(choice),
                  label: t('strip.range', { minutes: choice }),
                  checked: choice === minutes,
                  run: () => preferences.set({ stripMinutes: choice }),
                })),
              },
            ]}
          />
          {shown.ended ? null : (
            <button
              type="button"
              className={classes(style.follow, following && style.following)}
              aria-pressed={following}
              onClick={() => setHeldAtMs(following ? shown.nowMs : null)}
            >
              <Radio {...SMALL} />
              {following ? t('strip.following') : t('strip.follow')}
            </button>
          )}
          <IconButton
            small
            side="top"
            label={table ? t('strip.asPicture') : t('strip.asTable')}
            pressed={table}
            icon={<Table2 size={14} strokeWidth={1.75} />}
            onClick={() => setTable(!table)}
          />
          <ActionButton id="strip" small side="top" label={t('strip.toDock')} icon={<PanelBottom size={14} strokeWidth={1.75} />} />
        </div>
        {table ? <StripTable shown={shown} /> : <StripPicture shown={shown} />}
      </div>
    </section>
  );
}

/** Its place, until the run that was asked for has begun. */
function Awaited({ clock }: { readonly clock: ReactNode }) {
  const { t } = useTranslation();
  return (
    <section className={style.strip} aria-label={t('regions.strip')} data-region="dock">
      <div className={style.clock}>{clock}</div>
      <div className={style.timeline}>
        <div className={style.head}>
          <Legend />
        </div>
      </div>
    </section>
  );
}

function Legend() {
  const { t } = useTranslation();
  return (
    <div className={style.legend} aria-hidden="true">
      <span>
        <i className={style.dotIn} />
        {t('strip.rowsIn')}
      </span>
      <span>
        <i className={style.dotPressed} />
        {t('canvas.backPressure')}
      </span>
      <span>
        <i className={style.diamond} />
        {t('checkpoints.checkpoint')}
      </span>
      <span>
        <i className={classes(style.diamond, style.filled)} />
        {t('checkpoints.savepoint')}
      </span>
    </div>
  );
}

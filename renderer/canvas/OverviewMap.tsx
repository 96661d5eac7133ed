/** The overview map and the button that hides or shows it; a small canvas has no room for it unless it is asked for. */
import { useStore as useFlowStore } from '@xyflow/react';
import { Map as MapIcon, X } from 'lucide-react';
import { useState } from 'react';
import { useDesigner, useStore } from '../app/designer.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { IconButton } from '../ui/IconButton.tsx';
import style from './canvas.module.css';
import { Minimap } from './Minimap.tsx';

/** Smaller canvases show cards where the map would be. */
const ROOM = { width: 700, height: 420 };

export function OverviewMap() {
  const { preferences } = useDesigner();
  const { t } = useTranslation();
  const wanted = useStore(preferences, (state) => state.minimap);
  const cramped = useFlowStore((state) => state.width < ROOM.width || state.height < ROOM.height);
  const [asked, setAsked] = useState(false);
  const shown = cramped ? asked : wanted;
  const show = (next: boolean) => (cramped ? setAsked(next) : preferences.set({ minimap: next }));
  if (!shown) {
    return (
      <div className={style.mapButton}>
        <IconButton side="left" label={t('gesture.showMap')} icon={<MapIcon size={15} strokeWidth={1.75} />} onClick={() => show(true)} />
      </div>
    );
  }
  return (
    <>
      <Minimap />
      <div className={style.mapClose}>
        <IconButton small side="left" label={t('gesture.hideMap')} icon={<X size={12} strokeWidth={1.75} />} onClick={() => show(false)} />
      </div>
    </>
  );
}

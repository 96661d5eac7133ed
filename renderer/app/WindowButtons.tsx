/** The buttons of a window without a frame: minimise, maximise or restore, close. */
import { Copy, Minus, Square, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { WindowState } from '../../engine/host/contract.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from '../ui/classes.ts';
import { useDesigner } from './designer.ts';
import style from './window-buttons.module.css';

const ICON = { size: 15, strokeWidth: 1.5, 'aria-hidden': true } as const;
const AT_FIRST: WindowState = { maximised: false, fullScreen: false, focused: true };

export function WindowButtons() {
  const { host } = useDesigner();
  const { t } = useTranslation();
  const [state, setState] = useState(AT_FIRST);
  useEffect(() => host.listen('window.state', setState), [host]);
  const control = (action: 'minimise' | 'maximise' | 'close') => void host.call('window.control', { action }).catch(() => null);
  return (
    <span className={classes(style.buttons, !state.focused && style.behind)}>
      <button type="button" className={style.button} aria-label={t('window.minimise')} onClick={() => control('minimise')}>
        <Minus {...ICON} />
      </button>
      <button
        type="button"
        className={style.button}
        aria-label={t(state.maximised ? 'window.restore' : 'window.maximise')}
        onClick={() => control('maximise')}
      >
        {state.maximised ? <Copy {...ICON} size={13} className={style.restore} /> : <Square {...ICON} size={13} />}
      </button>
      <button type="button" className={classes(style.button, style.close)} aria-label={t('window.close')} onClick={() => control('close')}>
        <X {...ICON} size={16} />
      </button>
    </span>
  );
}

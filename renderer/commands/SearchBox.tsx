/** The search box of the title bar: it opens the command palette. */
import { Search } from 'lucide-react';
import { invoke } from '../actions/invoke.ts';
import { useKeysShown } from '../actions/use-keys.ts';
import { useDesigner } from '../app/designer.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Keys } from '../ui/Keys.tsx';
import style from './search-box.module.css';

export function SearchBox() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const keys = useKeysShown('palette');
  return (
    <button type="button" className={style.box} onClick={() => invoke(designer, 'palette')}>
      <Search size={14} strokeWidth={1.75} aria-hidden="true" />
      <span className={style.words}>{t('commandPalette.search')}</span>
      {keys === null ? null : <Keys keys={keys} />}
    </button>
  );
}

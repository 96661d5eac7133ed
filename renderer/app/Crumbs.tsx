/** Where one is: the pipeline, then the part of its drawing that is open. */
import { ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useDesigner, useStore } from './designer.ts';
import style from './frame.module.css';

export function Crumbs() {
  const { documents, shell } = useDesigner();
  const { t } = useTranslation();
  const path = useStore(documents, (state) => state.path);
  const name = useStore(documents, (state) => state.document.name);
  return (
    <nav className={style.crumbs} aria-label={t('tools.crumbs')}>
      <button
        type="button"
        className={style.crumbFile}
        title={path === '' ? t('menu.rename') : path}
        onClick={() => shell.set({ dialog: { kind: 'rename' } })}
      >
        <span className={style.crumbText} data-truncates="">
          {name}
        </span>
      </button>
      <ChevronRight size={13} strokeWidth={1.75} aria-hidden="true" />
      <span className={style.crumbName} aria-current="location">
        {t('tools.main')}
      </span>
    </nav>
  );
}

/** Where one is: the pipeline, the top level of its drawing, and the groups on the way to the open one. */
import { ChevronRight } from 'lucide-react';
import { Fragment } from 'react';
import { groupIndex } from '../document/group-index.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from '../ui/classes.ts';
import { useDesigner, useStore } from './designer.ts';
import style from './frame.module.css';
import { lookAt } from './grouping.ts';

export function Crumbs() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const path = useStore(designer.documents, (state) => state.path);
  const name = useStore(designer.documents, (state) => state.document.name);
  const openGroup = useStore(designer.selection, (state) => state.openGroup);
  const index = useStore(designer.documents, (state) => groupIndex(state.document));
  const results = useStore(designer.shell, (state) => state.page === 'results');
  const places = results ? [{ id: null, label: t('results.results') }] : [{ id: null, label: t('tools.main') }, ...index.pathTo(openGroup)];
  return (
    <nav className={classes(style.crumbs, places.length === 1 && style.crumbsRoomy)} aria-label={t('tools.crumbs')}>
      <button
        type="button"
        className={style.crumbFile}
        title={path === '' ? t('menu.rename') : path}
        onClick={() => designer.shell.set({ dialog: { kind: 'rename' } })}
      >
        <span className={style.crumbText} data-truncates="">
          {name}
        </span>
      </button>
      {places.map(({ id, label }, depth) => (
        <Fragment key={id ?? ''}>
          <ChevronRight size={13} strokeWidth={1.75} aria-hidden="true" />
          <button
            type="button"
            className={classes(style.crumb, depth === places.length - 1 && style.crumbName)}
            aria-current={depth === places.length - 1 ? 'location' : undefined}
            data-truncates=""
            title={label}
            onClick={() => (results ? undefined : lookAt(designer, id))}
          >
            {label}
          </button>
        </Fragment>
      ))}
    </nav>
  );
}

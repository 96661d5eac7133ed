/** Anatomy: node states, a chain with its callouts, edge states and ports, each drawn by the component the designer uses. */
import { useTranslation } from '../strings/use-translation.ts';
import style from './anatomy.module.css';
import { EdgeStates } from './EdgeStates.tsx';
import { NodeAnatomy } from './NodeAnatomy.tsx';
import { NodeStates } from './NodeStates.tsx';

export function AnatomyPart() {
  const { t } = useTranslation();
  return (
    <div className={style.page}>
      <section className={style.states} aria-label={t('gallery.nodeStates')}>
        <h2>{t('gallery.nodeStates')}</h2>
        <NodeStates />
      </section>
      <section className={style.anatomy} aria-label={t('gallery.nodeAnatomy')}>
        <h2>{t('gallery.nodeAnatomy')}</h2>
        <NodeAnatomy />
      </section>
      <section className={style.edges} aria-label={t('gallery.edgeAnatomy')}>
        <h2>{t('gallery.edgeAnatomy')}</h2>
        <EdgeStates />
      </section>
    </div>
  );
}

/** The Start tab: at the left the ways into a pipeline, at the right templates that already run. */
import { useTranslation } from '../strings/use-translation.ts';
import { Gallery } from './Gallery.tsx';
import { StartAside } from './StartAside.tsx';
import style from './start.module.css';

export function StartScreen() {
  const { t } = useTranslation();
  return (
    <div className={style.screen}>
      <aside className={style.aside} aria-label={t('start.aside')} data-region="start">
        <StartAside />
      </aside>
      <main className={style.main} aria-label={t('start.templates')} data-region="gallery">
        <Gallery />
      </main>
    </div>
  );
}

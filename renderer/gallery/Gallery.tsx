/** The gallery's page: tabs for its parts, theme and language, and the part itself. */
import { Tooltip } from 'radix-ui';
import type { ComponentType } from 'react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { setLanguage } from '../strings/language.ts';
import { classes } from '../ui/classes.ts';
import { AnatomyPart } from './AnatomyPart.tsx';
import { FieldsPart } from './FieldsPart.tsx';
import style from './gallery.module.css';
import type { PartId } from './parts.ts';
import { PART_IDS } from './parts.ts';
import type { Place } from './place.ts';
import { printPlace, readPlace } from './place.ts';

const PARTS: Readonly<Record<PartId, ComponentType>> = { anatomy: AnatomyPart, fields: FieldsPart };

export function Gallery() {
  const [place, setPlace] = useState(() => readPlace(window.location.hash));
  useEffect(() => {
    const read = () => setPlace(readPlace(window.location.hash));
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, []);
  useEffect(() => {
    document.documentElement.dataset['theme'] = place.theme;
    setLanguage(place.language);
  }, [place]);
  const Part = PARTS[place.part];
  return (
    <Tooltip.Provider delayDuration={500}>
      <Head place={place} />
      <main className={style.part}>
        <Part key={`${place.part} ${place.language}`} />
      </main>
    </Tooltip.Provider>
  );
}

function Head({ place }: { readonly place: Place }) {
  const { t } = useTranslation();
  const link = (next: Partial<Place>, label: string, current: boolean) => (
    <a key={label} className={classes(style.tab, current && style.current)} href={printPlace({ ...place, ...next })} aria-current={current}>
      {label}
    </a>
  );
  return (
    <nav className={style.head} aria-label={t('gallery.title')}>
      {PART_IDS.map((part) => link({ part }, t(`gallery.part.${part}`), part === place.part))}
      <span className={style.space} />
      {link({ theme: 'dark' }, t('gallery.dark'), place.theme === 'dark')}
      {link({ theme: 'light' }, t('gallery.light'), place.theme === 'light')}
      {link({ language: 'en' }, 'English', place.language === 'en')}
      {link({ language: 'zh' }, '中文', place.language === 'zh')}
    </nav>
  );
}

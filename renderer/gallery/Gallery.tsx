/** The gallery's page: tabs for its parts, theme and language, and the part itself. */
import { Tooltip } from 'radix-ui';
import type { ComponentType } from 'react';
import { useEffect, useState } from 'react';
import { setLanguage } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from '../ui/classes.ts';
import { AnatomyPart } from './AnatomyPart.tsx';
import { FieldsPart } from './FieldsPart.tsx';
import style from './gallery.module.css';
import { OverlaysPart } from './OverlaysPart.tsx';
import type { PartId } from './parts.ts';
import { PART_IDS } from './parts.ts';
import type { Place } from './place.ts';
import { printPlace, readPlace } from './place.ts';
import { StatesPart } from './StatesPart.tsx';
import { TokensPart } from './TokensPart.tsx';

const PARTS: Readonly<Record<PartId, ComponentType>> = {
  anatomy: AnatomyPart,
  overlays: OverlaysPart,
  states: StatesPart,
  tokens: TokensPart,
  fields: FieldsPart,
};

export function Gallery() {
  const [place, setPlace] = useState(() => readPlace(window.location.hash));
  useEffect(() => {
    const read = () => {
      const next = readPlace(window.location.hash);
      // Before the part is drawn: it reads values from the page.
      document.documentElement.dataset['theme'] = next.theme;
      setLanguage(next.language);
      setPlace(next);
    };
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, []);
  const Part = PARTS[place.part];
  return (
    <Tooltip.Provider delayDuration={500}>
      <Head place={place} />
      <main className={style.part}>
        <Part key={printPlace(place)} />
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

/** The translator of the page's language for a component, which is rendered again when the language changes. */
import type { TFunction } from 'i18next';
import i18next from 'i18next';
import { useSyncExternalStore } from 'react';

interface Translation {
  readonly t: TFunction;
  readonly language: string;
}

/** One for all: react-i18next makes a copy of i18next for each component, which 500 cards pay for when a drawing opens. */
let current: Translation | null = null;

function subscribe(listener: () => void): () => void {
  i18next.on('languageChanged', listener);
  return () => i18next.off('languageChanged', listener);
}

function translation(): Translation {
  if (current?.language !== i18next.language) current = { t: i18next.getFixedT(i18next.language), language: i18next.language };
  return current;
}

export function useTranslation(): Translation {
  return useSyncExternalStore(subscribe, translation);
}

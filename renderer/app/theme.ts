/** Puts the chosen theme on the page and follows the system while that is the choice. */
import { useSyncExternalStore } from 'react';
import type { PreferenceStore, ThemeChoice } from './preferences.ts';

export function followTheme(preferences: PreferenceStore): () => void {
  const system = window.matchMedia('(prefers-color-scheme: light)');
  const apply = () => {
    const choice: ThemeChoice = preferences.getState().theme;
    const theme = choice === 'system' ? (system.matches ? 'light' : 'dark') : choice;
    if (document.documentElement.dataset['theme'] !== theme) document.documentElement.dataset['theme'] = theme;
  };
  apply();
  system.addEventListener('change', apply);
  const stop = preferences.subscribe(apply);
  return () => {
    stop();
    system.removeEventListener('change', apply);
  };
}

function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

export function useThemeShown(): 'dark' | 'light' {
  return useSyncExternalStore(subscribe, () => (document.documentElement.dataset['theme'] === 'light' ? 'light' : 'dark'));
}

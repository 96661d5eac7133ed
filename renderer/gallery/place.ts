/** What the gallery shows, kept in the address: `#anatomy`, `#fields/light`, `#anatomy/dark/zh`. */
import type { Language } from '../../engine/spec/text.ts';
import type { PartId } from './parts.ts';
import { PART_IDS } from './parts.ts';

export interface Place {
  readonly part: PartId;
  readonly theme: 'dark' | 'light';
  readonly language: Language;
}

export function readPlace(hash: string): Place {
  const [part, theme, language] = hash.replace(/^#/, '').split('/');
  return {
    part: PART_IDS.find((id) => id === part) ?? PART_IDS[0],
    theme: theme === 'light' || theme === 'dark' ? theme : systemTheme(),
    language: language === 'zh' ? 'zh' : 'en',
  };
}

export function printPlace({ part, theme, language }: Place): string {
  return `#${part}/${theme}/${language}`;
}

function systemTheme(): 'dark' | 'light' {
  return window.matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
}

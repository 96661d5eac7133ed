/** Sets up i18next with both catalogues, typed by the English one, and follows the language of the page. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language, Text } from '../../engine/spec/text.ts';
import type { Strings } from './en.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: Strings };
  }
}

export function startLanguage(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en }, zh: { translation: zh } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
}

export function setLanguage(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  void i18next.changeLanguage(language);
}

export function currentLanguage(): Language {
  return i18next.language === 'zh' ? 'zh' : 'en';
}

/** A definition's words in the language of the page. */
export function words(text: Text): string {
  return text[currentLanguage()];
}

export function preferredLanguage(languages: readonly string[]): Language {
  return languages[0]?.toLowerCase().startsWith('zh') === true ? 'zh' : 'en';
}

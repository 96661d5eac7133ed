/** What an action may be looked for by: its name in both languages and words that people use for it. */
import { actionWords, actionNames as englishNames } from '../strings/en/actions.ts';
import { actionStrings as chinese } from '../strings/zh/actions.ts';
import type { ActionId } from './action.ts';

/** Lower case. */
export function searchWords(id: ActionId): readonly string[] {
  const words: { readonly [id: string]: string | undefined } = actionWords;
  return [englishNames[id], chinese.action[id], words[id] ?? ''].map((text) => text.toLowerCase());
}

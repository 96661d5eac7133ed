/** Lengths of time in whole words of the page's language: 19 s, 1 min 19 s, 1 分钟 19 秒. */
import { formatDuration } from '../../engine/spec/duration.ts';
import { currentLanguage } from '../strings/language.ts';
import { roundedSpan, roundedUp } from './axis.ts';

/** What is missing: never less than it is. */
export function needed(ms: number): string {
  return formatDuration(roundedUp(ms), currentLanguage());
}

export function spanned(ms: number): string {
  return formatDuration(roundedSpan(ms), currentLanguage());
}

/** A node's help page in one language: `help.md` holds both, English under its first heading and Chinese under its second. */
import type { Language } from './text.ts';

export interface HelpPage {
  readonly title: string;
  /** Markdown below the title. */
  readonly text: string;
}

/** A page with one language serves both. */
export function readHelpPage(markdown: string, language: Language): HelpPage {
  const parts = markdown.split(/^# /m).slice(1);
  const part = (language === 'zh' ? parts[1] : parts[0]) ?? parts[0] ?? markdown;
  const end = part.indexOf('\n');
  return { title: part.slice(0, end < 0 ? undefined : end).trim(), text: end < 0 ? '' : part.slice(end + 1).trim() };
}

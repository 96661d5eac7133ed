/** Help pages of nodes, read when one is asked for; a page holds both languages, one under each first heading. */
import { nodeFolder } from '../../engine/spec/node-folder.ts';
import type { Language } from '../../engine/spec/text.ts';
import { definitionOf } from '../document/definitions.ts';

const pages = import.meta.glob<string>('../../engine/nodes/*/*/help.md', { query: '?raw', import: 'default' });

export interface HelpPage {
  readonly title: string;
  readonly text: string;
}

/** Null when the type has no page. */
export async function helpOf(type: string, language: Language): Promise<HelpPage | null> {
  const definition = definitionOf(type);
  if (definition === null) return null;
  const load = pages[`../../engine/nodes/${nodeFolder(definition)}/help.md`];
  return load === undefined ? null : pageIn(await load(), language);
}

/** English stands first, Chinese second; a page with one language serves both. */
export function pageIn(markdown: string, language: Language): HelpPage {
  const parts = markdown.split(/^# /m).slice(1);
  const part = (language === 'zh' ? parts[1] : parts[0]) ?? parts[0] ?? markdown;
  const end = part.indexOf('\n');
  return { title: part.slice(0, end < 0 ? undefined : end).trim(), text: end < 0 ? '' : part.slice(end + 1).trim() };
}

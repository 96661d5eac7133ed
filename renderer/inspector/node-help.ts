/** Help pages of nodes, read when one is asked for. */
import type { HelpPage } from '../../engine/spec/help-page.ts';
import { readHelpPage } from '../../engine/spec/help-page.ts';
import { nodeFolder } from '../../engine/spec/node-folder.ts';
import type { Language } from '../../engine/spec/text.ts';
import { definitionOf } from '../document/definitions.ts';

const pages = import.meta.glob<string>('../../engine/nodes/*/*/help.md', { query: '?raw', import: 'default' });

/** Null when the type has no page. */
export async function helpOf(type: string, language: Language): Promise<HelpPage | null> {
  const definition = definitionOf(type);
  if (definition === null) return null;
  const load = pages[`../../engine/nodes/${nodeFolder(definition)}/help.md`];
  return load === undefined ? null : readHelpPage(await load(), language);
}

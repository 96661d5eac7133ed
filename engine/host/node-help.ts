/** Help pages of the node types as the command line prints them: found by folder, by a pattern the bundler understands. */
import type { NodeDefinition } from '../spec/define-node.ts';
import { readHelpPage } from '../spec/help-page.ts';
import { nodeFolder } from '../spec/node-folder.ts';
import type { Language } from '../spec/text.ts';

export async function nodeHelpLines(definition: Pick<NodeDefinition, 'type' | 'category'>, language: Language): Promise<readonly string[]> {
  const [group, name] = nodeFolder(definition).split('/');
  const file = (await import(`../nodes/${group}/${name}/help.md`)) as { readonly default: string };
  return readHelpPage(file.default, language).text.split('\n');
}

/** The loader of the product: node folders, found by a pattern the bundler understands. */
import { createLoader, type NodeModule, type OperatorLoader } from './operator-loader.ts';

export function createNodeLoader(): OperatorLoader {
  return createLoader(async ({ folder }) => {
    const [group, name] = folder.split('/');
    return (await import(`../../nodes/${group}/${name}/operator.ts`)) as NodeModule;
  });
}

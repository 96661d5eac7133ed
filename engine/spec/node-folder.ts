/** Where a node's folder is: `sources/file` for `file-source`. Bundles find operators by it, so there is no second registry. */
import type { NodeCategory } from './define-node.ts';

/** Sources and sinks of one system share its name; the suffix of their type tells them apart. */
const SUFFIXES: { readonly [category in NodeCategory]?: string } = { sources: '-source', sinks: '-sink' };

/** Path below `engine/nodes`, without slash at the end. */
export function nodeFolder(definition: { readonly type: string; readonly category: NodeCategory }): string {
  const { type, category } = definition;
  const suffix = SUFFIXES[category];
  const name = suffix !== undefined && type.endsWith(suffix) ? type.slice(0, -suffix.length) : type;
  return `${category}/${name}`;
}

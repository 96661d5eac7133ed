/** The colour family of a node's category: tokens `tile-<name>` and `glyph-<name>`. */
import type { NodeCategory } from '../../engine/spec/define-node.ts';

export const CATEGORY_TINTS: { readonly [C in NodeCategory]: string } = {
  sources: 'io',
  sinks: 'io',
  transforms: 'transform',
  windows: 'time',
  process: 'state',
  joins: 'join',
  patterns: 'cep',
  ml: 'ml',
  graph: 'ml',
};

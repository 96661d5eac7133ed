/** The node types of the catalogue by name, and in the order of the palette. */
import type { AnyNode, Catalog } from '../spec/define-node.ts';
import { NODE_CATEGORIES } from '../spec/define-node.ts';
import * as listed from './catalog.ts';

const RANK_DEFAULT = 100;

/** By category, then by rank, then by name. */
export const nodes: readonly AnyNode[] = Object.values(listed).sort(
  (left: AnyNode, right: AnyNode) =>
    NODE_CATEGORIES.indexOf(left.category) - NODE_CATEGORIES.indexOf(right.category) ||
    (left.rank ?? RANK_DEFAULT) - (right.rank ?? RANK_DEFAULT) ||
    (left.type < right.type ? -1 : 1),
);

export const catalog: Catalog = new Map(nodes.map((node) => [node.type, node]));

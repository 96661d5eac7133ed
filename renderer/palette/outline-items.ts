/** The drawing as a tree: groups with what is inside, chains with their rows, nodes in the document's order. */
import type { PipelineDocument } from '../../engine/spec/document.ts';
import { groupIndex } from '../document/group-index.ts';
import { drawnStacks } from '../document/stacks.ts';

export interface OutlineItem {
  /** Unique in the tree: of the node, the group, or `chain` and its first node. */
  readonly key: string;
  readonly kind: 'node' | 'group' | 'chain';
  readonly id: string;
  readonly level: number;
  readonly children: readonly OutlineItem[];
}

export function outlineItems(document: PipelineDocument): readonly OutlineItem[] {
  const groups = groupIndex(document);
  const stacks = drawnStacks(document);
  const place = (group: string | null, level: number): OutlineItem[] => {
    const items: OutlineItem[] = groups
      .childrenOf(group)
      .map((child) => ({ key: child.id, kind: 'group', id: child.id, level, children: place(child.id, level + 1) }));
    for (const node of document.nodes) {
      if (groups.groupOf(node.id) !== group) continue;
      const stack = stacks.get(node.id);
      if (stack === undefined) items.push({ key: node.id, kind: 'node', id: node.id, level, children: [] });
      else if (stack.nodes[0] === node.id) {
        const rows = stack.nodes.map((id): OutlineItem => ({ key: id, kind: 'node', id, level: level + 1, children: [] }));
        items.push({ key: `chain ${node.id}`, kind: 'chain', id: node.id, level, children: rows });
      }
    }
    return items;
  };
  return place(null, 1);
}

/** What is shown, from top to bottom: everything a filter keeps with what holds it, else what is not folded away. */
export function visibleItems(
  items: readonly OutlineItem[],
  closed: ReadonlySet<string>,
  keeps: ((item: OutlineItem) => boolean) | null,
): readonly OutlineItem[] {
  return items.flatMap((item): readonly OutlineItem[] => {
    const inside = visibleItems(item.children, closed, keeps);
    if (keeps !== null) return keeps(item) || inside.length > 0 ? [item, ...inside] : [];
    return closed.has(item.key) ? [item] : [item, ...inside];
  });
}

/** What is added while one looks into a group belongs to it, whoever added it: quick-add, paste, a file dropped, a fix. */
import type { PipelineDocument } from '../../engine/spec/document.ts';
import { withGroups } from './group-commands.ts';
import { groupIndex } from './group-index.ts';

export function adoptNewNodes(before: PipelineDocument, after: PipelineDocument, openGroup: string | null): PipelineDocument {
  if (openGroup === null || before.nodes === after.nodes || before.id !== after.id) return after;
  const index = groupIndex(after);
  if (index.get(openGroup) === null) return after;
  const known = new Set(before.nodes.map((node) => node.id));
  const added = after.nodes.filter((node) => !known.has(node.id) && index.groupOf(node.id) === null).map((node) => node.id);
  if (added.length === 0) return after;
  return withGroups(
    after,
    index.groups.map((group) => (group.id === openGroup ? { ...group, members: [...group.members, ...added] } : group)),
  );
}

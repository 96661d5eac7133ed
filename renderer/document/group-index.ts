/** Which group holds which node and group: made once per list of groups, and safe with a file whose groups name each other in a circle. */
import type { GroupSpec, PipelineDocument } from '../../engine/spec/document.ts';

export interface GroupIndex {
  /** Outermost groups included; in the document's order. */
  readonly groups: readonly GroupSpec[];
  get(id: string): GroupSpec | null;
  /** The group a node is drawn in; null: the top level. */
  groupOf(nodeId: string): string | null;
  parentOf(groupId: string): string | null;
  /** Groups drawn in this one; null: those of the top level. */
  childrenOf(groupId: string | null): readonly GroupSpec[];
  /** From the outermost group to this one. */
  pathTo(groupId: string | null): readonly GroupSpec[];
  /** Nodes of the group and of all groups inside. */
  allMembers(groupId: string): readonly string[];
  /** The group and all groups inside. */
  withNested(groupId: string): readonly string[];
  /** What stands for a node while a group is open: itself, a collapsed group, or null when it is elsewhere. */
  shownAs(nodeId: string, open: string | null): string | null;
}

const NO_GROUPS: readonly GroupSpec[] = [];
const cache = new WeakMap<readonly GroupSpec[], GroupIndex>();

export function groupIndex(document: PipelineDocument): GroupIndex {
  const groups = document.drawing.groups ?? NO_GROUPS;
  const known = cache.get(groups);
  if (known !== undefined) return known;
  const index = createIndex(groups);
  cache.set(groups, index);
  return index;
}

/** The open group, or the nearest one around it that an edit or an undo has left; null is the top level. */
export function survivingPlace(document: PipelineDocument, before: PipelineDocument, open: string | null): string | null {
  if (open === null || document.drawing.groups === before.drawing.groups) return open;
  const index = groupIndex(document);
  const path = groupIndex(before).pathTo(open);
  return path.filter((group) => index.get(group.id) !== null).at(-1)?.id ?? null;
}

function createIndex(groups: readonly GroupSpec[]): GroupIndex {
  const byId = new Map(groups.map((group) => [group.id, group]));
  const groupOfNode = new Map<string, string>();
  for (const group of groups) for (const member of group.members) if (!groupOfNode.has(member)) groupOfNode.set(member, group.id);
  const parents = new Map(groups.map((group) => [group.id, soundParent(group, byId)]));
  const children = new Map<string | null, GroupSpec[]>();
  for (const group of groups) {
    const parent = parents.get(group.id) ?? null;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [group]);
    else siblings.push(group);
  }
  const parentOf = (id: string): string | null => parents.get(id) ?? null;
  const childrenOf = (id: string | null): readonly GroupSpec[] => children.get(id) ?? NO_GROUPS;
  const groupOf = (node: string): string | null => groupOfNode.get(node) ?? null;
  const withNested = (id: string): string[] => [id, ...childrenOf(id).flatMap((child) => withNested(child.id))];
  return {
    groups,
    get: (id) => byId.get(id) ?? null,
    groupOf,
    parentOf,
    childrenOf,
    pathTo(id) {
      const path: GroupSpec[] = [];
      for (let at = id; at !== null; at = parentOf(at)) {
        const group = byId.get(at);
        if (group !== undefined) path.unshift(group);
      }
      return path;
    },
    allMembers: (id) => withNested(id).flatMap((nested) => (byId.get(nested)?.members ?? []).filter((node) => groupOf(node) === nested)),
    withNested,
    shownAs(node, open) {
      let group = groupOf(node);
      if (group === open) return node;
      while (group !== null) {
        const parent = parentOf(group);
        if (parent === open) return group;
        group = parent;
      }
      return null;
    },
  };
}

/** Null for a parent that is not there, or that is inside the group itself. */
function soundParent(group: GroupSpec, byId: ReadonlyMap<string, GroupSpec>): string | null {
  const seen = new Set([group.id]);
  for (let at = group.parent; at !== undefined; at = byId.get(at)?.parent) {
    if (seen.has(at)) return null;
    seen.add(at);
  }
  return group.parent !== undefined && byId.has(group.parent) ? group.parent : null;
}

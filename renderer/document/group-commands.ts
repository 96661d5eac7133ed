/**
 * Groups: drawing only. Node ids stay flat and not a byte of the logic changes, so grouping never touches state. Every
 * group has its own coordinates: what moves between two of them keeps its arrangement.
 */
import type { GroupSpec, PipelineDocument, Point } from '../../engine/spec/document.ts';
import { groupIndex } from './group-index.ts';
import { newDrawingId } from './identifiers.ts';
import { removeNotes, withNotes } from './note-commands.ts';
import { drawnStacks } from './stacks.ts';

/** Nodes, groups and notes, all drawn in one place. */
export type DrawnIds = ReadonlySet<string>;

const ORIGIN: Point = { x: 0, y: 0 };
/** Where the first card of a new group stands in it. */
const INSIDE: Point = { x: 0, y: 0 };

export interface NewGroup {
  readonly label: string;
  /** The group that is open; the new one is drawn in it. */
  readonly parent: string | null;
  /** Of the collapsed card, in the parent's coordinates. */
  readonly at: Point;
}

export function createGroup(
  document: PipelineDocument,
  ids: DrawnIds,
  group: NewGroup,
): { readonly document: PipelineDocument; readonly id: string } {
  const id = newDrawingId(document, 'group');
  const added: GroupSpec = { id, label: group.label, ...(group.parent === null ? {} : { parent: group.parent }), members: [] };
  const next = withGroups(document, [...(document.drawing.groups ?? []), added]);
  const corner = topLeft(document, ids);
  const moved = moveInto(next, ids, id, { x: INSIDE.x - corner.x, y: INSIDE.y - corner.y });
  return { document: placed(moved, { [id]: group.at }), id };
}

/** Members and groups inside come out where the card was, arranged as they were inside. */
export function ungroup(document: PipelineDocument, groupId: string): PipelineDocument {
  const index = groupIndex(document);
  const group = index.get(groupId);
  if (group === null) return document;
  const ids = new Set([
    ...group.members.filter((member) => index.groupOf(member) === groupId),
    ...index.childrenOf(groupId).map((child) => child.id),
    ...(document.drawing.notes ?? []).filter((note) => note.group === groupId).map((note) => note.id),
  ]);
  const card = document.drawing.positions[groupId] ?? ORIGIN;
  const corner = topLeft(document, ids);
  const next = moveInto(document, ids, index.parentOf(groupId), { x: card.x - corner.x, y: card.y - corner.y });
  return forgetGroups(next, new Set([groupId]));
}

/** Moves what is selected into another group, or to the top level; `at` is where its top left corner goes. */
export function moveToGroup(document: PipelineDocument, ids: DrawnIds, groupId: string | null, at: Point): PipelineDocument {
  const index = groupIndex(document);
  // A group cannot move into itself.
  const inside = groupId === null ? [] : index.pathTo(groupId).map((group) => group.id);
  const movable = new Set([...ids].filter((id) => !inside.includes(id)));
  if (movable.size === 0 || (groupId !== null && index.get(groupId) === null)) return document;
  const corner = topLeft(document, movable);
  return moveInto(document, movable, groupId, { x: at.x - corner.x, y: at.y - corner.y });
}

export function setGroupLabel(document: PipelineDocument, id: string, label: string): PipelineDocument {
  return updateGroup(document, id, (group) => (group.label === label ? group : { ...group, label }));
}

/** An empty text takes it away. */
export function setGroupText(document: PipelineDocument, id: string, key: 'description' | 'colour', value: string): PipelineDocument {
  return updateGroup(document, id, (group) => {
    const { [key]: old, ...rest } = group;
    if ((old ?? '') === value) return group;
    return value === '' ? rest : { ...rest, [key]: value };
  });
}

/** Where the pills of some edges stand. */
export function placePills(document: PipelineDocument, id: string, places: Readonly<Record<string, Point>>): PipelineDocument {
  if (Object.keys(places).length === 0) return document;
  const present = new Set(document.edges.map((edge) => edge.id));
  return updateGroup(document, id, (group) => {
    const kept = Object.entries(group.pills ?? {}).filter(([edge]) => present.has(edge));
    return { ...group, pills: { ...Object.fromEntries(kept), ...places } };
  });
}

/** Takes groups away whose members are gone or have come out; notes that were in them come up to the top level. */
export function forgetGroups(document: PipelineDocument, ids: ReadonlySet<string>): PipelineDocument {
  const groups = document.drawing.groups ?? [];
  if (!groups.some((group) => ids.has(group.id))) return document;
  const positions = Object.fromEntries(Object.entries(document.drawing.positions).filter(([id]) => !ids.has(id)));
  const next = withGroups(
    { ...document, drawing: { ...document.drawing, positions } },
    groups.filter((group) => !ids.has(group.id)),
  );
  const notes = next.drawing.notes ?? [];
  const left = new Set(notes.filter((note) => note.group !== undefined && ids.has(note.group)).map((note) => note.id));
  return removeNotes(next, left);
}

export function withGroups(document: PipelineDocument, groups: readonly GroupSpec[]): PipelineDocument {
  const { groups: _old, ...drawing } = document.drawing;
  return { ...document, drawing: groups.length === 0 ? drawing : { ...drawing, groups } };
}

/** With the stacks that only some of their nodes leave cut in two. */
function moveInto(document: PipelineDocument, ids: DrawnIds, target: string | null, shift: Point): PipelineDocument {
  const index = groupIndex(document);
  const nodes = new Set(document.nodes.filter((node) => ids.has(node.id)).map((node) => node.id));
  const groups = (document.drawing.groups ?? []).map((group) => {
    const members = group.members.filter((member) => !nodes.has(member));
    const gains = group.id === target ? document.nodes.filter((node) => nodes.has(node.id)).map((node) => node.id) : [];
    const changed = members.length !== group.members.length || gains.length > 0;
    const next = changed ? { ...group, members: [...members, ...gains] } : group;
    return ids.has(group.id) ? withParent(next, target) : next;
  });
  const moved = [...nodes, ...index.groups.filter((group) => ids.has(group.id)).map((group) => group.id)];
  const places = Object.fromEntries(
    moved.map((id) => {
      const from = positionOf(document, id);
      return [id, { x: from.x + shift.x, y: from.y + shift.y }];
    }),
  );
  const cut = cutStacks(document, nodes);
  const next = placed(withGroups(cut, groups), withoutStacked(cut, places));
  const notes = next.drawing.notes ?? [];
  if (!notes.some((note) => ids.has(note.id))) return next;
  return withNotes(
    next,
    notes.map((note) => {
      if (!ids.has(note.id)) return note;
      const { group: _group, ...rest } = note;
      const at = { x: Math.round(note.x + shift.x), y: Math.round(note.y + shift.y) };
      return { ...rest, ...at, ...(target === null ? {} : { group: target }) };
    }),
  );
}

function withParent(group: GroupSpec, parent: string | null): GroupSpec {
  const { parent: _parent, members, pills, ...rest } = group;
  return { ...rest, ...(parent === null ? {} : { parent }), members, ...(pills === undefined ? {} : { pills }) };
}

/** A stack stays whole only if all of its nodes move, or none. */
function cutStacks(document: PipelineDocument, moving: ReadonlySet<string>): PipelineDocument {
  const { stacks, ...drawing } = document.drawing;
  if (stacks === undefined) return document;
  const positions = { ...drawing.positions };
  const parts = stacks.flatMap((stack) => {
    const split = [stack.filter((id) => moving.has(id)), stack.filter((id) => !moving.has(id))].filter((part) => part.length > 0);
    for (const part of split) positions[part[0]] ??= positions[stack[0]] ?? ORIGIN;
    return split.filter((part) => part.length > 1);
  });
  return { ...document, drawing: { ...drawing, positions, ...(parts.length === 0 ? {} : { stacks: parts }) } };
}

/** A stacked node needs no place of its own. */
function withoutStacked(document: PipelineDocument, places: Readonly<Record<string, Point>>): Readonly<Record<string, Point>> {
  const inner = new Set((document.drawing.stacks ?? []).flatMap((stack) => stack.slice(1)));
  return Object.fromEntries(Object.entries(places).filter(([id]) => !inner.has(id)));
}

function positionOf(document: PipelineDocument, id: string): Point {
  return document.drawing.positions[drawnStacks(document).get(id)?.nodes[0] ?? id] ?? document.drawing.positions[id] ?? ORIGIN;
}

function topLeft(document: PipelineDocument, ids: DrawnIds): Point {
  const notes = (document.drawing.notes ?? []).filter((note) => ids.has(note.id));
  const cards = [...document.nodes, ...(document.drawing.groups ?? [])].filter((entry) => ids.has(entry.id));
  const points: readonly Point[] = [...cards.map((entry) => positionOf(document, entry.id)), ...notes];
  if (points.length === 0) return ORIGIN;
  return { x: Math.min(...points.map((point) => point.x)), y: Math.min(...points.map((point) => point.y)) };
}

function placed(document: PipelineDocument, places: Readonly<Record<string, Point>>): PipelineDocument {
  const positions = { ...document.drawing.positions };
  for (const [id, point] of Object.entries(places)) positions[id] = { x: Math.round(point.x), y: Math.round(point.y) };
  return { ...document, drawing: { ...document.drawing, positions } };
}

function updateGroup(document: PipelineDocument, id: string, change: (group: GroupSpec) => GroupSpec): PipelineDocument {
  const groups = document.drawing.groups ?? [];
  const old = groups.find((group) => group.id === id);
  const changed = old === undefined ? undefined : change(old);
  if (changed === undefined || changed === old) return document;
  return withGroups(
    document,
    groups.map((group) => (group.id === id ? changed : group)),
  );
}

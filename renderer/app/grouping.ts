/** What people do with groups, each as one undo step that is also said aloud: making, opening, leaving, taking apart, moving into. */
import i18next from 'i18next';
import type { GroupSpec, PipelineDocument, Point } from '../../engine/spec/document.ts';
import type { Box } from '../canvas/geometry.ts';
import { boundsOf, CARD_WIDTH, ROW_HEIGHT, snap } from '../canvas/geometry.ts';
import { placeCards } from '../canvas/place-cards.ts';
import { cardBox, EMPTY_PROJECTION, project } from '../canvas/project.ts';
import { placeNodes, removeNodes, setDisabled } from '../document/commands.ts';
import { createGroup, forgetGroups, moveToGroup, setGroupLabel, ungroup } from '../document/group-commands.ts';
import { groupIndex } from '../document/group-index.ts';
import type { Designer } from './designer.ts';

/** Below what is there already. */
const MOVED_GAP = 45;

/** The name of a place: a group's label, or the top level's. */
export function placeName(document: PipelineDocument, groupId: string | null): string {
  const group = groupId === null ? null : groupIndex(document).get(groupId);
  return group === null ? i18next.t('tools.main') : group.label;
}

/** The one selected group. */
export function selectedGroup(designer: Designer): GroupSpec | null {
  const { drawn, nodes } = designer.selection.getState();
  if (drawn.size !== 1 || nodes.size > 0) return null;
  return groupIndex(designer.documents.getState().document).get([...drawn][0]);
}

export function groupSelection(designer: Designer): void {
  const { nodes, drawn, openGroup } = designer.selection.getState();
  const ids = new Set([...nodes, ...drawn]);
  const { projection } = designer.view.getState();
  const cards = [...new Set([...ids].map((id) => projection.cardOf.get(id)).filter((card) => card !== undefined))];
  const bounds = boundsOf(cards.map((card) => cardBox(card, false)));
  if (bounds === null || !cards.some((card) => card.kind !== 'note')) return;
  const at = {
    x: snap(bounds.x + bounds.width / 2 - CARD_WIDTH / 2),
    y: snap(bounds.y + bounds.height / 2 - ROW_HEIGHT / 2),
  };
  let made = '';
  designer.documents.commit('group', (document) => {
    const grouped = createGroup(document, ids, { label: newLabel(document), parent: openGroup, at });
    made = grouped.id;
    return clearOfOthers(withPillsPlaced(grouped.document, grouped.id), openGroup, grouped.id);
  });
  designer.selection.select([], [], [made]);
  designer.shell.say(i18next.t('groups.made', { count: cards.length }));
  designer.canvas?.focusNode(made);
}

/** What is left of a chain stays where it was: the group's card goes below whatever it would lie on. */
function clearOfOthers(document: PipelineDocument, openGroup: string | null, groupId: string): PipelineDocument {
  const { cards, cardOf } = project(document, openGroup, EMPTY_PROJECTION);
  const own = cardOf.get(groupId);
  if (own === undefined) return document;
  const others = cards.filter((card) => card !== own && card.kind !== 'note').map((card) => cardBox(card, true));
  const box = { ...cardBox(own, true) };
  for (let tries = 0; tries <= others.length; tries++) {
    const covered = others.find((other) => overlap(box, other));
    if (covered === undefined) break;
    box.y = snap(covered.y + covered.height + MOVED_GAP / 2);
  }
  return placeNodes(document, { [groupId]: { x: box.x, y: box.y } });
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

export function ungroupSelection(designer: Designer): void {
  const { document } = designer.documents.getState();
  const index = groupIndex(document);
  const groups = [...designer.selection.getState().drawn].map((id) => index.get(id)).filter((group) => group !== null);
  if (groups.length === 0) return;
  const content = groups.flatMap((group) => ({
    nodes: group.members.filter((member) => index.groupOf(member) === group.id),
    drawn: [...index.childrenOf(group.id), ...(document.drawing.notes ?? []).filter((note) => note.group === group.id)].map(({ id }) => id),
  }));
  designer.documents.commit('ungroup', (current) => groups.reduce((next, group) => ungroup(next, group.id), current));
  designer.selection.select(
    content.flatMap((each) => each.nodes),
    [],
    content.flatMap((each) => each.drawn),
  );
  designer.shell.say(i18next.t('groups.dissolved', { label: groups.map((group) => group.label).join(', ') }));
  designer.canvas?.focusNode(content.flatMap((each) => [...each.nodes, ...each.drawn])[0] ?? null);
}

/** Shows the inside of a group; the keyboard goes to its first card. */
export function enterGroup(designer: Designer, groupId: string): void {
  const { document } = designer.documents.getState();
  const group = groupIndex(document).get(groupId);
  if (group === null) return;
  designer.selection.enter(groupId);
  const { cards } = designer.view.getState().projection;
  const first = cards.find((card) => card.kind === 'nodes' || card.kind === 'group');
  designer.canvas?.focusNode(first?.id ?? null);
  designer.shell.say(i18next.t('groups.opened', { label: group.label, nodes: group.members.length }));
}

/** One level up, onto the group's own card; false at the top level. */
export function leaveGroup(designer: Designer): boolean {
  const { openGroup } = designer.selection.getState();
  if (openGroup === null) return false;
  const { document } = designer.documents.getState();
  lookAt(designer, groupIndex(document).parentOf(openGroup));
  designer.selection.focus(openGroup);
  designer.canvas?.focusNode(openGroup);
  return true;
}

/** Shows a place of the breadcrumb. */
export function lookAt(designer: Designer, groupId: string | null): void {
  designer.selection.enter(groupId);
  const { document } = designer.documents.getState();
  designer.shell.say(i18next.t('groups.left', { place: placeName(document, groupId) }));
}

/** Opens the group that shows this node or group itself; for whoever wants to point at it. */
export function showPlaceOf(designer: Designer, id: string): void {
  // Pills are in no file: they are where they are drawn.
  if (designer.view.getState().projection.cardOf.get(id)?.id === id) return;
  const { document } = designer.documents.getState();
  const index = groupIndex(document);
  const note = document.drawing.notes?.find((candidate) => candidate.id === id);
  const place = index.get(id) !== null ? index.parentOf(id) : note !== undefined ? (note.group ?? null) : index.groupOf(id);
  if (place === designer.selection.getState().openGroup) return;
  const { nodes, edges, drawn } = designer.selection.getState();
  designer.selection.enter(place);
  designer.selection.select(nodes, edges, drawn);
}

/** Into a group, or up to the top level, below what is there; the selection stays behind. */
export function moveSelection(designer: Designer, target: string | null): void {
  const { nodes, drawn } = designer.selection.getState();
  const ids = new Set([...nodes, ...drawn].filter((id) => id !== target));
  designer.documents.commit('group', (document) => {
    const there = project(document, target, EMPTY_PROJECTION).cards.filter((card) => card.kind !== 'pill');
    const bounds = boundsOf(there.map((card) => cardBox(card, true)));
    const at = bounds === null ? { x: 0, y: 0 } : { x: bounds.x, y: snap(bounds.y + bounds.height + MOVED_GAP) };
    return moveToGroup(document, ids, target, at);
  });
  designer.selection.select([]);
  designer.shell.say(i18next.t('groups.movedTo', { place: placeName(designer.documents.getState().document, target) }));
  designer.canvas?.focusNode(null);
}

/** All members off, or on again if none is on. */
export function switchGroup(designer: Designer, groupId: string): void {
  const { document } = designer.documents.getState();
  const members = new Set(groupIndex(document).allMembers(groupId));
  const anyOn = document.nodes.some((node) => members.has(node.id) && node.disabled !== true);
  designer.documents.commit('switch', (current) => setDisabled(current, members, anyOn));
}

export function renameGroup(designer: Designer, groupId: string, label: string): void {
  designer.documents.commit('rename', (document) => setGroupLabel(document, groupId, label), `${groupId}#label`);
}

/** Groups with everything inside: members, groups in them, notes. */
export function removeGroups(document: PipelineDocument, ids: ReadonlySet<string>): PipelineDocument {
  const index = groupIndex(document);
  const groups = new Set([...ids].filter((id) => index.get(id) !== null).flatMap((id) => index.withNested(id)));
  if (groups.size === 0) return document;
  const members = new Set([...groups].flatMap((id) => index.allMembers(id)));
  return forgetGroups(removeNodes(document, members), groups);
}

/** A name nobody has yet: Group, Group 2 … */
function newLabel(document: PipelineDocument): string {
  const taken = new Set((document.drawing.groups ?? []).map((group) => group.label));
  const plain = i18next.t('groups.newLabel');
  let label = plain;
  for (let count = 2; taken.has(label); count++) label = `${plain} ${count}`;
  return label;
}

/** Pills get their places when the group is made, so that moving a member never moves a pill. */
function withPillsPlaced(document: PipelineDocument, groupId: string): PipelineDocument {
  const inside = project(document, groupId, EMPTY_PROJECTION);
  const places = new Map<string, Point>();
  for (const card of inside.cards) if (card.kind === 'pill') places.set(card.id, card.position);
  return placeCards(document, inside, places);
}

/**
 * A part of a drawing as text, for the clipboard: readable JSON that pastes into a chat and back, with edges, stacks, groups and
 * notes. Ids are made new, secrets stay behind. Copies of a selection are made the same way.
 */
import type { JsonObject, JsonValue } from '../../engine/base/json.ts';
import type { EdgeSpec, GroupSpec, NodeSpec, NoteSpec, PipelineDocument, Point } from '../../engine/spec/document.ts';
import type { AnyField } from '../../engine/spec/fields.ts';
import { hasVariable, namesSecret } from '../../engine/spec/variables.ts';
import { connect } from './commands.ts';
import { definitionOf } from './definitions.ts';
import { newDrawingId, newNodeId } from './identifiers.ts';
import { everythingSelected } from './selected.ts';
import type { SelectionState } from './selection.ts';

export const CLIP_FORMAT = 'millrace-nodes';

export interface Clip {
  readonly nodes: readonly NodeSpec[];
  /** Those between the nodes, and those that come from outside. */
  readonly edges: readonly EdgeSpec[];
  /** Of nodes and groups, each in the coordinates of the group that holds it. */
  readonly positions: { readonly [id: string]: Point };
  readonly stacks: readonly (readonly string[])[];
  readonly groups: readonly GroupSpec[];
  readonly notes: readonly NoteSpec[];
}

export interface Pasted {
  readonly document: PipelineDocument;
  /** New nodes, groups and notes that stand where the paste landed, not inside a pasted group. */
  readonly nodes: readonly string[];
  readonly drawn: readonly string[];
}

interface PasteOptions {
  /** Wires from nodes that were not copied stay, where those nodes are in this document. */
  readonly keepWires: boolean;
  /** The group that is open. */
  readonly group: string | null;
}

/** What is selected, with everything inside selected groups; null when that is nothing. */
export function clipOf(document: PipelineDocument, selection: SelectionState, positionOf: (id: string) => Point | null): Clip | null {
  const chosen = everythingSelected(document, selection);
  const nodes = document.nodes.filter((node) => chosen.nodes.has(node.id)).map((node) => ({ ...node, config: withoutSecrets(node) }));
  const groups = (document.drawing.groups ?? []).filter((group) => chosen.groups.has(group.id)).map((group) => trimGroup(group, chosen));
  const notes = (document.drawing.notes ?? []).filter((note) => chosen.notes.has(note.id)).map((note) => trimNote(note, chosen));
  if (nodes.length + groups.length + notes.length === 0) return null;
  const positions: Record<string, Point> = {};
  for (const { id } of [...nodes, ...groups]) {
    const at = positionOf(id) ?? document.drawing.positions[id];
    if (at !== undefined) positions[id] = at;
  }
  return {
    nodes,
    groups,
    notes,
    positions,
    edges: document.edges.filter((edge) => chosen.nodes.has(edge.to.node)),
    stacks: (document.drawing.stacks ?? []).map((stack) => stack.filter((id) => chosen.nodes.has(id))).filter((stack) => stack.length > 1),
  };
}

export function printClip(clip: Clip): string {
  return `${JSON.stringify({ format: CLIP_FORMAT, ...clip }, null, 2)}\n`;
}

export function pasteClip(document: PipelineDocument, clip: Clip, shift: Point, { keepWires, group }: PasteOptions): Pasted {
  const ids = renamed(document, clip);
  const own = (id: string): string => ids.get(id) ?? id;
  const inside = new Set([
    ...clip.groups.flatMap((each) => each.members),
    ...clip.groups.filter((each) => each.parent !== undefined).map((each) => each.id),
  ]);
  const moved = (at: Point): Point => ({ x: Math.round(at.x + shift.x), y: Math.round(at.y + shift.y) });
  const positions = { ...document.drawing.positions };
  for (const [id, at] of Object.entries(clip.positions)) if (ids.has(id)) positions[own(id)] = inside.has(id) ? at : moved(at);
  const notes = clip.notes.map((note): NoteSpec => {
    const { group: holder, node, ...rest } = note;
    const nested = holder !== undefined && ids.has(holder);
    const place = nested ? { x: note.x, y: note.y } : moved(note);
    const home = nested ? own(holder) : group;
    return {
      ...rest,
      ...place,
      id: own(note.id),
      ...(node !== undefined && ids.has(node) ? { node: own(node) } : {}),
      ...(home === null ? {} : { group: home }),
    };
  });
  const groups = clip.groups.map((each): GroupSpec => {
    const { parent, pills: _pills, ...rest } = each;
    const home = parent !== undefined && ids.has(parent) ? own(parent) : group;
    return {
      ...rest,
      id: own(each.id),
      members: each.members.filter((id) => ids.has(id)).map(own),
      ...(home === null ? {} : { parent: home }),
    };
  });
  const stacks = clip.stacks.map((stack) => stack.filter((id) => ids.has(id)).map(own)).filter((stack) => stack.length > 1);
  const { drawing } = document;
  const withNodes: PipelineDocument = {
    ...document,
    nodes: [...document.nodes, ...clip.nodes.map((node) => ({ ...node, id: own(node.id) }))],
    drawing: {
      ...drawing,
      positions,
      ...(stacks.length === 0 ? {} : { stacks: [...(drawing.stacks ?? []), ...stacks] }),
      ...(groups.length === 0 ? {} : { groups: [...(drawing.groups ?? []), ...groups] }),
      ...(notes.length === 0 ? {} : { notes: [...(drawing.notes ?? []), ...notes] }),
    },
  };
  return {
    document: pasteEdges(withNodes, document, clip, ids, keepWires),
    nodes: clip.nodes.filter((node) => !inside.has(node.id)).map((node) => own(node.id)),
    drawn: [
      ...clip.groups.filter((each) => !inside.has(each.id)).map((each) => own(each.id)),
      ...clip.notes.filter((note) => note.group === undefined || !ids.has(note.group)).map((note) => own(note.id)),
    ],
  };
}

/** A shift that brings the middle of a clip to a point. */
export function shiftTo(clip: Clip, at: Point): Point {
  const inside = new Set(clip.groups.flatMap((group) => group.members));
  const nested = new Set(clip.groups.filter((group) => group.parent !== undefined).map((group) => group.id));
  const groupIds = new Set(clip.groups.map((group) => group.id));
  const places = [
    ...Object.entries(clip.positions)
      .filter(([id]) => !inside.has(id) && !nested.has(id))
      .map(([, place]) => place),
    ...clip.notes.filter((note) => note.group === undefined || !groupIds.has(note.group)),
  ];
  if (places.length === 0) return at;
  const middle = (values: readonly number[]) => (Math.min(...values) + Math.max(...values)) / 2;
  return { x: at.x - middle(places.map((place) => place.x)), y: at.y - middle(places.map((place) => place.y)) };
}

function renamed(document: PipelineDocument, clip: Clip): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  let next = document;
  for (const node of clip.nodes) {
    const id = newNodeId(next, node.type);
    ids.set(node.id, id);
    next = { ...next, nodes: [...next.nodes, { ...node, id }] };
  }
  for (const group of clip.groups) {
    const id = newDrawingId(next, 'group');
    ids.set(group.id, id);
    next = { ...next, drawing: { ...next.drawing, groups: [...(next.drawing.groups ?? []), { ...group, id }] } };
  }
  for (const note of clip.notes) {
    const id = newDrawingId(next, 'note');
    ids.set(note.id, id);
    next = { ...next, drawing: { ...next.drawing, notes: [...(next.drawing.notes ?? []), { ...note, id }] } };
  }
  return ids;
}

function pasteEdges(
  pasted: PipelineDocument,
  before: PipelineDocument,
  clip: Clip,
  ids: ReadonlyMap<string, string>,
  keepWires: boolean,
): PipelineDocument {
  const present = new Set(before.nodes.map((node) => node.id));
  let next = pasted;
  for (const edge of clip.edges) {
    const to = ids.get(edge.to.node);
    const from = ids.get(edge.from.node) ?? (keepWires && present.has(edge.from.node) ? edge.from.node : undefined);
    if (from === undefined || to === undefined) continue;
    next = connect(next, { node: from, port: edge.from.port }, { node: to, port: edge.to.port }, false);
  }
  return next;
}

function trimGroup(group: GroupSpec, chosen: { readonly nodes: ReadonlySet<string>; readonly groups: ReadonlySet<string> }): GroupSpec {
  const { parent, ...rest } = group;
  const kept = { ...rest, members: group.members.filter((id) => chosen.nodes.has(id)) };
  return parent !== undefined && chosen.groups.has(parent) ? { ...kept, parent } : kept;
}

function trimNote(note: NoteSpec, chosen: { readonly nodes: ReadonlySet<string>; readonly groups: ReadonlySet<string> }): NoteSpec {
  const { node, group, ...rest } = note;
  return {
    ...rest,
    ...(node !== undefined && chosen.nodes.has(node) ? { node } : {}),
    ...(group !== undefined && chosen.groups.has(group) ? { group } : {}),
  };
}

/** Secrets are never copied, at any depth; what merely refers to one (a name of a variable) is a value like others. */
function withoutSecrets(node: NodeSpec): JsonObject {
  const fields = definitionOf(node.type)?.fields ?? {};
  // A name says it of node types this version does not know, and of fields that hold more than one thing.
  const kept = Object.entries(node.config).filter(([name]) => fields[name]?.kind !== 'secret' && !namesSecret(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, withoutSecretEntries(fields[name], value)]));
}

/** Of entries that say by their own name what their text is, such as headers. */
function withoutSecretEntries(field: AnyField | undefined, value: JsonValue): JsonValue {
  if (field?.kind !== 'list' || !Array.isArray(value)) return value;
  const isTold = (name: string, text: JsonValue): boolean => {
    const inner = field.item[name];
    return inner?.kind === 'text' && inner.variables === true && !(typeof text === 'string' && hasVariable(text));
  };
  return value.map((entry: JsonValue) => {
    const item = asJsonObject(entry);
    if (item === null || typeof item.name !== 'string' || !namesSecret(item.name)) return entry;
    return Object.fromEntries(Object.entries(item).filter(([name, text]) => !isTold(name, text)));
  });
}

export function asJsonObject(value: JsonValue | undefined): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

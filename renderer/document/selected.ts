/** What a selection means: a selected group stands for everything inside. */
import type { PipelineDocument } from '../../engine/spec/document.ts';
import { groupIndex } from './group-index.ts';
import type { SelectionState } from './selection.ts';

export interface Selected {
  /** Selected themselves or by their group. */
  readonly nodes: ReadonlySet<string>;
  /** With groups inside. */
  readonly groups: ReadonlySet<string>;
  /** Notes inside selected groups included. */
  readonly notes: ReadonlySet<string>;
}

export function everythingSelected(document: PipelineDocument, { nodes, drawn }: SelectionState): Selected {
  const index = groupIndex(document);
  const groups = new Set([...drawn].filter((id) => index.get(id) !== null).flatMap((id) => index.withNested(id)));
  const members = [...groups].flatMap((id) => index.allMembers(id));
  const notes = (document.drawing.notes ?? []).filter((note) => drawn.has(note.id) || (note.group !== undefined && groups.has(note.group)));
  return { nodes: new Set([...nodes, ...members]), groups, notes: new Set(notes.map((note) => note.id)) };
}

/** Actions on groups, stacks and notes. */
import i18next from 'i18next';
import { ArrowUpLeft, FolderInput, FolderOpen, Group, Layers2, Rows2, StickyNote, TextCursorInput, Trash2, Ungroup } from 'lucide-react';
import type { Designer } from '../app/designer.ts';
import { deleteSelection } from '../app/editing.ts';
import { enterGroup, groupSelection, leaveGroup, moveSelection, selectedGroup, ungroupSelection } from '../app/grouping.ts';
import { isStacked, stackSelection, unstackSelection } from '../app/stacking.ts';
import { groupIndex } from '../document/group-index.ts';
import { editNote, writeNewNote } from '../notes/writing.ts';
import type { Action } from './action.ts';
import { needsNode } from './reasons.ts';

type Answer = true | string;

const grouping: readonly Action[] = [
  { id: 'group', area: 'canvas', icon: Group, keys: ['Ctrl G'], scope: 'canvas', enabled: needsCards, run: groupSelection },
  { id: 'ungroup', area: 'canvas', icon: Ungroup, keys: ['Ctrl Shift G'], scope: 'canvas', enabled: needsGroup, run: ungroupSelection },
  {
    id: 'enterGroup',
    area: 'canvas',
    icon: FolderOpen,
    keys: [],
    scope: 'canvas',
    enabled: needsOneGroup,
    run: (designer) => {
      const group = selectedGroup(designer);
      if (group !== null) enterGroup(designer, group.id);
    },
  },
  {
    id: 'leaveGroup',
    area: 'canvas',
    icon: ArrowUpLeft,
    keys: ['Alt Home'],
    scope: 'canvas',
    enabled: needsOpenGroup,
    run: (designer) => void leaveGroup(designer),
  },
  {
    id: 'moveToGroup',
    area: 'canvas',
    icon: FolderInput,
    keys: [],
    scope: 'canvas',
    enabled: needsTarget,
    run: (designer) => designer.shell.set({ dialog: { kind: 'move-to-group' } }),
  },
  {
    id: 'moveOutOfGroup',
    area: 'canvas',
    icon: ArrowUpLeft,
    keys: [],
    scope: 'canvas',
    enabled: (designer) => (needsOpenGroup(designer) === true ? needsCards(designer) : needsOpenGroup(designer)),
    run: (designer) => {
      const { openGroup } = designer.selection.getState();
      if (openGroup !== null) moveSelection(designer, groupIndex(designer.documents.getState().document).parentOf(openGroup));
    },
  },
  {
    id: 'removeGroup',
    area: 'canvas',
    icon: Trash2,
    keys: [],
    scope: 'canvas',
    danger: true,
    enabled: needsGroup,
    run: deleteSelection,
  },
];

const stacking: readonly Action[] = [
  { id: 'stack', area: 'canvas', icon: Rows2, keys: ['Ctrl L'], scope: 'canvas', enabled: needsNode, run: stackSelection },
  { id: 'unstack', area: 'canvas', icon: Layers2, keys: ['Ctrl Shift L'], scope: 'canvas', enabled: needsStack, run: unstackSelection },
];

const noting: readonly Action[] = [
  { id: 'addNote', area: 'canvas', icon: StickyNote, keys: ['N'], scope: 'canvas', run: writeNewNote },
  {
    id: 'editNote',
    area: 'canvas',
    icon: TextCursorInput,
    keys: [],
    scope: 'canvas',
    enabled: (designer) => selectedNote(designer) !== null || i18next.t('groupReason.noNote'),
    run: (designer) => {
      const note = selectedNote(designer);
      if (note !== null) editNote(designer, note);
    },
  },
];

export const groupActions: readonly Action[] = [...grouping, ...stacking, ...noting];

function selectedNote({ documents, selection }: Designer): string | null {
  const { drawn } = selection.getState();
  return documents.getState().document.drawing.notes?.find((note) => drawn.has(note.id))?.id ?? null;
}

/** Notes alone make no group. */
function needsCards({ documents, selection }: Designer): Answer {
  const { nodes, drawn } = selection.getState();
  const index = groupIndex(documents.getState().document);
  return nodes.size > 0 || [...drawn].some((id) => index.get(id) !== null) || i18next.t('groupReason.nothing');
}

function needsGroup({ documents, selection }: Designer): Answer {
  const index = groupIndex(documents.getState().document);
  return [...selection.getState().drawn].some((id) => index.get(id) !== null) || i18next.t('groupReason.noGroup');
}

function needsOneGroup(designer: Designer): Answer {
  return selectedGroup(designer) !== null || i18next.t('groupReason.noGroup');
}

function needsOpenGroup({ selection }: Designer): Answer {
  return selection.getState().openGroup !== null || i18next.t('groupReason.top');
}

function needsTarget(designer: Designer): Answer {
  const cards = needsCards(designer);
  if (cards !== true) return cards;
  const { drawing } = designer.documents.getState().document;
  return (drawing.groups ?? []).some((group) => !designer.selection.getState().drawn.has(group.id)) || i18next.t('groupReason.noGroups');
}

function needsStack(designer: Designer): Answer {
  return isStacked(designer) || i18next.t('groupReason.noStack');
}

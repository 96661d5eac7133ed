/** Actions on the drawing: adding, deleting, connecting, arranging, and how one looks at it. */

import {
  CirclePlus,
  CircleX,
  ClipboardCopy,
  ClipboardPaste,
  Copy,
  CornerDownLeft,
  Ellipsis,
  LayoutGrid,
  Maximize,
  MousePointer2,
  Pencil,
  Plus,
  Power,
  Scaling,
  ScanSearch,
  Scissors,
  Spline,
  SquareDashedMousePointer,
  Table2,
  Trash2,
  Unlink,
  ZoomIn,
  ZoomOut,
} from 'lucide-react';
import { copyToClipboard, pasteFromClipboard } from '../app/clipboard.ts';
import { showDock } from '../app/dock.ts';
import { deleteAndReconnect, deleteSelection, duplicateSelection, switchSelection } from '../app/editing.ts';
import { arrange } from '../canvas/arrange.ts';
import { openFocused, renameSelected, selectEverything, selectFocused, startConnecting, stepBack } from '../canvas/choose.ts';
import { openContextMenuAtFocus } from '../canvas/open-context-menu.ts';
import { openQuickAdd, openQuickAddAt, openQuickAddInEdge } from '../canvas/open-quick-add.ts';
import { watchEdge } from '../runs/watch-edge.ts';
import type { Action } from './action.ts';
import { needsCards, needsDrawing, needsFocus, needsNode, needsOneEdge, needsOneNode, needsSelection } from './reasons.ts';

const ZOOM_FACTOR = 1.2;

const editing: readonly Action[] = [
  {
    id: 'quickAdd',
    area: 'canvas',
    icon: Plus,
    keys: ['Tab', 'Insert'],
    scope: 'canvas',
    run: (designer, pointed) => (pointed === undefined ? openQuickAdd(designer) : openQuickAddAt(designer, pointed)),
  },
  { id: 'rename', area: 'canvas', icon: Pencil, keys: ['F2'], scope: 'canvas', enabled: needsOneNode, run: renameSelected },
  {
    id: 'copy',
    area: 'canvas',
    icon: ClipboardCopy,
    keys: ['Ctrl C'],
    scope: 'canvas',
    native: true,
    enabled: needsCards,
    run: (designer) => void copyToClipboard(designer, false),
  },
  {
    id: 'cut',
    area: 'canvas',
    icon: Scissors,
    keys: ['Ctrl X'],
    scope: 'canvas',
    native: true,
    enabled: needsCards,
    run: (designer) => void copyToClipboard(designer, true),
  },
  {
    id: 'paste',
    area: 'canvas',
    icon: ClipboardPaste,
    keys: ['Ctrl V'],
    scope: 'canvas',
    native: true,
    run: (designer, pointed) => void pasteFromClipboard(designer, pointed ?? null),
  },
  { id: 'duplicate', area: 'canvas', icon: Copy, keys: ['Ctrl D'], scope: 'canvas', enabled: needsCards, run: duplicateSelection },
  { id: 'switchOff', area: 'canvas', icon: Power, keys: ['D'], scope: 'canvas', enabled: needsCards, run: switchSelection },
  { id: 'connect', area: 'canvas', icon: Spline, keys: ['C'], scope: 'canvas', enabled: needsFocus, run: startConnecting },
  {
    id: 'remove',
    area: 'canvas',
    icon: Trash2,
    keys: ['Del', 'Backspace'],
    scope: 'canvas',
    danger: true,
    enabled: needsSelection,
    run: deleteSelection,
  },
  {
    id: 'removeAndReconnect',
    area: 'canvas',
    icon: Unlink,
    keys: ['Ctrl Del', 'Ctrl Backspace'],
    scope: 'canvas',
    enabled: needsNode,
    run: deleteAndReconnect,
  },
  {
    id: 'layout',
    area: 'canvas',
    icon: LayoutGrid,
    keys: ['Shift L'],
    scope: 'canvas',
    enabled: needsDrawing,
    run: (designer) => void arrange(designer),
  },
];

const choosing: readonly Action[] = [
  {
    id: 'selectAll',
    area: 'canvas',
    icon: SquareDashedMousePointer,
    keys: ['Ctrl A'],
    scope: 'canvas',
    enabled: needsDrawing,
    run: selectEverything,
  },
  {
    id: 'inspect',
    area: 'canvas',
    icon: CornerDownLeft,
    keys: ['Enter', 'Alt Enter'],
    scope: 'canvas',
    enabled: needsFocus,
    run: openFocused,
  },
  {
    id: 'select',
    area: 'canvas',
    icon: MousePointer2,
    keys: ['Space'],
    scope: 'canvas',
    enabled: needsFocus,
    run: (designer) => selectFocused(designer, false),
  },
  {
    id: 'selectAlso',
    area: 'canvas',
    icon: MousePointer2,
    keys: ['Shift Space', 'Ctrl Space'],
    scope: 'canvas',
    enabled: needsFocus,
    run: (designer) => selectFocused(designer, true),
  },
  { id: 'stepBack', area: 'canvas', icon: CircleX, keys: ['Esc'], scope: 'canvas', run: stepBack },
];

const looking: readonly Action[] = [
  { id: 'zoomReset', area: 'view', icon: Scaling, keys: ['0'], scope: 'canvas', run: ({ canvas }) => canvas?.zoomTo(1) },
  { id: 'fit', area: 'view', icon: Maximize, keys: ['1'], scope: 'canvas', enabled: needsDrawing, run: ({ canvas }) => canvas?.fit() },
  {
    id: 'fitSelection',
    area: 'view',
    icon: ScanSearch,
    keys: ['2'],
    scope: 'canvas',
    enabled: needsSelection,
    run: ({ canvas }) => canvas?.fitSelection(),
  },
  {
    id: 'zoomIn',
    area: 'view',
    icon: ZoomIn,
    keys: ['+', '='],
    scope: 'canvas',
    repeats: true,
    run: ({ canvas }) => canvas?.zoomBy(ZOOM_FACTOR),
  },
  {
    id: 'zoomOut',
    area: 'view',
    icon: ZoomOut,
    keys: ['-', '_'],
    scope: 'canvas',
    repeats: true,
    run: ({ canvas }) => canvas?.zoomBy(1 / ZOOM_FACTOR),
  },
];

const pointing: readonly Action[] = [
  {
    id: 'contextMenu',
    area: 'canvas',
    icon: Ellipsis,
    keys: ['Shift F10', 'Menu'],
    scope: 'canvas',
    run: openContextMenuAtFocus,
  },
  {
    id: 'insertNode',
    area: 'canvas',
    icon: CirclePlus,
    keys: [],
    scope: 'canvas',
    enabled: needsOneEdge,
    run: (designer, pointed) => openQuickAddInEdge(designer, pointed ?? null),
  },
  {
    id: 'showEdgeRows',
    area: 'canvas',
    icon: Table2,
    keys: [],
    scope: 'canvas',
    enabled: needsOneEdge,
    run: (designer) => {
      const [edge] = designer.selection.getState().edges;
      if (edge === undefined) return;
      watchEdge(designer, edge);
      showDock(designer, 'data');
    },
  },
];

export const canvasActions: readonly Action[] = [...editing, ...choosing, ...pointing, ...looking];

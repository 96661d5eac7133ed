/** What the context menus of the canvas offer, by what was pointed at: ids of registered actions in groups. */
import type { ActionList } from '../actions/menu-items.ts';

export type MenuTarget = 'node' | 'selection' | 'edge' | 'canvas' | 'group' | 'note';

/** Also behind the "…" of the inspector. */
export const NODE_MENU: ActionList = [
  ['preview', 'whyNotFired', 'nodeLogs', 'rename', 'largeCode', 'connect'],
  ['copy', 'cut', 'duplicate', 'group', 'switchOff', 'stack'],
  ['selectUpstream', 'selectDownstream'],
  ['removeAndReconnect', 'remove'],
];

export const CONTEXT_MENUS: { readonly [target in MenuTarget]: ActionList } = {
  // The first are what one most often wants.
  node: [['inspect', ...NODE_MENU[0]], ...NODE_MENU.slice(1)],
  selection: [
    ['copy', 'cut', 'duplicate', 'group', 'moveToGroup', 'switchOff'],
    ['layout', 'fitSelection'],
    ['selectUpstream', 'selectDownstream'],
    ['removeAndReconnect', 'remove'],
  ],
  edge: [['insertNode', 'showEdgeRows'], ['remove']],
  canvas: [['quickAdd', 'addNote', 'paste'], ['selectAll', 'layout', 'fit', 'zoomReset', 'minimap'], ['undo', 'redo'], ['jobSettings']],
  group: [['enterGroup'], ['copy', 'cut', 'duplicate', 'group', 'switchOff', 'moveToGroup'], ['ungroup', 'removeGroup']],
  note: [['editNote'], ['copy', 'cut', 'duplicate', 'moveToGroup'], ['remove']],
};

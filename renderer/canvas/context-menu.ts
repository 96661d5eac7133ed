/** What the context menus of the canvas offer, by what was pointed at: ids of registered actions in groups. */
import type { ActionList } from '../actions/menu-items.tsx';

export type MenuTarget = 'node' | 'selection' | 'edge' | 'canvas' | 'group' | 'note';

/** Also behind the "…" of the inspector. */
export const NODE_MENU: ActionList = [
  ['rename', 'connect'],
  ['duplicate', 'group', 'switchOff', 'stack'],
  ['selectUpstream', 'selectDownstream'],
  ['removeAndReconnect', 'remove'],
];

export const CONTEXT_MENUS: { readonly [target in MenuTarget]: ActionList } = {
  node: [['inspect'], ...NODE_MENU],
  selection: [
    ['duplicate', 'group', 'moveToGroup', 'switchOff', 'layout'],
    ['selectUpstream', 'selectDownstream'],
    ['removeAndReconnect', 'remove'],
  ],
  edge: [['showEdgeRows'], ['remove']],
  canvas: [['quickAdd', 'addNote'], ['selectAll', 'layout', 'fit', 'zoomReset'], ['undo', 'redo'], ['jobSettings']],
  group: [['enterGroup'], ['duplicate', 'group', 'switchOff', 'moveToGroup'], ['ungroup', 'removeGroup']],
  note: [['editNote'], ['duplicate', 'moveToGroup'], ['remove']],
};

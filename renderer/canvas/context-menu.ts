/** What the context menus of the canvas offer, by what was pointed at: ids of registered actions in groups. */
import type { ActionList } from '../actions/menu-items.tsx';

export type MenuTarget = 'node' | 'selection' | 'edge' | 'canvas';

export const CONTEXT_MENUS: { readonly [target in MenuTarget]: ActionList } = {
  node: [
    ['inspect', 'rename', 'connect'],
    ['duplicate', 'switchOff'],
    ['selectUpstream', 'selectDownstream'],
    ['removeAndReconnect', 'remove'],
  ],
  selection: [
    ['duplicate', 'switchOff', 'layout'],
    ['selectUpstream', 'selectDownstream'],
    ['removeAndReconnect', 'remove'],
  ],
  edge: [['showEdgeRows'], ['remove']],
  canvas: [['quickAdd'], ['selectAll', 'layout', 'fit', 'zoomReset'], ['undo', 'redo'], ['jobSettings']],
};

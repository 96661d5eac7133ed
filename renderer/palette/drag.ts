/** Media type under which a palette entry's key travels while it is dragged. */
export const DRAG_TYPE = 'application/x-millrace-palette';

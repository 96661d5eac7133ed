/** A palette entry under way to the canvas. */

/** Media type under which its key travels. */
export const DRAG_TYPE = 'application/x-millrace-palette';

let dragged: string | null = null;

/** What is dragged cannot be read from the event before the drop, but whether it fits an edge is shown before. */
export function draggedEntry(): string | null {
  return dragged;
}

export function setDraggedEntry(key: string | null): void {
  dragged = key;
}

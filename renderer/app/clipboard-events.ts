/** Copy, cut and paste on the canvas, through the browser's own clipboard events, so that no permission is asked for. */

import { copyNodes, pasteNodes, readClip } from '../document/clipboard.ts';
import type { Designer } from './designer.ts';
import { centredAt, deleteSelection } from './editing.ts';
import { isTyping } from './shortcuts.ts';

export function listenForClipboard(designer: Designer): () => void {
  let pointer: { readonly x: number; readonly y: number } | null = null;
  const onCopy = (event: ClipboardEvent) => {
    const { nodes } = designer.selection.getState();
    if (nodes.size === 0 || !onCanvas(event)) return;
    const { document } = designer.documents.getState();
    const { cardOf } = designer.view.getState().projection;
    const text = copyNodes(document, nodes, (id) => {
      const card = cardOf.get(id);
      const row = card?.rows.find((candidate) => candidate.node.id === id);
      return { x: card?.position.x ?? 0, y: (card?.position.y ?? 0) + (row?.top ?? 0) };
    });
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    if (event.type === 'cut') deleteSelection(designer);
  };
  const onPaste = (event: ClipboardEvent) => {
    if (!onCanvas(event) || designer.canvas === null) return;
    const clip = readClip(event.clipboardData?.getData('text/plain') ?? '');
    if (clip === null) return;
    event.preventDefault();
    const at = centredAt(pointer === null ? designer.canvas.centre() : designer.canvas.toDrawing(pointer));
    let ids: readonly string[] = [];
    designer.documents.commit('paste', (document) => {
      const pasted = pasteNodes(document, clip, at);
      ids = pasted.ids;
      return pasted.document;
    });
    designer.selection.select(ids);
  };
  const onMove = (event: PointerEvent) => {
    const inside = event.target instanceof Element && event.target.closest('[data-canvas]') !== null;
    pointer = inside ? { x: event.clientX, y: event.clientY } : null;
  };
  document.addEventListener('copy', onCopy);
  document.addEventListener('cut', onCopy);
  document.addEventListener('paste', onPaste);
  document.addEventListener('pointermove', onMove, { passive: true });
  return () => {
    document.removeEventListener('copy', onCopy);
    document.removeEventListener('cut', onCopy);
    document.removeEventListener('paste', onPaste);
    document.removeEventListener('pointermove', onMove);
  };
}

/** Text fields and marked text keep their own clipboard. */
function onCanvas(event: Event): boolean {
  if (isTyping(event.target) || isTyping(document.activeElement)) return false;
  const marked = document.getSelection();
  return marked === null || marked.isCollapsed;
}

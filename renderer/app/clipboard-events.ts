/** Copy, cut and paste on the canvas, through the browser's own clipboard events, so that no permission is asked for. */
import { pasteText, takeSelection } from './clipboard.ts';
import type { Designer } from './designer.ts';
import { isTyping } from './shortcuts.ts';

export function listenForClipboard(designer: Designer): () => void {
  let pointer: { readonly x: number; readonly y: number } | null = null;
  let shift = false;
  const onCopy = (event: ClipboardEvent) => {
    if (!onCanvas(event)) return;
    const text = takeSelection(designer, event.type === 'cut');
    if (text === null) return;
    event.clipboardData?.setData('text/plain', text);
    event.clipboardData?.setData('application/json', text);
    event.preventDefault();
  };
  const onPaste = (event: ClipboardEvent) => {
    if (!onCanvas(event) || designer.canvas === null || designer.shell.getState().dialog !== null) return;
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (text.trim() === '') return;
    event.preventDefault();
    pasteText(designer, text, pointer, shift);
  };
  const onMove = (event: PointerEvent) => {
    const inside = event.target instanceof Element && event.target.closest('[data-canvas]') !== null;
    pointer = inside ? { x: event.clientX, y: event.clientY } : null;
  };
  // The event of pasting does not tell whether Shift was held, which keeps incoming wires.
  const onKey = (event: KeyboardEvent) => {
    shift = event.shiftKey;
  };
  document.addEventListener('copy', onCopy);
  document.addEventListener('cut', onCopy);
  document.addEventListener('paste', onPaste);
  document.addEventListener('pointermove', onMove, { passive: true });
  window.addEventListener('keydown', onKey, true);
  window.addEventListener('keyup', onKey, true);
  return () => {
    document.removeEventListener('copy', onCopy);
    document.removeEventListener('cut', onCopy);
    document.removeEventListener('paste', onPaste);
    document.removeEventListener('pointermove', onMove);
    window.removeEventListener('keydown', onKey, true);
    window.removeEventListener('keyup', onKey, true);
  };
}

/** Text fields and marked text keep their own clipboard. */
function onCanvas(event: Event): boolean {
  if (isTyping(event.target) || isTyping(document.activeElement)) return false;
  const marked = document.getSelection();
  return marked === null || marked.isCollapsed;
}

/** Listens for the keys of the registered actions; keys that only the canvas knows are in canvas/canvas-keys.ts. */

import { allActions } from '../actions/registry.ts';
import type { Designer } from './designer.ts';

export function listenForShortcuts(designer: Designer): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const typing = isTyping(event.target);
    const action = allActions.find(
      (candidate) =>
        candidate.scope !== 'canvas' && (candidate.scope === 'always' || !typing) && candidate.keys.some((keys) => matches(event, keys)),
    );
    if (action === undefined) return;
    // A dialog owns the keyboard while it is open; saving from inside would act on what is behind it.
    if (designer.shell.getState().dialog !== null) return;
    event.preventDefault();
    action.run(designer);
  };
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
}

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type=checkbox]), textarea, select'));
}

function matches(event: KeyboardEvent, keys: string): boolean {
  const parts = keys.split(' ');
  const key = parts[parts.length - 1];
  const control = parts.includes('Ctrl');
  if ((event.ctrlKey || event.metaKey) !== control || event.altKey !== parts.includes('Alt')) return false;
  // `?` needs Shift on most keyboards; the character itself is what counts.
  if (key !== '?' && event.shiftKey !== parts.includes('Shift')) return false;
  return event.key.toLowerCase() === key.toLowerCase();
}

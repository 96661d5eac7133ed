/** Listens for the keys of the registered actions, wherever the focus is; dialogs and menus keep their own keyboard. */
import type { Action } from '../actions/action.ts';
import { chordOf, systemAtHand } from '../actions/chord.ts';
import { reasonAgainst } from '../actions/invoke.ts';
import { actionFor } from '../actions/keymap.ts';
import { isDesktop } from '../host/desktop.ts';
import type { Designer } from './designer.ts';

/** What the focus walks over: nodes, groups, notes and pills. */
const CARD_FACE = '[data-node], [data-group], [data-note], [data-pill]';

/**
 * Tab is an action's key only while the pointer was what brought the focus to the canvas: with hands on the keyboard it
 * moves on as everywhere, so that the canvas is never a trap; Esc lets go of it too.
 */
export function listenForShortcuts(designer: Designer): () => void {
  const system = systemAtHand();
  let pointed = false;
  const onPointer = (event: PointerEvent) => {
    pointed = onCanvas(event.target);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    // A dialog owns the keyboard while it is open; saving from inside would act on what is behind it.
    if (designer.shell.getState().dialog !== null || inOverlay(event.target)) return;
    const chord = chordOf(event, system);
    if (chord === null || (chord === 'Tab' && !pointed)) {
      if (event.key === 'Tab') pointed = false;
      return;
    }
    if (chord === 'Esc') pointed = false;
    const { keys } = designer.preferences.getState();
    const action = actionFor(chord, keys, isDesktop(), (candidate) => acts(candidate, event.target, chord));
    if (action === null || (action.native === true && action.keys.includes(chord))) return;
    event.preventDefault();
    if (event.repeat && action.repeats !== true) return;
    const reason = reasonAgainst(designer, action);
    if (reason === null) action.run(designer);
    else designer.shell.say(reason);
  };
  window.addEventListener('pointerdown', onPointer, true);
  window.addEventListener('keydown', onKey);
  return () => {
    window.removeEventListener('pointerdown', onPointer, true);
    window.removeEventListener('keydown', onKey);
  };
}

export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type=checkbox]), textarea, select, [role=textbox]'))
  );
}

function acts(action: Action, target: EventTarget | null, chord: string): boolean {
  switch (action.scope) {
    case 'always':
      return true;
    case 'outside-fields':
      return !isTyping(target);
    case 'canvas':
      return !isTyping(target) && onCanvas(target) && !pressesButton(target, chord);
  }
}

/** On the drawing, or on what stands for it, such as the outline. */
function onCanvas(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-canvas-keys]') !== null;
}

/** Enter and Space belong to a button that is no card's face: a port, a badge, a menu of a card. */
function pressesButton(target: EventTarget | null, chord: string): boolean {
  if (chord !== 'Enter' && chord !== 'Space') return false;
  return target instanceof Element && target.closest('button, a, [role="button"]')?.matches(CARD_FACE) === false;
}

/** Menus, lists and popovers act on their own keys while they are open. */
function inOverlay(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role="menu"], [role="listbox"], [aria-modal="true"]') !== null;
}

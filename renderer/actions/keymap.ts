/** Which chords do what: the registered ones with the person's own in their place, and who else holds a chord. */
import type { Designer } from '../app/designer.ts';
import { isDesktop } from '../host/desktop.ts';
import type { Action, ActionId } from './action.ts';
import { formatChord, isReservedByBrowsers, systemAtHand } from './chord.ts';
import type { OwnKeys } from './own-keys.ts';
import { actionOf, allActions } from './registry.ts';

/** The chords in force, the one to show first. */
export function chordsOf(action: Action, own: OwnKeys, desktop: boolean): readonly string[] {
  const chords = own[action.id] ?? action.keys;
  return desktop ? chords : chords.filter((chord) => !isReservedByBrowsers(chord));
}

/** The action whose keys contain the chord where the focus is. */
export function actionFor(
  chord: string,
  own: OwnKeys,
  desktop: boolean,
  acts: (action: Action) => boolean,
  actions: readonly Action[] = allActions,
): Action | null {
  return actions.find((action) => acts(action) && chordsOf(action, own, desktop).includes(chord)) ?? null;
}

/** Every other action that the chord would also mean. */
export function conflictsOf(chord: string, id: ActionId, own: OwnKeys, actions: readonly Action[] = allActions): readonly Action[] {
  return actions.filter((action) => action.id !== id && (own[action.id] ?? action.keys).includes(chord));
}

/** Gives an action the chord in place of its own; whoever held it loses it. Default keys are not written down. */
export function remap(own: OwnKeys, id: ActionId, chord: string, actions: readonly Action[] = allActions): OwnKeys {
  const next: { [id: string]: readonly string[] } = { ...own, [id]: [chord] };
  for (const other of conflictsOf(chord, id, own, actions)) {
    next[other.id] = (own[other.id] ?? other.keys).filter((held) => held !== chord);
  }
  for (const action of actions) {
    if (next[action.id] !== undefined && sameChords(next[action.id], action.keys)) delete next[action.id];
  }
  return next;
}

/** Back to the registered keys; an action that took one of them meanwhile gives it back. */
export function resetKeys(own: OwnKeys, id: ActionId, actions: readonly Action[] = allActions): OwnKeys {
  const { [id]: _own, ...rest } = own;
  const registered = actions.find((action) => action.id === id)?.keys ?? [];
  const next: { [id: string]: readonly string[] } = { ...rest };
  for (const [other, chords] of Object.entries(rest)) {
    if (chords.some((chord) => registered.includes(chord))) next[other] = chords.filter((chord) => !registered.includes(chord));
  }
  return next;
}

/** The first chord in force, written for this system; null without one. */
export function keysShown(designer: Designer, id: ActionId): string | null {
  const chord = chordsOf(actionOf(id), designer.preferences.getState().keys, isDesktop())[0];
  return chord === undefined ? null : formatChord(chord, systemAtHand());
}

function sameChords(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((chord, index) => chord === b[index]);
}

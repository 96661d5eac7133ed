/** The keys that a person gave to actions, as they are kept in the preferences. */
import type { JsonValue } from '../../engine/base/json.ts';
import { parseChord } from './chord.ts';

/** By action; an empty list means that the action has no key. */
export type OwnKeys = { readonly [id: string]: readonly string[] };

/** Entries that are damaged, or no chord, fall back to the registered keys. */
export function readOwnKeys(json: JsonValue | undefined): OwnKeys {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return {};
  const keys: { [id: string]: readonly string[] } = {};
  for (const [id, value] of Object.entries(json)) {
    if (!Array.isArray(value)) continue;
    const chords = value.map((chord: JsonValue) => (typeof chord === 'string' ? parseChord(chord) : null));
    if (chords.every((chord) => chord !== null)) keys[id] = chords;
  }
  return keys;
}

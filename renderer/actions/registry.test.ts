/** Every action has a name in both languages, keys that nobody else has in its scope, and a place in the menus that list it. */
import { expect, test } from 'vitest';
import { CONTEXT_MENUS } from '../canvas/context-menu.ts';
import { actionStrings as english } from '../strings/en/actions.ts';
import { actionStrings as chinese } from '../strings/zh/actions.ts';
import { parseChord } from './chord.ts';
import { actionOf, allActions } from './registry.ts';

test('every action has a name in both languages, and every name an action', () => {
  const registered = allActions.map(({ id }) => id).sort();
  expect(registered).toEqual(Object.keys(english.action).sort());
  expect(registered).toEqual(Object.keys(chinese.action).sort());
  expect(Object.values(chinese.action).every((name) => name !== '')).toBe(true);
});

test('no two actions share a key where both act, and every key is written in its one form', () => {
  const owners = new Map<string, string>();
  for (const { id, keys } of allActions) {
    for (const chord of keys) {
      expect(parseChord(chord)).toBe(chord);
      expect(`${chord}: ${owners.get(chord) ?? id}`).toBe(`${chord}: ${id}`);
      owners.set(chord, id);
    }
  }
});

test('every action has an icon, and context menus name registered actions once', () => {
  expect(allActions.filter(({ icon }) => icon === undefined).map(({ id }) => id)).toEqual([]);
  for (const list of Object.values(CONTEXT_MENUS)) {
    const ids = list.flat();
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(actionOf(id).id).toBe(id);
  }
});

/** Which action a chord reaches, with what the person remapped, by scope and by what browsers keep for themselves. */
import { describe, expect, test } from 'vitest';
import type { Action } from './action.ts';
import { actionFor, chordsOf, conflictsOf, remap, resetKeys } from './keymap.ts';
import { readOwnKeys } from './own-keys.ts';

const save: Action = { id: 'save', area: 'file', keys: ['Ctrl S'], scope: 'always', run: () => undefined };
const open: Action = { id: 'open', area: 'file', keys: ['Ctrl O'], scope: 'always', run: () => undefined };
const create: Action = { id: 'newPipeline', area: 'file', keys: ['Ctrl N', 'Ctrl Alt N'], scope: 'always', run: () => undefined };
const actions = [save, open, create];
const anywhere = () => true;

test('what a browser keeps for itself acts and shows only on the desktop', () => {
  expect(chordsOf(create, {}, false)).toEqual(['Ctrl Alt N']);
  expect(chordsOf(create, {}, true)).toEqual(['Ctrl N', 'Ctrl Alt N']);
  expect(actionFor('Ctrl N', {}, false, anywhere, actions)).toBeNull();
  expect(actionFor('Ctrl N', {}, true, anywhere, actions)).toBe(create);
});

describe('remapping', () => {
  test('the new chord acts and the old one no longer does', () => {
    const own = remap({}, 'save', 'Alt S', actions);
    expect(own).toEqual({ save: ['Alt S'] });
    expect(actionFor('Alt S', own, false, anywhere, actions)).toBe(save);
    expect(actionFor('Ctrl S', own, false, anywhere, actions)).toBeNull();
  });

  test('a chord that another action holds is named, and taken from it', () => {
    expect(conflictsOf('Ctrl O', 'save', {}, actions)).toEqual([open]);
    const own = remap({}, 'save', 'Ctrl O', actions);
    expect(own).toEqual({ save: ['Ctrl O'], open: [] });
    expect(actionFor('Ctrl O', own, false, anywhere, actions)).toBe(save);
  });

  test('the registered key is not written down, and reset gives a taken key back', () => {
    expect(remap({ save: ['Alt S'] }, 'save', 'Ctrl S', actions)).toEqual({});
    expect(resetKeys({ save: ['Ctrl O'], open: [] }, 'open', actions)).toEqual({ save: [] });
  });
});

test('damaged entries of the preferences are left out', () => {
  expect(readOwnKeys({ save: ['Shift Ctrl S'], open: 'Ctrl O', run: [5], stop: [] })).toEqual({ save: ['Ctrl Shift S'], stop: [] });
  expect(readOwnKeys('broken')).toEqual({});
});

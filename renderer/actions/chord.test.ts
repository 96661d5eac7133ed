/** What is pressed, what is written and what is shown of a chord are the same chord. */
import { describe, expect, test } from 'vitest';
import type { Pressed } from './chord.ts';
import { chordKeys, chordOf, joinChords, parseChord } from './chord.ts';

function press(keys: Partial<Pressed> & { readonly key: string }): Pressed {
  return { code: '', ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...keys };
}

describe('chord of a key event', () => {
  test.each([
    ['a letter', press({ key: 'd' }), 'D', 'D'],
    ['with Shift', press({ key: 'L', shiftKey: true }), 'Shift L', 'Shift L'],
    ['with Ctrl', press({ key: 's', ctrlKey: true }), 'Ctrl S', null],
    ['with Cmd', press({ key: 's', metaKey: true }), null, 'Ctrl S'],
    ['Ctrl Shift', press({ key: 'P', ctrlKey: true, shiftKey: true }), 'Ctrl Shift P', null],
    ['Cmd Shift', press({ key: 'p', metaKey: true, shiftKey: true }), null, 'Ctrl Shift P'],
    ['Ctrl backtick', press({ key: '`', ctrlKey: true }), 'Ctrl `', 'Ctrl `'],
    ['Cmd backtick', press({ key: '`', metaKey: true }), null, null],
    ['a sign that needs Shift', press({ key: '?', shiftKey: true }), '?', '?'],
    ['plus with Shift', press({ key: '+', shiftKey: true }), '+', '+'],
    ['a digit', press({ key: '0' }), '0', '0'],
    ['an arrow', press({ key: 'ArrowLeft', shiftKey: true }), 'Shift ←', 'Shift ←'],
    ['delete', press({ key: 'Delete', ctrlKey: true }), 'Ctrl Del', null],
    ['space', press({ key: ' ' }), 'Space', 'Space'],
    ['menu', press({ key: 'ContextMenu' }), 'Menu', 'Menu'],
    ['a function key', press({ key: 'F8', shiftKey: true }), 'Shift F8', 'Shift F8'],
    ['Option letter of macOS', press({ key: '¬', code: 'KeyL', altKey: true }), 'Alt L', 'Alt L'],
    ['Option dead key of macOS', press({ key: 'Dead', code: 'KeyN', altKey: true }), 'Alt N', 'Alt N'],
    ['a Cyrillic letter', press({ key: 'я', code: 'KeyZ', ctrlKey: true }), 'Ctrl Z', null],
    ['a Greek letter', press({ key: 'φ', code: 'KeyF', metaKey: true }), null, 'Ctrl F'],
    ['only a modifier', press({ key: 'Shift', shiftKey: true }), null, null],
    ['only Alt', press({ key: 'Alt', altKey: true }), null, null],
  ])('%s', (_name, event, other, mac) => {
    expect([chordOf(event, 'other'), chordOf(event, 'mac')]).toEqual([other, mac]);
  });
});

test('chords are written for the system', () => {
  expect(chordKeys('Ctrl Shift S', 'other')).toEqual(['Ctrl', 'Shift', 'S']);
  expect(chordKeys('Ctrl Shift S', 'mac')).toEqual(['⌘', '⇧', 'S']);
  expect(chordKeys('Ctrl `', 'mac')).toEqual(['Ctrl', '`']);
  expect(chordKeys('-', 'other')).toEqual(['−']);
});

test('chords with the same modifiers are written together', () => {
  expect(joinChords(['Alt ←', 'Alt →'])).toEqual(['Alt ←→']);
  expect(joinChords(['1', '2'])).toEqual(['1 / 2']);
  expect(joinChords(['Ctrl Z', 'F5'])).toEqual(['Ctrl Z', 'F5']);
});

test('a chord is read in any order and written in one', () => {
  expect(parseChord('Shift Ctrl s')).toBe('Ctrl Shift s');
  expect([parseChord(''), parseChord('Ctrl'), parseChord('Hyper X')]).toEqual([null, null, null]);
});

/** Notes: what is written, coloured, tied and resized, and that a command that changes nothing is none. */
import { expect, test } from 'vitest';
import type { NoteSpec, PipelineDocument } from '../../engine/spec/document.ts';
import { loadDocument } from '../../engine/spec/load-document.ts';
import { printDocument } from '../../engine/spec/save-document.ts';
import { clipOf, printClip } from './clipboard.ts';
import { createDocument } from './commands.ts';
import { addNote, colourNote, NOTE_SIZE_MIN, resizeNote, tieNote, writeNote } from './note-commands.ts';
import { readClip } from './read-clip.ts';
import { EMPTY_SELECTION } from './selection.ts';

const { document, id } = addNote(createDocument('noted'), { text: 'Why', at: { x: 9, y: 18 }, group: null });
const only = (changed: PipelineDocument): NoteSpec | undefined => changed.drawing.notes?.[0];

test.each<[string, (before: PipelineDocument) => PipelineDocument, Partial<NoteSpec>]>([
  ['text', (before) => writeNote(before, id, 'Because'), { text: 'Because' }],
  ['colour', (before) => colourNote(before, id, 'rose'), { colour: 'rose' }],
  ['node', (before) => tieNote(before, id, 'n'), { node: 'n' }],
  ['size, not below the least', (before) => resizeNote(before, id, 1, 400), { width: NOTE_SIZE_MIN.width, height: 400 }],
])('its %s is changed, once', (_what, change, expected) => {
  const changed = change(document);
  expect(only(changed)).toEqual({ ...only(document), ...expected });
  expect(change(changed)).toBe(changed);
});

test('without a colour or a node it is as it was', () => {
  const changed = tieNote(colourNote(document, id, 'teal'), id, 'n');
  expect(only(tieNote(colourNote(changed, id, null), id, null))).toEqual(only(document));
});

test('the file and a copy keep the colour', () => {
  const coloured = colourNote(document, id, 'green');
  const read = loadDocument(printDocument(coloured)).document;
  expect(read === null ? null : only(read)).toEqual(only(coloured));
  const clip = clipOf(coloured, { ...EMPTY_SELECTION, drawn: new Set([id]) }, () => null);
  expect(clip === null ? null : readClip(printClip(clip))?.notes[0]?.colour).toBe('green');
});

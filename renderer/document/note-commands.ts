/** Notes on the drawing: added, written, moved, resized, tied to a node. Never part of the logic. */
import type { NoteSpec, PipelineDocument, Point } from '../../engine/spec/document.ts';
import { newDrawingId } from './identifiers.ts';

export const NOTE_SIZE = { width: 225, height: 117 };
export const NOTE_SIZE_MIN = { width: 108, height: 45 };
/** Of one note, in UTF-16 units. */
export const NOTE_TEXT_MAX = 20_000;

export interface NewNote {
  readonly text: string;
  readonly at: Point;
  readonly width?: number;
  readonly height?: number;
  readonly node?: string;
  readonly group: string | null;
}

export function addNote(document: PipelineDocument, note: NewNote): { readonly document: PipelineDocument; readonly id: string } {
  const id = newDrawingId(document, 'note');
  const added: NoteSpec = {
    id,
    text: note.text,
    x: Math.round(note.at.x),
    y: Math.round(note.at.y),
    width: note.width ?? NOTE_SIZE.width,
    height: note.height ?? NOTE_SIZE.height,
    ...(note.node === undefined ? {} : { node: note.node }),
    ...(note.group === null ? {} : { group: note.group }),
  };
  return { document: withNotes(document, [...(document.drawing.notes ?? []), added]), id };
}

export function writeNote(document: PipelineDocument, id: string, text: string): PipelineDocument {
  return updateNote(document, id, (note) => (note.text === text ? note : { ...note, text: text.slice(0, NOTE_TEXT_MAX) }));
}

export function resizeNote(document: PipelineDocument, id: string, width: number, height: number): PipelineDocument {
  const size = {
    width: Math.max(NOTE_SIZE_MIN.width, Math.round(width)),
    height: Math.max(NOTE_SIZE_MIN.height, Math.round(height)),
  };
  return updateNote(document, id, (note) => (note.width === size.width && note.height === size.height ? note : { ...note, ...size }));
}

/** Null is the colour of every note. */
export function colourNote(document: PipelineDocument, id: string, colour: string | null): PipelineDocument {
  return updateNote(document, id, (note) => {
    const { colour: old, ...rest } = note;
    if ((old ?? null) === colour) return note;
    return colour === null ? rest : { ...rest, colour };
  });
}

/** Null unties it. */
export function tieNote(document: PipelineDocument, id: string, node: string | null): PipelineDocument {
  return updateNote(document, id, (note) => {
    const { node: old, ...rest } = note;
    if ((old ?? null) === node) return note;
    return node === null ? rest : { ...rest, node };
  });
}

export function removeNotes(document: PipelineDocument, ids: ReadonlySet<string>): PipelineDocument {
  const notes = document.drawing.notes ?? [];
  const kept = notes.filter((note) => !ids.has(note.id));
  return kept.length === notes.length ? document : withNotes(document, kept);
}

export function updateNote(document: PipelineDocument, id: string, change: (note: NoteSpec) => NoteSpec): PipelineDocument {
  const notes = document.drawing.notes ?? [];
  const index = notes.findIndex((note) => note.id === id);
  if (index < 0) return document;
  const changed = change(notes[index]);
  return changed === notes[index]
    ? document
    : withNotes(
        document,
        notes.map((note) => (note.id === id ? changed : note)),
      );
}

export function withNotes(document: PipelineDocument, notes: readonly NoteSpec[]): PipelineDocument {
  const { notes: _old, ...drawing } = document.drawing;
  return { ...document, drawing: notes.length === 0 ? drawing : { ...drawing, notes } };
}

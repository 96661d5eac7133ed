/** A note on the drawing: Markdown on a brass sheet, written in place, resized at its corner, tied to a node if one likes. */
import type { NodeProps } from '@xyflow/react';
import { memo, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useDesigner, useStore } from '../app/designer.ts';
import type { NoteCard as Card } from '../canvas/card.ts';
import { tintOf } from '../canvas/tints.ts';
import { useCard } from '../canvas/use-card.ts';
import type { NoteFlowNode } from '../canvas/view.ts';
import { NOTE_TEXT_MAX, resizeNote, writeNote } from '../document/note-commands.ts';
import { noteTint } from '../picture/tints.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from '../ui/classes.ts';
import { NoteCorner } from './NoteCorner.tsx';
import { NoteText } from './NoteText.tsx';
import { NoteTie } from './NoteTie.tsx';
import style from './note.module.css';

/** Of a note's text that its name for screen readers carries. */
const SPOKEN_MAX = 120;

export const NoteCard = memo(function NoteCard({ data, selected }: NodeProps<NoteFlowNode>) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const card = useCard(data.card);
  const { note } = card;
  const editing = useStore(designer.view, (state) => state.editingNote === note.id);
  const focused = useStore(designer.selection, (state) => state.focus === note.id);
  const [size, setSize] = useState<{ readonly width: number; readonly height: number } | null>(null);
  const spoken = note.text.replace(/\s+/g, ' ').trim();
  const label = spoken === '' ? t('groups.noteEmpty') : t('groups.noteName', { text: spoken.slice(0, SPOKEN_MAX) });
  const tint = noteTint(note.colour);
  return (
    <div
      className={classes(style.note, tint !== null && style.tinted, selected === true && style.selected)}
      style={size ?? undefined}
      data-card={note.id}
      data-tint={tint ?? undefined}
    >
      <NoteTie card={card} />
      <button
        type="button"
        className={classes(style.sheet, tint === null ? style.plain : tintOf(tint))}
        tabIndex={focused && !editing ? 0 : -1}
        data-note={note.id}
        aria-pressed={selected === true}
        aria-label={label}
        onFocus={() => designer.selection.focus(note.id)}
      />
      {editing ? <Editor card={card} /> : <Written card={card} />}
      <NoteCorner note={note} onSize={setSize} />
    </div>
  );
});

/** Grows the note when what was written does not fit, as part of the same undo step. */
function Written({ card }: { readonly card: Card }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const { note } = card;
  const element = useRef<HTMLDivElement>(null);
  const full = useStore(designer.view, (state) => state.level === 'full');
  useLayoutEffect(() => {
    if (designer.view.getState().writtenNote !== note.id || !full) return;
    // Asked for only now: it lays the whole page out.
    const height = element.current?.scrollHeight ?? 0;
    designer.view.wroteNote(null);
    if (height > note.height)
      designer.documents.commit('note', (document) => resizeNote(document, note.id, note.width, height), burst(note.id));
  }, [designer, note, full]);
  return (
    <div ref={element} className={classes(style.text, note.text.trim() === '' && style.empty)}>
      {note.text.trim() === '' ? t('groups.noteEmpty') : <NoteText text={note.text} />}
    </div>
  );
}

function Editor({ card }: { readonly card: Card }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const { note } = card;
  const element = useRef<HTMLTextAreaElement>(null);
  const tint = noteTint(note.colour);
  useEffect(() => {
    element.current?.focus({ preventScroll: true });
    element.current?.select();
  }, []);
  const finish = (back: boolean) => {
    designer.view.editNote(null);
    designer.view.wroteNote(note.id);
    if (back) designer.canvas?.focusNode(note.id);
  };
  return (
    <textarea
      ref={element}
      className={classes('nodrag', 'nowheel', style.editor, tint === null ? style.plain : tintOf(tint))}
      aria-label={t('groups.noteEdit')}
      placeholder={t('groups.notePlaceholder')}
      maxLength={NOTE_TEXT_MAX}
      value={note.text}
      onChange={(event) => {
        const text = event.currentTarget.value;
        designer.documents.commit('note', (document) => writeNote(document, note.id, text), burst(note.id));
      }}
      onBlur={() => finish(false)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key !== 'Escape' && !(event.key === 'Enter' && (event.ctrlKey || event.metaKey))) return;
        event.preventDefault();
        finish(true);
      }}
    />
  );
}

function burst(id: string): string {
  return `note ${id}`;
}

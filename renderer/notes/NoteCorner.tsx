/** The corner that resizes a note: dragged, or with the arrow keys. */
import { useReactFlow } from '@xyflow/react';
import type { KeyboardEvent, PointerEvent } from 'react';
import type { NoteSpec } from '../../engine/spec/document.ts';
import { useDesigner } from '../app/designer.ts';
import { GRID, snap } from '../canvas/geometry.ts';
import { NOTE_SIZE_MIN, resizeNote } from '../document/note-commands.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from '../ui/classes.ts';
import style from './note.module.css';

interface Size {
  readonly width: number;
  readonly height: number;
}

const STEPS: Readonly<Record<string, Size>> = {
  ArrowLeft: { width: -GRID, height: 0 },
  ArrowRight: { width: GRID, height: 0 },
  ArrowUp: { width: 0, height: -GRID },
  ArrowDown: { width: 0, height: GRID },
};

/** `onSize` shows the size under the pointer; null: the note's own again. */
export function NoteCorner({ note, onSize }: { readonly note: NoteSpec; readonly onSize: (size: Size | null) => void }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const flow = useReactFlow();
  const commit = (size: Size, burst?: string) =>
    designer.documents.commit('note', (document) => resizeNote(document, note.id, size.width, size.height), burst);

  const onPointerDown = (event: PointerEvent<HTMLButtonElement>) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    const { clientX, clientY } = event;
    const zoom = flow.getZoom();
    const sizeAt = (at: globalThis.PointerEvent): Size => ({
      width: Math.max(NOTE_SIZE_MIN.width, snap(note.width + (at.clientX - clientX) / zoom)),
      height: Math.max(NOTE_SIZE_MIN.height, snap(note.height + (at.clientY - clientY) / zoom)),
    });
    const stop = new AbortController();
    const { signal } = stop;
    const rest = () => {
      stop.abort();
      onSize(null);
    };
    window.addEventListener('pointermove', (move) => onSize(sizeAt(move)), { signal });
    window.addEventListener(
      'pointerup',
      (up) => {
        rest();
        if (up.clientX !== clientX || up.clientY !== clientY) commit(sizeAt(up));
      },
      { signal },
    );
    window.addEventListener('pointercancel', rest, { signal });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    commit({ width: note.width + step.width, height: note.height + step.height }, `size ${note.id}`);
  };

  return (
    <button
      type="button"
      className={classes('nodrag', style.corner)}
      aria-label={t('groups.noteResize')}
      title={t('groups.noteResize')}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    >
      <svg width="9" height="9" viewBox="0 0 9 9" aria-hidden="true" stroke="currentColor" strokeWidth="1.25">
        <path d="M8.5 1 1 8.5M8.5 5 5 8.5" />
      </svg>
    </button>
  );
}

/** Esc in a one-line field takes back what was typed since it got the focus, and goes back to the drawing; Ctrl Enter keeps it. */
import type { FocusEvent, KeyboardEvent } from 'react';
import { useRef } from 'react';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import type { Designer } from '../app/designer.ts';
import { undo } from '../app/editing.ts';

interface Visit {
  readonly field: EventTarget;
  readonly document: PipelineDocument;
}

export interface TakeBack {
  onFocus(event: FocusEvent): void;
  onKeyDown(event: KeyboardEvent): void;
}

export function useTakeBack(designer: Designer): TakeBack {
  const visit = useRef<Visit | null>(null);
  return {
    onFocus({ target }) {
      if (target instanceof HTMLInputElement) visit.current = { field: target, document: designer.documents.getState().document };
    },
    onKeyDown(event) {
      // Lists that are open close first.
      if (event.key !== 'Escape' || event.defaultPrevented || event.nativeEvent.isComposing) return;
      if (!(event.target instanceof HTMLInputElement) || event.target.type === 'checkbox') return;
      event.preventDefault();
      if (visit.current?.field === event.target) takeBackTo(designer, visit.current.document);
      const { nodes, drawn } = designer.selection.getState();
      designer.canvas?.focusNode([...nodes, ...drawn][0] ?? null);
    },
  };
}

/** What was taken back can still be done again. */
function takeBackTo(designer: Designer, before: PipelineDocument): void {
  const { documents } = designer;
  while (documents.getState().document !== before && documents.getState().past.some((step) => step.document === before)) undo(designer);
}

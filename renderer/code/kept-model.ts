/**
 * The text of the code that was edited last, with its undo history and its caret: they go on where the same code is opened again,
 * in the form or large.
 */
import type { editor as EditorApi } from 'monaco-editor/editor/editor.api.js';

/** Half-open, in UTF-16 units. */
export interface Selection {
  readonly start: number;
  readonly end: number;
}

interface Kept {
  readonly key: string;
  readonly model: EditorApi.ITextModel;
  selection: Selection;
}

const START: Selection = { start: 0, end: 0 };

/** One only: who goes to other code has done with this one. */
let kept: Kept | null = null;

export function keptModel(key: string, create: () => EditorApi.ITextModel): EditorApi.ITextModel {
  if (kept?.key !== key) {
    if (kept !== null && !kept.model.isAttachedToEditor()) kept.model.dispose();
    kept = { key, model: create(), selection: START };
  }
  return kept.model;
}

export function isKept(model: EditorApi.ITextModel): boolean {
  return kept?.model === model;
}

export function keepSelection(model: EditorApi.ITextModel, selection: Selection): void {
  if (kept?.model === model) kept.selection = selection;
}

/** Where the caret is, or was last; at the start of code that nobody has edited. */
export function keptSelection(key: string): Selection {
  return kept?.key === key ? kept.selection : START;
}

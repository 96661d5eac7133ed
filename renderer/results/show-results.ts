/** Switching between the drawing of a pipeline and what comes out of it. */
import type { Designer } from '../app/designer.ts';
import { resultSinks } from './sinks.ts';

/** Of the selected sink, if one is. */
export function showResults({ documents, gestures, selection, shell }: Designer): void {
  const selected = resultSinks(documents.getState().document).find((node) => selection.getState().nodes.has(node.id));
  shell.set({ page: 'results', overlayPanel: null, ...(selected === undefined ? {} : { result: selected.id }) });
  // The pointer never leaves a card that is not there any more.
  gestures.hover({ card: null, port: null, edge: null });
}

export function showCanvas({ shell }: Designer): void {
  shell.set({ page: 'canvas' });
}

/** After something was deleted a toast offers to undo it, as long as that is what undo would do. */
import i18next from 'i18next';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import { toast } from '../ui/toast.ts';
import type { Designer } from './designer.ts';
import { undo } from './editing.ts';

const TOAST = 'deleted';

export function offerUndoOfDeletes(designer: Designer): () => void {
  let offered: object | null = null;
  return designer.documents.subscribe((state, previous) => {
    const step = state.past.at(-1);
    if (offered !== null && step !== offered) {
      offered = null;
      toast.dismiss(TOAST);
    }
    const deleted = step !== undefined && step.label === 'remove' && state.past.length > previous.past.length;
    if (!deleted || state.future.length > 0 || state.generation !== previous.generation) return;
    const title = wordsFor(step.document, state.document);
    if (title === null) return;
    offered = step;
    toast.undo(title, { id: TOAST, ways: [{ label: i18next.t('common.undo'), run: () => undo(designer) }] });
  });
}

function wordsFor(before: PipelineDocument, after: PipelineDocument): string | null {
  const nodes = before.nodes.length - after.nodes.length;
  const edges = before.edges.length - after.edges.length;
  const parts = [
    nodes > 0 ? i18next.t('toast.nodes', { count: nodes }) : null,
    edges > 0 ? i18next.t('toast.edges', { count: edges }) : null,
  ].filter((part) => part !== null);
  if (parts.length === 0) return null;
  return parts.length === 1
    ? i18next.t('toast.deleted', { what: parts[0] })
    : i18next.t('toast.deletedBoth', { nodes: parts[0], edges: parts[1] });
}

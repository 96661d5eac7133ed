/** Why an action cannot be done now, the reasons that several actions share. */
import i18next from 'i18next';
import type { Designer } from '../app/designer.ts';

type Answer = true | string;

export function needsNode(designer: Designer): Answer {
  return designer.selection.getState().nodes.size > 0 || i18next.t('cannot.noNode');
}

export function needsOneNode(designer: Designer): Answer {
  const { nodes, focus } = designer.selection.getState();
  return nodes.size === 1 || (nodes.size === 0 && focus !== null) || i18next.t('cannot.notOneNode');
}

export function needsFocus(designer: Designer): Answer {
  return designer.selection.getState().focus !== null || i18next.t('cannot.noNode');
}

export function needsOneEdge({ selection }: Designer): Answer {
  return selection.getState().edges.size === 1 || i18next.t('cannot.notOneEdge');
}

export function needsSelection(designer: Designer): Answer {
  const { nodes, edges, drawn } = designer.selection.getState();
  return nodes.size + edges.size + drawn.size > 0 || i18next.t('cannot.noSelection');
}

/** Nodes, groups or notes. */
export function needsCards(designer: Designer): Answer {
  const { nodes, drawn } = designer.selection.getState();
  return nodes.size + drawn.size > 0 || i18next.t('cannot.noNode');
}

export function needsDrawing(designer: Designer): Answer {
  return designer.documents.getState().document.nodes.length > 0 || i18next.t('cannot.empty');
}

/** The Start tab shows none. */
export function needsPipeline({ sessions }: Designer): Answer {
  return sessions.active().kind === 'pipeline' || i18next.t('cannot.noPipeline');
}

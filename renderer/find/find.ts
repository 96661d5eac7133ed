/** Looking for something in the open pipeline: the panel opens, words are searched, Enter goes from node to node. */
import i18next from 'i18next';
import type { Designer } from '../app/designer.ts';
import { showPlaceOf } from '../app/grouping.ts';
import { openLeftPanel } from '../app/left-panel.ts';
import { nodeLabel } from '../document/definitions.ts';
import { currentLanguage } from '../strings/language.ts';
import type { FoundNode } from './search-document.ts';
import { searchDocument } from './search-document.ts';

export function openFind(designer: Designer): void {
  openLeftPanel(designer, 'search');
  designer.find.ask();
}

export function lookFor(designer: Designer, query: string): void {
  const found = findingsOf(designer, query);
  designer.find.look(query, found);
  if (query !== '') designer.shell.say(i18next.t('find.count', { count: found.length }));
}

/** Keeps what was found true while the pipeline is edited. */
export function followDocument(designer: Designer): void {
  const refresh = () => {
    const { query } = designer.find.getState();
    if (query !== '') designer.find.refresh(findingsOf(designer, query));
  };
  designer.checks.subscribe((state, previous) => {
    if (state.document !== previous.document) refresh();
  });
  designer.documents.subscribe((state, previous) => {
    if (state.generation !== previous.generation) lookFor(designer, '');
  });
  designer.preferences.subscribe((state, previous) => {
    if (state.language !== previous.language) refresh();
  });
}

/** The next or previous node that was found, selected and in the middle of the canvas. */
export function stepFound(designer: Designer, direction: 1 | -1): void {
  const { found, current } = designer.find.getState();
  if (found.length === 0) return;
  const next = current < 0 ? (direction === 1 ? 0 : found.length - 1) : (current + direction + found.length) % found.length;
  showFound(designer, next);
}

export function showFound(designer: Designer, index: number): void {
  const { node } = designer.find.getState().found[index] ?? { node: null };
  if (node === null) return;
  designer.find.show(index);
  showNode(designer, node.id);
  const { found } = designer.find.getState();
  designer.shell.say(i18next.t('find.shown', { label: nodeLabel(node, currentLanguage()), index: index + 1, count: found.length }));
}

/** Looks into the group it stands in, selects it and brings it into the middle. */
export function showNode(designer: Designer, nodeId: string): void {
  showPlaceOf(designer, nodeId);
  designer.selection.select([nodeId]);
  designer.canvas?.centreOn(nodeId);
}

function findingsOf(designer: Designer, query: string): readonly FoundNode[] {
  const { document } = designer.documents.getState();
  const { cardOf } = designer.view.getState().projection;
  const place = (id: string) => cardOf.get(id)?.position ?? document.drawing.positions[id] ?? { x: 0, y: 0 };
  return searchDocument({ document, nodes: designer.checks.ensure(document).nodes, place, language: currentLanguage() }, query);
}

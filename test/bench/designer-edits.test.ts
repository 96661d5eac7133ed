/** How much of five hundred cards an edit touches: what React Flow is handed anew it goes through whole. */
import { expect, test, vi } from 'vitest';
import { createViewStore } from '../../renderer/canvas/view.ts';
import { setField, setLabel } from '../../renderer/document/commands.ts';
import { EMPTY_SELECTION } from '../../renderer/document/selection.ts';
import { designerPipeline, FULL_SIZE } from './designer-pipeline.ts';

vi.stubGlobal('Path2D', class {});

const document = designerPipeline(FULL_SIZE);

function shown() {
  const view = createViewStore();
  view.refresh({ document, selection: EMPTY_SELECTION, live: true });
  return view;
}

test('a key in a name or a setting hands React Flow and the painter nothing', () => {
  const view = shown();
  const before = view.getState();
  const renamed = setLabel(document, 'c3r3', 'Payments');
  view.refresh({ document: renamed, selection: EMPTY_SELECTION, live: true });
  view.refresh({ document: setField(renamed, 'c3r3', 'condition', 'amount > 1'), selection: EMPTY_SELECTION, live: true });
  const after = view.getState();
  expect([after.nodes === before.nodes, after.edges === before.edges, after.scene === before.scene]).toEqual([true, true, true]);
  expect(after.projection.cardOf.get('c3r3')?.rows[0].node.label).toBe('Payments');
  expect(after.projection.cards.filter((card) => before.projection.cardOf.get(card.id) !== card).map((card) => card.id)).toEqual(['c3r3']);
});

test('a drag hands on the moved card and its edges, and its content stays the same', () => {
  const view = shown();
  const before = view.getState();
  view.drag(new Map([['c3r3', { x: 5, y: 5 }]]));
  const after = view.getState();
  const moved = after.nodes.filter((node, index) => node !== before.nodes[index]);
  expect(moved.map((node) => node.id)).toEqual(['c3r3']);
  expect(before.nodes.some((node) => node.data === moved[0].data)).toBe(true);
  const touching = document.edges.filter((edge) => edge.from.node === 'c3r3' || edge.to.node === 'c3r3').map((edge) => edge.id);
  expect(after.scene.filter((edge, index) => edge !== before.scene[index]).map((edge) => edge.id)).toEqual(touching);
});

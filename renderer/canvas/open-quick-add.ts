/** Opens the box that adds a node: behind the focused node with an edge, or at a point of the page. */
import type { Point } from '../../engine/spec/document.ts';
import type { Designer } from '../app/designer.ts';
import { centredAt, placeAfter } from '../app/editing.ts';

/** Behind the focused node, else in the middle of what is visible. */
export function openQuickAdd(designer: Designer): void {
  const { focus } = designer.selection.getState();
  const { canvas } = designer;
  if (canvas === null) return;
  const { document } = designer.documents.getState();
  const node = document.nodes.find((candidate) => candidate.id === focus);
  if (node === undefined) {
    openQuickAddAt(designer, null);
    return;
  }
  // The node may be newer than the last check: hands are faster than its delay.
  const output = designer.checks.ensure(document).nodes.get(node.id)?.outputs[0];
  const at = placeAfter(designer, node.id);
  const from = output === undefined ? null : ({ port: { node: node.id, port: output.port.name }, side: 'out' } as const);
  designer.shell.set({ quickAdd: { at, screen: canvas.toScreen(at), from } });
}

/** `screen` is a point of the page; null means the middle of what is visible. */
export function openQuickAddAt(designer: Designer, screen: Point | null): void {
  const { canvas } = designer;
  if (canvas === null) return;
  const at = screen === null ? canvas.centre() : canvas.toDrawing(screen);
  designer.shell.set({ quickAdd: { at: centredAt(at), screen: screen ?? canvas.toScreen(at), from: null } });
}

/** To put a node into the selected edge. */
export function openQuickAddInEdge(designer: Designer, pointed: Point | null): void {
  const [edge] = designer.selection.getState().edges;
  const { canvas } = designer;
  const scene = designer.view.getState().scene.find((candidate) => candidate.line.edges.some((each) => each.id === edge));
  if (edge === undefined || canvas === null || scene === undefined) return;
  const from = { port: scene.line.spec.from, side: 'out' } as const;
  designer.shell.set({ quickAdd: { at: centredAt(scene.chipAt), screen: pointed ?? canvas.toScreen(scene.chipAt), from, edge } });
}

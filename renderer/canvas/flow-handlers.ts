/** What React Flow reports about cards, edges and the pane, turned into selection, dragging and popovers. */
import type { EdgeChange, NodeChange } from '@xyflow/react';
import { useStoreApi } from '@xyflow/react';
import type { MouseEvent, RefObject } from 'react';
import { useEffect, useMemo } from 'react';
import { useDesigner } from '../app/designer.ts';
import { focusFirstField } from '../inspector/use-field-focus.ts';
import { watchEdge } from '../runs/watch-edge.ts';
import style from './canvas.module.css';
import { openCard } from './choose.ts';
import { connectHandlers } from './connect-handlers.ts';
import { createDragging } from './dragging.ts';
import { createModifiers } from './modifiers.ts';
import { selectAfter } from './select-changes.ts';
import type { CardNode, LineEdge } from './view.ts';

export function useFlowHandlers(surface: RefObject<HTMLDivElement | null>) {
  const designer = useDesigner();
  const api = useStoreApi<CardNode, LineEdge>();
  const dragging = useMemo(() => createDragging(designer), [designer]);
  const modifiers = useMemo(createModifiers, []);
  useEffect(() => modifiers.listen(dragging.active, dragging.cancel), [modifiers, dragging]);
  return useMemo(() => {
    const { selection, gestures } = designer;
    const pointOf = (event: MouseEvent | globalThis.MouseEvent) =>
      designer.canvas?.toDrawing({ x: event.clientX, y: event.clientY }) ?? { x: 0, y: 0 };
    const openColumns = (edge: string) => {
      gestures.set({ pinned: edge });
      watchEdge(designer, edge);
    };
    return {
      ...connectHandlers(designer, api),
      onNodesChange(changes: NodeChange<CardNode>[]) {
        const dragged = changes.some((change) => change.type === 'position' && change.dragging === true);
        if (dragged && dragging.active() && designer.canvas !== null) {
          const free = modifiers.alt() && !modifiers.altAtStart();
          dragging.move(designer.canvas.toDrawing(modifiers.pointer()), free, api.getState().transform[2]);
        }
        selectAfter(designer, changes, 'nodes');
      },
      onEdgesChange: (changes: EdgeChange<LineEdge>[]) => selectAfter(designer, changes, 'edges'),
      onNodeClick(event: MouseEvent, node: CardNode) {
        const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-node]')?.dataset['node'] : undefined;
        if (row === undefined) {
          selection.focus(node.id);
          return;
        }
        selection.focus(row);
        const additive = event.shiftKey || event.ctrlKey || event.metaKey;
        const rows = designer.view.getState().projection.cardOf.get(node.id)?.rows.length ?? 1;
        if (rows > 1 && !additive) selection.select([row]);
      },
      onNodeDragStart: (event: { readonly altKey: boolean }, _node: CardNode, nodes: CardNode[]) =>
        dragging.begin(nodes, event.altKey, designer.canvas?.toDrawing(modifiers.pressedAt()) ?? { x: 0, y: 0 }),
      onNodeDoubleClick(_event: MouseEvent, node: CardNode) {
        if (!openCard(designer, node.id)) focusFirstField();
      },
      onNodeDragStop: () => dragging.end(),
      onEdgeClick(event: MouseEvent, edge: LineEdge) {
        event.stopPropagation();
        if (gestures.chipAt(pointOf(event)) === edge.id) openColumns(edge.id);
        else watchEdge(designer, edge.id);
      },
      onEdgeMouseEnter: (_event: MouseEvent, edge: LineEdge) => gestures.hover({ edge: edge.id }),
      onEdgeMouseLeave: () => gestures.leave('edge'),
      onPaneClick(event: MouseEvent) {
        const chip = gestures.chipAt(pointOf(event));
        if (chip !== null) {
          selection.select([], [chip]);
          openColumns(chip);
          return;
        }
        gestures.set({ pinned: null });
        selection.clear();
        surface.current?.focus({ preventScroll: true });
      },
      onPaneMouseMove(event: MouseEvent) {
        const chip = gestures.chipAt(pointOf(event));
        if (chip === null) gestures.leave('edge');
        else gestures.hover({ edge: chip });
        surface.current?.classList.toggle(style.overChip, chip !== null);
      },
    };
  }, [designer, api, surface, dragging, modifiers]);
}

/** Publishes what the rest of the designer may ask of the mounted canvas: view, focus, coordinates. */
import { useReactFlow, useStoreApi } from '@xyflow/react';
import type { RefObject } from 'react';
import { useEffect } from 'react';
import { useDesigner } from '../app/designer.ts';
import { showPlaceOf } from '../app/grouping.ts';
import { isMotionReduced } from '../app/motion.ts';
import type { Viewport } from '../app/viewports.ts';
import type { CanvasControl } from './control.ts';
import type { Box } from './geometry.ts';
import { boundsOf } from './geometry.ts';
import { limitZoom, useKeptView } from './kept-view.ts';
import type { Card } from './project.ts';
import { cardBox } from './project.ts';
import type { CardNode, LineEdge } from './view.ts';

const JUMP_MS = 320;
/** At which names can be read. */
const READABLE_ZOOM = 0.75;

export function useCanvasControl(surface: RefObject<HTMLDivElement | null>): void {
  const designer = useDesigner();
  const flow = useReactFlow<CardNode, LineEdge>();
  const api = useStoreApi<CardNode, LineEdge>();
  useEffect(() => {
    const duration = () => (isMotionReduced() ? 0 : JUMP_MS);
    const bounds = (chosen: (card: Card) => boolean) => {
      const { projection, live } = designer.view.getState();
      return boundsOf(projection.cards.filter(chosen).map((card) => cardBox(card, live)));
    };
    const fitTo = (box: Box | null) => {
      if (box === null) return;
      const { width, height } = api.getState();
      void flow.fitBounds(limitZoom(box, width, height), { padding: 0.02, duration: duration() });
    };
    const control: CanvasControl = {
      fit: () => fitTo(bounds(() => true)),
      fitSelection() {
        const { nodes, edges, drawn } = designer.selection.getState();
        const ends = designer.view.getState().projection.lines.filter((line) => line.edges.some((edge) => edges.has(edge.id)));
        const cards = new Set(ends.flatMap((line) => [line.fromCard, line.toCard]));
        fitTo(bounds((card) => cards.has(card.id) || drawn.has(card.id) || card.rows.some((row) => nodes.has(row.node.id))));
      },
      show(nodeIds) {
        const box = bounds((card) => card.rows.some((row) => nodeIds.has(row.node.id)));
        const { width, height } = api.getState();
        if (box !== null && width > 0) void flow.setViewport(viewportOf(box, width, height), { duration: duration() });
      },
      viewport: () => flow.getViewport(),
      look: (viewport) => void flow.setViewport(viewport, { duration: duration() }),
      zoomTo: (zoom) => void flow.zoomTo(zoom, { duration: duration() }),
      zoomBy: (factor) => void flow.zoomTo(flow.getZoom() * factor, { duration: 0 }),
      reveal(nodeId) {
        showPlaceOf(designer, nodeId);
        const card = designer.view.getState().projection.cardOf.get(nodeId);
        if (card === undefined) return;
        const { transform, width, height } = api.getState();
        const box = cardBox(card, designer.view.getState().live);
        const left = box.x * transform[2] + transform[0];
        const top = box.y * transform[2] + transform[1];
        const inside = left >= 0 && top >= 0 && left + box.width * transform[2] <= width && top + box.height * transform[2] <= height;
        if (!inside) void flow.setCenter(box.x + box.width / 2, box.y + box.height / 2, { zoom: transform[2], duration: duration() });
      },
      centreOn(nodeId) {
        showPlaceOf(designer, nodeId);
        const { projection, live } = designer.view.getState();
        const card = projection.cardOf.get(nodeId);
        if (card === undefined) return;
        const box = cardBox(card, live);
        const { transform } = api.getState();
        const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
        void flow.setCenter(centre.x, centre.y, { zoom: Math.max(READABLE_ZOOM, transform[2]), duration: duration() });
      },
      focusNode(nodeId) {
        if (nodeId === null) {
          surface.current?.focus({ preventScroll: true });
          return;
        }
        control.reveal(nodeId);
        designer.selection.focus(nodeId);
        const { activeElement: before, body } = document;
        const take = () => surface.current?.querySelector<HTMLElement>(faceOf(nodeId))?.focus({ preventScroll: true });
        // At once, so that the next key is for the card. A card of another group is drawn first, and a box that closes gives back the focus.
        take();
        requestAnimationFrame(() => {
          if (document.activeElement === before || document.activeElement === body) take();
        });
      },
      toDrawing: (screen) => flow.screenToFlowPosition(screen, { snapToGrid: false }),
      toScreen: (point) => flow.flowToScreenPosition(point),
      centre() {
        const { transform, width, height } = api.getState();
        return { x: (width / 2 - transform[0]) / transform[2], y: (height / 2 - transform[1]) / transform[2] };
      },
    };
    designer.canvas = control;
    return () => {
      designer.canvas = null;
    };
  }, [designer, flow, api, surface]);
  useKeptView(surface);
}

/** The focusable part of a card. */
function faceOf(id: string): string {
  return ['node', 'group', 'note', 'pill'].map((kind) => `[data-${kind}="${CSS.escape(id)}"]`).join(', ');
}

/** Room around what is shown in a low strip, in screen pixels. */
const STRIP_ROOM = { x: 28, y: 16 };

/** Begins at the left, as the path does, and leaves the rest of the strip to what comes after. */
function viewportOf(box: Box, width: number, height: number): Viewport {
  const zoom = Math.min(1, (width - 2 * STRIP_ROOM.x) / box.width, (height - 2 * STRIP_ROOM.y) / box.height);
  return { x: STRIP_ROOM.x - box.x * zoom, y: (height - box.height * zoom) / 2 - box.y * zoom, zoom };
}

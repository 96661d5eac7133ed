/** Publishes what the rest of the designer may ask of the mounted canvas: view, focus, coordinates. */
import type { ReactFlowInstance } from '@xyflow/react';
import { useReactFlow, useStoreApi } from '@xyflow/react';
import type { RefObject } from 'react';
import { useEffect } from 'react';
import type { Designer } from '../app/designer.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { showPlaceOf } from '../app/grouping.ts';
import { isMotionReduced } from '../app/motion.ts';
import type { Viewport } from '../app/viewports.ts';
import type { CanvasControl } from './control.ts';
import type { Box } from './geometry.ts';
import { boundsOf } from './geometry.ts';
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
  const generation = useStore(designer.documents, (state) => state.generation);
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
  useEffect(() => {
    // A newly opened pipeline is shown whole, without a journey; one that was looked at before as it was left.
    if (generation >= 0) requestAnimationFrame(() => showAsLeft(designer, flow, api.getState()));
  }, [designer, flow, api, generation]);
  useEffect(() => {
    // At once, so that a card in the group can be pointed at right away.
    return designer.selection.subscribe((state, previous) => {
      if (state.openGroup !== previous.openGroup) showAsLeft(designer, flow, api.getState());
    });
  }, [designer, flow, api]);
  useEffect(() => followPanels(designer, flow, api.getState, surface.current), [designer, flow, api, surface]);
  useEffect(() => {
    return api.subscribe(({ transform }, previous) => {
      if (transform === previous.transform) return;
      designer.viewports.keep(designer.selection.getState().openGroup, { x: transform[0], y: transform[1], zoom: transform[2] });
    });
  }, [designer, api]);
}

/** The open group, or the top level, as one looked at it before; whole when one never did. */
function showAsLeft(
  designer: Designer,
  flow: ReactFlowInstance<CardNode, LineEdge>,
  { width, height }: { readonly width: number; readonly height: number },
): void {
  const viewport = designer.viewports.get(designer.selection.getState().openGroup);
  if (viewport === null) fitAtOnce(designer, flow, width, height);
  else void flow.setViewport(viewport);
}

/**
 * Panels come and go beside the canvas (on Run, by hand): the drawing stays where it is on the screen. When all of it was
 * seen before and the room left would hide some, it is fitted again.
 */
function followPanels(
  designer: Designer,
  flow: ReactFlowInstance<CardNode, LineEdge>,
  view: () => { readonly transform: readonly [number, number, number] },
  surface: HTMLElement | null,
): () => void {
  if (surface === null) return () => undefined;
  let before = surface.getBoundingClientRect();
  const observer = new ResizeObserver(() => {
    const now = surface.getBoundingClientRect();
    const moved = now.left - before.left;
    const old = before;
    before = now;
    if (old.width === 0 || now.width === 0) return;
    const [x, y, zoom] = view().transform;
    const box = boundsOf(designer.view.getState().projection.cards.map((card) => cardBox(card, true)));
    const sees = (left: number, width: number, height: number) =>
      box !== null &&
      box.x * zoom + left >= 0 &&
      (box.x + box.width) * zoom + left <= width &&
      box.y * zoom + y >= 0 &&
      (box.y + box.height) * zoom + y <= height;
    if (sees(x, old.width, old.height) && !sees(x - moved, now.width, now.height)) fitAtOnce(designer, flow, now.width, now.height);
    else if (moved !== 0) void flow.setViewport({ x: x - moved, y, zoom });
  });
  observer.observe(surface);
  return () => observer.disconnect();
}

/** The focusable part of a card. */
function faceOf(id: string): string {
  return ['node', 'group', 'note', 'pill'].map((kind) => `[data-${kind}="${CSS.escape(id)}"]`).join(', ');
}

function fitAtOnce(designer: Designer, flow: ReactFlowInstance<CardNode, LineEdge>, width: number, height: number): void {
  const { projection } = designer.view.getState();
  // Feet are reserved, so Run never changes the view.
  const box = boundsOf(projection.cards.map((card) => cardBox(card, true)));
  if (box === null || width === 0) void flow.setViewport({ x: 0, y: 0, zoom: 1 });
  else void flow.fitBounds(limitZoom(box, width, height), { padding: 0.02, duration: 0 });
}

/** Room around what is shown in a low strip, in screen pixels. */
const STRIP_ROOM = { x: 28, y: 16 };

/** Begins at the left, as the path does, and leaves the rest of the strip to what comes after. */
function viewportOf(box: Box, width: number, height: number): Viewport {
  const zoom = Math.min(1, (width - 2 * STRIP_ROOM.x) / box.width, (height - 2 * STRIP_ROOM.y) / box.height);
  return { x: STRIP_ROOM.x - box.x * zoom, y: (height - box.height * zoom) / 2 - box.y * zoom, zoom };
}

/** Room for the tools above and the overview map below, in screen pixels at 100 %. */
const ROOM = { side: 20, top: 56, bottom: 124 };

/** Grows the box so that fitting it keeps clear of what floats over the canvas and never zooms in beyond 100 %. */
function limitZoom(box: Box, width: number, height: number): Box {
  const grown = { width: box.width + 2 * ROOM.side, height: box.height + ROOM.top + ROOM.bottom };
  const extraWidth = Math.max(0, width * 0.96 - grown.width);
  const extraHeight = Math.max(0, height * 0.96 - grown.height);
  return {
    x: box.x - ROOM.side - extraWidth / 2,
    y: box.y - ROOM.top - extraHeight / 2,
    width: grown.width + extraWidth,
    height: grown.height + extraHeight,
  };
}

/**
 * Where one looks at a drawing, over reloads, tabs and panels that come and go. It is kept as the place on the screen, not in the
 * canvas: the canvas begins further left while a pipeline runs, and a page that is loaded then lays out its panels once more.
 */
import type { ReactFlowInstance, Transform } from '@xyflow/react';
import { useReactFlow, useStoreApi } from '@xyflow/react';
import type { RefObject } from 'react';
import { useEffect, useRef } from 'react';
import type { Designer } from '../app/designer.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import type { Box } from './geometry.ts';
import { boundsOf, intersects } from './geometry.ts';
import { cardBox } from './project.ts';
import type { CardNode, LineEdge } from './view.ts';

export function useKeptView(surface: RefObject<HTMLDivElement | null>): void {
  const designer = useDesigner();
  const flow = useReactFlow<CardNode, LineEdge>();
  const api = useStoreApi<CardNode, LineEdge>();
  const generation = useStore(designer.documents, (state) => state.generation);
  const view = useRef<KeptView | null>(null);
  useEffect(() => {
    if (surface.current === null) return;
    const mounted = new KeptView(designer, flow, surface.current);
    view.current = mounted;
    const stops = [
      mounted.followPanels(),
      api.subscribe(({ transform }, previous) => {
        if (transform !== previous.transform) mounted.keep(transform);
      }),
      // At once, so that a card in the group can be pointed at right away.
      designer.selection.subscribe((state, previous) => {
        if (state.openGroup !== previous.openGroup) mounted.show();
      }),
    ];
    return () => {
      view.current = null;
      for (const stop of stops) stop();
    };
  }, [designer, flow, api, surface]);
  useEffect(() => {
    if (generation >= 0) requestAnimationFrame(() => view.current?.show());
  }, [generation]);
}

class KeptView {
  private readonly designer: Designer;
  private readonly flow: ReactFlowInstance<CardNode, LineEdge>;
  private readonly surface: HTMLElement;
  /** The canvas on the screen when the drawing was put into it last. */
  private placed: DOMRect;

  constructor(designer: Designer, flow: ReactFlowInstance<CardNode, LineEdge>, surface: HTMLElement) {
    this.designer = designer;
    this.flow = flow;
    this.surface = surface;
    this.placed = surface.getBoundingClientRect();
  }

  keep([x, y, zoom]: Transform): void {
    const { selection, viewports } = this.designer;
    viewports.keep(selection.getState().openGroup, { x: x + this.placed.left, y, zoom });
  }

  /**
   * The open group, or the top level, as one looked at it before, without a journey. Whole when one never did, or when nothing of
   * it would be seen: another size of the window, cards that another program moved.
   */
  show(): void {
    this.placed = this.surface.getBoundingClientRect();
    const { left, width, height } = this.placed;
    const kept = this.designer.viewports.get(this.designer.selection.getState().openGroup);
    if (kept === null) {
      this.fit();
      return;
    }
    const { x, y, zoom } = { ...kept, x: kept.x - left };
    const seen: Box = { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
    const boxes = this.boxes();
    if (boxes.length > 0 && width > 0 && !boxes.some((box) => intersects(box, seen))) this.fit();
    else void this.flow.setViewport({ x, y, zoom });
  }

  /**
   * Panels come and go beside the canvas (on Run, by hand): the drawing stays where it is on the screen. When all of it was
   * seen before and the room left would hide some, it is fitted again.
   */
  followPanels(): () => void {
    const observer = new ResizeObserver(() => {
      const old = this.placed;
      this.placed = this.surface.getBoundingClientRect();
      const { left, width, height } = this.placed;
      const moved = left - old.left;
      if (old.width === 0 || width === 0) return;
      const { x, y, zoom } = this.flow.getViewport();
      const box = boundsOf(this.boxes());
      const sees = (from: number, wide: number, high: number) =>
        box !== null &&
        box.x * zoom + from >= 0 &&
        (box.x + box.width) * zoom + from <= wide &&
        box.y * zoom + y >= 0 &&
        (box.y + box.height) * zoom + y <= high;
      if (sees(x, old.width, old.height) && !sees(x - moved, width, height)) this.fit();
      else if (moved !== 0) void this.flow.setViewport({ x: x - moved, y, zoom });
    });
    observer.observe(this.surface);
    return () => observer.disconnect();
  }

  private fit(): void {
    const { width, height } = this.placed;
    const box = boundsOf(this.boxes());
    if (box === null || width === 0) void this.flow.setViewport({ x: 0, y: 0, zoom: 1 });
    else void this.flow.fitBounds(limitZoom(box, width, height), { padding: 0.02, duration: 0 });
  }

  /** Feet are reserved, so Run never changes the view. */
  private boxes(): readonly Box[] {
    return this.designer.view.getState().projection.cards.map((card) => cardBox(card, true));
  }
}

/** Room for the tools above and the overview map below, in screen pixels at 100 %. */
const ROOM = { side: 20, top: 56, bottom: 124 };

/** Grows the box so that fitting it keeps clear of what floats over the canvas and never zooms in beyond 100 %. */
export function limitZoom(box: Box, width: number, height: number): Box {
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

/** The canvas behind the cards: redrawn in the frame of every pan and zoom, and at 30 Hz while water moves. */
import { useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { Designer } from '../app/designer.ts';
import { useDesigner } from '../app/designer.ts';
import { isMotionReduced } from '../app/motion.ts';
import style from './canvas.module.css';
import { edgeLook, switchedOff } from './edge-looks.ts';
import { contains } from './geometry.ts';
import { sameLook } from './look-changes.ts';
import type { EdgeLook, Viewport } from './paint.ts';
import { chipBox, forgetTextWidths, paintChips, paintDots, paintEdges } from './paint.ts';
import { paintGuides } from './paint-guides.ts';
import { colours, onColoursChanged } from './palette-colours.ts';
import type { SceneEdge } from './scene.ts';

const FRAME_MS = 1000 / 30;
/** With more moving edges than this in view, or further away, dashes rest; widths and numbers stay live. */
const MOVING_MAX = 200;
const DASHES_FROM_ZOOM = 0.4;

export function EdgeCanvas() {
  const designer = useDesigner();
  const element = useRef<HTMLCanvasElement>(null);
  const flow = useStoreApi();
  useEffect(() => {
    const canvas = element.current;
    const context = canvas?.getContext('2d', { alpha: false }) ?? null;
    if (canvas === null || context === null) return undefined;
    return startPainting(designer, canvas, context, {
      transform: () => flow.getState().transform,
      subscribe: (listener) => flow.subscribe((state, previous) => (state.transform === previous.transform ? undefined : listener())),
    });
  }, [designer, flow]);
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas takes no focus; what it paints is said by cards and outline
  return <canvas ref={element} className={style.painted} aria-hidden="true" />;
}

interface FlowTransform {
  transform(): readonly [number, number, number];
  subscribe(listener: () => void): () => void;
}

function startPainting(designer: Designer, canvas: HTMLCanvasElement, context: CanvasRenderingContext2D, flow: FlowTransform): () => void {
  const looks = new Map<string, { readonly edge: SceneEdge; readonly look: EdgeLook }>();
  let width = 0;
  let height = 0;
  let requested = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const lookOf = (edge: SceneEdge): EdgeLook => {
    const known = looks.get(edge.id);
    // Where an edge runs says nothing about its look, so a drag keeps them all.
    if (known !== undefined && known.edge.line === edge.line) return known.look;
    const look = edgeLook(designer, edge);
    looks.set(edge.id, { edge, look });
    return look;
  };

  function draw(): void {
    requested = 0;
    const [x, y, zoom] = flow.transform();
    const pixelRatio = window.devicePixelRatio;
    const view: Viewport = { x, y, zoom, width, height, pixelRatio };
    const palette = colours();
    const { guides, moving: inHand } = designer.gestures.getState();
    const all = designer.view.getState().scene;
    // An edge whose end is in the hand is drawn above the cards.
    const scene = inHand === null ? all : all.filter((edge) => !inHand.edges.includes(edge.id));
    paintDots(context, view, palette);
    const paused = designer.runs.getState().current?.paused === true;
    const still = paused || isMotionReduced() || zoom < DASHES_FROM_ZOOM;
    const moving = paintEdges(context, view, palette, scene, lookOf, still ? null : performance.now() / 1000);
    paintChips(context, view, palette, scene, lookOf);
    paintGuides(context, view, palette, guides);
    if (timer === null && moving > 0 && moving <= MOVING_MAX && !still && !document.hidden) timer = setTimeout(tick, FRAME_MS);
  }

  function tick(): void {
    timer = null;
    request();
  }

  function request(): void {
    if (requested === 0) requested = requestAnimationFrame(draw);
  }

  function changed(): void {
    looks.clear();
    request();
  }

  /** Paints only when something that is painted looks otherwise: most edits and most moves of the pointer change no edge. */
  function looked(): void {
    let differs = false;
    for (const [id, { edge, look }] of looks) {
      const now = edgeLook(designer, edge);
      if (sameLook(look, now)) continue;
      looks.set(id, { edge, look: now });
      differs = true;
    }
    if (differs) request();
  }

  function resize(): void {
    const box = canvas.getBoundingClientRect();
    width = box.width;
    height = box.height;
    canvas.width = Math.round(width * window.devicePixelRatio);
    canvas.height = Math.round(height * window.devicePixelRatio);
    draw();
  }

  designer.gestures.attach({
    repaint: changed,
    chipAt(point) {
      const { scene } = designer.view.getState();
      for (let index = scene.length - 1; index >= 0; index--) {
        const look = lookOf(scene[index]);
        if (look.chip !== null && contains(chipBox(context, scene[index], look.chip, look), point)) return scene[index].id;
      }
      return null;
    },
  });
  const observer = new ResizeObserver(resize);
  observer.observe(canvas);
  const onFonts = () => {
    forgetTextWidths();
    changed();
  };
  document.fonts.addEventListener('loadingdone', onFonts);
  document.addEventListener('visibilitychange', request);
  const stops = [
    flow.subscribe(request),
    designer.view.subscribe((state, previous) => {
      if (state.scene !== previous.scene) request();
      if (state.live !== previous.live) changed();
    }),
    designer.documents.subscribe((state, previous) => {
      const off = switchedOff(state.document.nodes);
      const before = switchedOff(previous.document.nodes);
      if (off.size !== before.size || [...off].some((id) => !before.has(id))) looked();
    }),
    designer.selection.subscribe((state, previous) => (state.edges === previous.edges ? undefined : looked())),
    designer.gestures.subscribe((state, previous) => {
      if (state.guides !== previous.guides || state.moving !== previous.moving) request();
      if (state.edge !== previous.edge || state.pinned !== previous.pinned || state.inserting !== previous.inserting) looked();
    }),
    designer.checks.subscribe(looked),
    designer.live.subscribe(changed),
    designer.figures.subscribe(changed),
    designer.lens.subscribe(changed),
    designer.times.subscribe(changed),
    designer.runs.subscribe((state, previous) => (state.current === previous.current ? undefined : changed())),
    onColoursChanged(changed),
  ];
  return () => {
    for (const stop of stops) stop();
    observer.disconnect();
    document.fonts.removeEventListener('loadingdone', onFonts);
    document.removeEventListener('visibilitychange', request);
    if (timer !== null) clearTimeout(timer);
    if (requested !== 0) cancelAnimationFrame(requested);
    designer.gestures.attach(null);
  };
}

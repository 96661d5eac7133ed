/** The whole drawing in a corner: blocks in their worst state's colour and the window one looks through; painted at most ten times a second. */
import { useStoreApi } from '@xyflow/react';
import type { PointerEvent } from 'react';
import { useEffect, useRef } from 'react';
import type { Designer } from '../app/designer.ts';
import { useDesigner } from '../app/designer.ts';
import { useTranslation } from '../strings/use-translation.ts';
import style from './canvas.module.css';
import type { Box } from './geometry.ts';
import { boundsOf } from './geometry.ts';
import { visibleBox } from './paint.ts';
import type { Colours } from './palette-colours.ts';
import { colours, onColoursChanged } from './palette-colours.ts';
import type { Card } from './project.ts';
import { cardBox } from './project.ts';

const PERIOD_MS = 100;
const WIDTH = 168;
const HEIGHT = 104;
const MARGIN = 10;

export function Minimap() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const flow = useStoreApi();
  const element = useRef<HTMLCanvasElement>(null);
  const shown = useRef<{ area: Box; scale: number }>({ area: { x: 0, y: 0, width: 1, height: 1 }, scale: 1 });
  /** What the map showed when it was pressed: the drawing must not slide away under the pointer while it is dragged. */
  const held = useRef<{ area: Box; scale: number } | null>(null);

  useEffect(() => {
    const canvas = element.current;
    const context = canvas?.getContext('2d') ?? null;
    if (canvas === null || context === null) return undefined;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const paint = () => {
      timer = null;
      const { transform, width, height } = flow.getState();
      const window_ = visibleBox({ x: transform[0], y: transform[1], zoom: transform[2], width, height, pixelRatio: 1 });
      shown.current = paintMinimap(designer, canvas, context, window_);
    };
    const soon = () => {
      timer ??= setTimeout(paint, PERIOD_MS);
    };
    paint();
    const stops = [
      flow.subscribe((state, previous) => {
        if (state.transform !== previous.transform || state.width !== previous.width || state.height !== previous.height) soon();
      }),
      designer.view.subscribe((state, previous) => {
        if (state.nodes !== previous.nodes || state.scene !== previous.scene || state.live !== previous.live) soon();
      }),
      designer.live.subscribe(soon),
      designer.checks.subscribe((state, previous) => (state.byNode === previous.byNode ? undefined : soon())),
      onColoursChanged(soon),
    ];
    return () => {
      for (const stop of stops) stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, [designer, flow]);

  const press = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.buttons !== 1) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    held.current = shown.current;
    jump(event);
  };
  const jump = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    const { area, scale } = held.current ?? shown.current;
    const { width, height, transform, panZoom } = flow.getState();
    const x = area.x + (event.clientX - box.left - MARGIN) / scale;
    const y = area.y + (event.clientY - box.top - MARGIN) / scale;
    void panZoom?.setViewport({ x: width / 2 - x * transform[2], y: height / 2 - y * transform[2], zoom: transform[2] });
  };

  return (
    <canvas
      ref={element}
      className={style.minimap}
      role="img"
      aria-label={t('regions.minimap')}
      onPointerDown={press}
      onPointerMove={jump}
      onPointerUp={() => {
        held.current = null;
      }}
      onPointerCancel={() => {
        held.current = null;
      }}
    />
  );
}

function paintMinimap(
  designer: Designer,
  canvas: HTMLCanvasElement,
  context: CanvasRenderingContext2D,
  visible: Box,
): { area: Box; scale: number } {
  const ratio = window.devicePixelRatio;
  if (canvas.width !== WIDTH * ratio) {
    canvas.width = WIDTH * ratio;
    canvas.height = HEIGHT * ratio;
  }
  const { projection, live } = designer.view.getState();
  const palette = colours();
  // Notes are read, not steered by.
  const cards = projection.cards.filter((card) => card.kind !== 'note');
  const boxes = cards.map((card) => ({ card, box: cardBox({ ...card, position: designer.view.positionOf(card) }, live) }));
  const area = boundsOf([...boxes.map((entry) => entry.box), visible]) ?? visible;
  const scale = Math.min((WIDTH - 2 * MARGIN) / Math.max(1, area.width), (HEIGHT - 2 * MARGIN) / Math.max(1, area.height));
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, WIDTH, HEIGHT);
  context.translate(MARGIN - area.x * scale, MARGIN - area.y * scale);
  context.fillStyle = palette['accent-soft'];
  context.globalAlpha = 0.5;
  context.fillRect(visible.x * scale, visible.y * scale, visible.width * scale, visible.height * scale);
  context.globalAlpha = 1;
  context.strokeStyle = palette.line2;
  context.lineWidth = 0.75;
  // One path for all lines and one for each colour: hundreds of small ones take several times as long.
  context.beginPath();
  for (const { curve } of designer.view.getState().scene) {
    context.moveTo(curve.start.x * scale, curve.start.y * scale);
    context.lineTo(curve.end.x * scale, curve.end.y * scale);
  }
  context.stroke();
  const blocks = new Map<string, Path2D>();
  for (const { card, box } of boxes) {
    const colour = stateColour(designer, card, palette, live);
    const path = blocks.get(colour) ?? new Path2D();
    path.roundRect(box.x * scale, box.y * scale, Math.max(2, box.width * scale), Math.max(2, box.height * scale), 1.5);
    blocks.set(colour, path);
  }
  for (const [colour, path] of blocks) {
    context.fillStyle = colour;
    context.fill(path);
  }
  context.strokeStyle = palette.accent;
  context.lineWidth = 1.25;
  context.beginPath();
  context.roundRect(visible.x * scale, visible.y * scale, visible.width * scale, visible.height * scale, 2);
  context.stroke();
  return { area, scale };
}

function stateColour(designer: Designer, card: Card, palette: Colours, live: boolean): string {
  const ids = nodesOf(card);
  if (ids.some((id) => designer.checks.problemsOf(id).some((problem) => problem.severity === 'error'))) return palette.err;
  if (live) {
    const figures = ids.map((id) => designer.live.node(id)).filter((node) => node !== null);
    if (figures.some((node) => node.bottleneck)) return palette.hot;
    if (figures.some((node) => node.pressed >= 0.1)) return palette['press-fill'];
    if (figures.some((node) => node.rateIn + node.rateOut > 0)) return palette.flow;
    return palette.ctl;
  }
  const { nodes, drawn } = designer.selection.getState();
  return drawn.has(card.id) || ids.some((id) => nodes.has(id)) ? palette.accent : palette.ctl;
}

/** A collapsed group takes the worst state of its members. */
function nodesOf(card: Card): readonly string[] {
  return card.kind === 'group' ? card.members.map((node) => node.id) : card.rows.map((row) => row.node.id);
}

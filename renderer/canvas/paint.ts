/** Paints dots, channels and chips into one canvas behind the cards. Pure drawing: no React, no stores. */

import type { Box } from './geometry.ts';
import { CHIP_HEIGHT, DOT_GRID, intersects } from './geometry.ts';
import type { Colours } from './palette-colours.ts';
import type { Chip, EdgeFlow, SceneEdge } from './scene.ts';
import { waterWidth } from './scene.ts';

export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
  readonly width: number;
  readonly height: number;
  readonly pixelRatio: number;
}

export interface EdgeLook {
  readonly chip: Chip | null;
  readonly flow: EdgeFlow | null;
  readonly selected: boolean;
  readonly hovered: boolean;
  readonly broken: boolean;
  /** Switched off, or part of a branch that is. */
  readonly faded: boolean;
  /** A dragged node would be put in here. */
  readonly inserting: boolean;
}

const CHIP_FONT = "500 11px 'Inter Variable', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei UI', sans-serif";
const CHIP_CODE_FONT = "400 11px 'JetBrains Mono Variable', monospace";
const CHIP_TEXT_MAX = 128;
const CHIP_ICON = 15;
/** Dashes move this fast at any throughput: movement only says that the edge is alive. */
const DASH_SPEED = 32;
const DASH = [9, 14];
const CHIPS_FROM_ZOOM = 0.4;

/** What is visible, in the drawing's coordinates. */
export function visibleBox(view: Viewport): Box {
  return { x: -view.x / view.zoom, y: -view.y / view.zoom, width: view.width / view.zoom, height: view.height / view.zoom };
}

export function paintDots(context: CanvasRenderingContext2D, view: Viewport, colours: Colours): void {
  context.setTransform(view.pixelRatio, 0, 0, view.pixelRatio, 0, 0);
  context.fillStyle = colours.canvas;
  context.fillRect(0, 0, view.width, view.height);
  let step = DOT_GRID * view.zoom;
  while (step < 13) step *= 2;
  const size = Math.max(1, Math.min(2, 1.5 * view.zoom));
  const firstX = ((view.x % step) + step) % step;
  const firstY = ((view.y % step) + step) % step;
  context.fillStyle = colours.dot;
  for (let x = firstX; x < view.width; x += step) {
    for (let y = firstY; y < view.height; y += step) context.fillRect(x - size / 2, y - size / 2, size, size);
  }
}

/** Draws the edges that are visible; answers how many of them carry moving water. */
export function paintEdges(
  context: CanvasRenderingContext2D,
  view: Viewport,
  colours: Colours,
  edges: readonly SceneEdge[],
  lookOf: (edge: SceneEdge) => EdgeLook,
  phaseSeconds: number | null,
): number {
  const visible = visibleBox(view);
  const scale = view.pixelRatio * view.zoom;
  context.setTransform(scale, 0, 0, scale, view.pixelRatio * view.x, view.pixelRatio * view.y);
  context.lineCap = 'round';
  let moving = 0;
  for (const edge of edges) {
    if (!intersects(grow(edge.bounds, 8), visible)) continue;
    const look = lookOf(edge);
    if (look.flow !== null && look.flow.rate > 0) moving++;
    context.globalAlpha = look.faded ? 0.4 : 1;
    if (look.selected || look.hovered) paintHalo(context, edge, look, colours);
    if (look.flow === null || look.flow.rate <= 0) paintStill(context, edge, look, colours);
    else if (view.zoom < CHIPS_FROM_ZOOM) paintFarWater(context, edge, look.flow, colours);
    else paintWater(context, edge, look, look.flow, colours, phaseSeconds);
  }
  context.globalAlpha = 1;
  return moving;
}

export function paintChips(
  context: CanvasRenderingContext2D,
  view: Viewport,
  colours: Colours,
  edges: readonly SceneEdge[],
  lookOf: (edge: SceneEdge) => EdgeLook,
): void {
  if (view.zoom < CHIPS_FROM_ZOOM) return;
  const visible = grow(visibleBox(view), 80);
  for (const edge of edges) {
    if (
      edge.chipAt.x < visible.x ||
      edge.chipAt.x > visible.x + visible.width ||
      edge.chipAt.y < visible.y ||
      edge.chipAt.y > visible.y + visible.height
    )
      continue;
    const look = lookOf(edge);
    if (look.chip !== null) paintChip(context, edge, look.chip, look, colours);
  }
}

/** The chip's box in the drawing's coordinates, for hit tests. */
export function chipBox(context: CanvasRenderingContext2D, edge: SceneEdge, chip: Chip, look: EdgeLook): Box {
  const width = chipWidth(context, chip, look);
  return { x: edge.chipAt.x - width / 2, y: edge.chipAt.y - CHIP_HEIGHT / 2, width, height: CHIP_HEIGHT };
}

function paintHalo(context: CanvasRenderingContext2D, edge: SceneEdge, look: EdgeLook, colours: Colours): void {
  context.setLineDash([]);
  context.lineWidth = 7 + (look.flow === null ? 0 : waterWidth(look.flow.rate));
  context.strokeStyle = look.selected ? colours['accent-soft'] : colours.hover;
  context.stroke(edge.path);
}

function paintStill(context: CanvasRenderingContext2D, edge: SceneEdge, look: EdgeLook, colours: Colours): void {
  const late = edge.line.role === 'late';
  if (look.flow !== null && !look.broken) {
    context.setLineDash([]);
    context.lineWidth = 5;
    context.strokeStyle = colours.bed;
    context.stroke(edge.path);
  }
  context.setLineDash(look.broken ? [6, 5] : late ? [5, 5] : []);
  context.lineWidth = look.inserting ? 4 : look.selected ? 2.25 : 1.75;
  context.strokeStyle = look.inserting || look.selected ? colours.accent : look.broken ? colours.err : late ? colours.late : colours.ctl;
  context.stroke(edge.path);
}

function paintWater(
  context: CanvasRenderingContext2D,
  edge: SceneEdge,
  look: EdgeLook,
  flow: EdgeFlow,
  colours: Colours,
  phaseSeconds: number | null,
): void {
  const width = waterWidth(flow.rate);
  const late = edge.line.role === 'late';
  context.setLineDash([]);
  context.lineWidth = width + 5;
  context.strokeStyle = colours.bed;
  context.stroke(edge.path);
  if (late) {
    context.setLineDash([8, 6]);
    context.lineDashOffset = phaseSeconds === null ? 0 : -phaseSeconds * DASH_SPEED;
    context.lineWidth = Math.max(2, width);
    context.strokeStyle = colours.late;
    context.stroke(edge.path);
    context.lineDashOffset = 0;
    return;
  }
  context.lineWidth = look.inserting ? width + 2 : width;
  context.strokeStyle = look.inserting ? colours.accent : waterColour(context, edge, flow, colours);
  context.stroke(edge.path);
  if (phaseSeconds !== null) {
    context.setLineDash(DASH);
    context.lineDashOffset = -phaseSeconds * DASH_SPEED;
    context.lineWidth = Math.max(1, width * 0.36);
    context.strokeStyle = colours.bed;
    context.stroke(edge.path);
    context.lineDashOffset = 0;
  } else {
    paintChevrons(context, edge, width, colours);
  }
  if (flow.pressed > 0) paintTies(context, edge, width, colours);
}

/** One line says it all when a card is a block. */
function paintFarWater(context: CanvasRenderingContext2D, edge: SceneEdge, flow: EdgeFlow, colours: Colours): void {
  context.setLineDash([]);
  context.lineWidth = waterWidth(flow.rate) + 1;
  context.strokeStyle = edge.line.role === 'late' ? colours.late : flow.pressed > 0 ? colours['press-fill'] : colours[flow.tone ?? 'flow'];
  context.stroke(edge.path);
}

function waterColour(context: CanvasRenderingContext2D, edge: SceneEdge, flow: EdgeFlow, colours: Colours): string | CanvasGradient {
  if (flow.pressed <= 0) return colours[flow.tone ?? 'flow'];
  const { start, end } = edge.curve;
  const gradient = context.createLinearGradient(start.x, start.y, end.x, end.y);
  gradient.addColorStop(0.4, colours.flow);
  gradient.addColorStop(0.55, colours['press-fill']);
  return gradient;
}

/** The hatching that backs up from the gate. */
function paintTies(context: CanvasRenderingContext2D, edge: SceneEdge, width: number, colours: Colours): void {
  context.lineCap = 'butt';
  context.setLineDash([2, 4]);
  context.lineWidth = Math.max(4, width);
  context.strokeStyle = colours.bed;
  context.stroke(edge.downstream);
  context.lineCap = 'round';
  context.setLineDash([]);
}

/** Three marks instead of moving dashes, for people who asked for less motion. */
function paintChevrons(context: CanvasRenderingContext2D, edge: SceneEdge, width: number, colours: Colours): void {
  const { start, startControl, endControl, end } = edge.curve;
  context.setLineDash([]);
  context.lineWidth = 1.25;
  context.strokeStyle = colours.bed;
  const reach = Math.max(2, width / 2);
  for (const t of [0.25, 0.5, 0.75]) {
    const u = 1 - t;
    const dx = 3 * u * u * (startControl.x - start.x) + 6 * u * t * (endControl.x - startControl.x) + 3 * t * t * (end.x - endControl.x);
    const dy = 3 * u * u * (startControl.y - start.y) + 6 * u * t * (endControl.y - startControl.y) + 3 * t * t * (end.y - endControl.y);
    const x = u * u * u * start.x + 3 * u * u * t * startControl.x + 3 * u * t * t * endControl.x + t * t * t * end.x;
    const y = u * u * u * start.y + 3 * u * u * t * startControl.y + 3 * u * t * t * endControl.y + t * t * t * end.y;
    context.save();
    context.translate(x, y);
    context.rotate(Math.atan2(dy, dx));
    context.beginPath();
    context.moveTo(-reach, -reach);
    context.lineTo(0, 0);
    context.lineTo(-reach, reach);
    context.stroke();
    context.restore();
  }
}

function paintChip(context: CanvasRenderingContext2D, edge: SceneEdge, chip: Chip, look: EdgeLook, colours: Colours): void {
  const box = chipBox(context, edge, chip, look);
  const tone = chipTone(chip, look, colours);
  context.setLineDash([]);
  context.beginPath();
  context.roundRect(box.x, box.y, box.width, box.height, box.height / 2);
  context.fillStyle = tone.fill;
  context.fill();
  context.lineWidth = look.selected ? 1.5 : 1;
  context.strokeStyle = tone.ring;
  context.stroke();
  context.fillStyle = tone.ink;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  let x = box.x + 9;
  const y = box.y + box.height / 2 + 0.5;
  if (chip.kind === 'key') {
    context.font = CHIP_CODE_FONT;
    context.fillStyle = colours.ink3;
    context.fillText('#', x, y);
    x += 12;
    context.fillStyle = tone.ink;
  } else {
    context.font = CHIP_FONT;
  }
  if (hasClock(chip, look)) {
    paintClock(context, x, y - 6, tone.ink);
    x += CHIP_ICON;
  }
  if (chip.kind === 'tide') {
    paintWaves(context, x, y - 6, tone.ink);
    x += CHIP_ICON;
  }
  const text = fitText(context, chipFont(chip), chip.text);
  context.fillText(text, x, y);
  if (chip.extra === null) return;
  x += measure(context, chipFont(chip), text) + 6;
  paintGauge(context, x, y - 6, tone.ink);
  context.fillText(chip.extra, x + CHIP_ICON + 1, y);
}

function chipTone(chip: Chip, look: EdgeLook, colours: Colours): { readonly fill: string; readonly ring: string; readonly ink: string } {
  if (chip.kind === 'insert') return { fill: colours['accent-soft'], ring: colours.accent, ink: colours.accent };
  if (chip.kind === 'broken') return { fill: colours.canvas, ring: colours.err, ink: colours.err };
  if (chip.kind === 'pressed') return { fill: colours['press-soft'], ring: colours['press-fill'], ink: colours.press };
  if (chip.kind === 'tide') return { fill: colours['tide-soft'], ring: colours.tide, ink: colours.tide };
  if (chip.kind === 'late') return { fill: colours.panel, ring: colours.late, ink: colours.late };
  if (look.selected || look.hovered)
    return { fill: colours.panel, ring: colours.accent, ink: look.selected ? colours.accent : colours.ink };
  return { fill: colours.panel, ring: colours.line2, ink: colours.ink2 };
}

/** Counted late rows carry a clock beside the number. */
function hasClock(chip: Chip, look: EdgeLook): boolean {
  return chip.kind === 'late' && chip.extra === null && look.flow !== null;
}

function chipWidth(context: CanvasRenderingContext2D, chip: Chip, look: EdgeLook): number {
  const font = chipFont(chip);
  let width = measure(context, font, fitText(context, font, chip.text)) + 18;
  if (chip.kind === 'key') width += 12;
  if (hasClock(chip, look)) width += CHIP_ICON;
  if (chip.kind === 'tide') width += CHIP_ICON;
  if (chip.extra !== null) width += measure(context, CHIP_FONT, chip.extra) + CHIP_ICON + 7;
  return Math.ceil(width);
}

function chipFont(chip: Chip): string {
  return chip.kind === 'key' ? CHIP_CODE_FONT : CHIP_FONT;
}

const widths = new Map<string, number>();
const WIDTHS_MAX = 4000;

/** Asking the context which font it has costs more than all the rest. */
function measure(context: CanvasRenderingContext2D, font: string, text: string): number {
  const key = font === CHIP_FONT ? text : `${font}|${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  if (widths.size > WIDTHS_MAX) widths.clear();
  context.font = font;
  const width = context.measureText(text).width;
  widths.set(key, width);
  return width;
}

/** After fonts have loaded, measured widths are of another font. */
export function forgetTextWidths(): void {
  widths.clear();
}

function fitText(context: CanvasRenderingContext2D, font: string, text: string): string {
  if (measure(context, font, text) <= CHIP_TEXT_MAX) return text;
  let end = text.length - 1;
  while (end > 1 && measure(context, font, `${text.slice(0, end)}…`) > CHIP_TEXT_MAX) end--;
  return `${text.slice(0, end)}…`;
}

function paintGauge(context: CanvasRenderingContext2D, x: number, y: number, colour: string): void {
  paintGlyph(context, x, y, colour, () => {
    context.arc(6, 7, 5, Math.PI * 0.83, Math.PI * 2.17);
    context.moveTo(6, 7);
    context.lineTo(8.2, 4.8);
  });
}

function paintClock(context: CanvasRenderingContext2D, x: number, y: number, colour: string): void {
  paintGlyph(context, x, y, colour, () => {
    context.arc(6, 6, 5, 0, Math.PI * 2);
    context.moveTo(6, 3.2);
    context.lineTo(6, 6);
    context.lineTo(8, 7.2);
  });
}

function paintWaves(context: CanvasRenderingContext2D, x: number, y: number, colour: string): void {
  paintGlyph(context, x, y, colour, () => {
    for (const level of [3, 6, 9]) {
      context.moveTo(1, level);
      context.bezierCurveTo(3.5, level - 2.5, 4.5, level + 2.5, 6, level);
      context.bezierCurveTo(7.5, level - 2.5, 8.5, level + 2.5, 11, level);
    }
  });
}

function paintGlyph(context: CanvasRenderingContext2D, x: number, y: number, colour: string, draw: () => void): void {
  context.save();
  context.translate(x, y);
  context.lineWidth = 1.2;
  context.strokeStyle = colour;
  context.beginPath();
  draw();
  context.stroke();
  context.restore();
}

function grow(box: Box, by: number): Box {
  return { x: box.x - by, y: box.y - by, width: box.width + 2 * by, height: box.height + 2 * by };
}

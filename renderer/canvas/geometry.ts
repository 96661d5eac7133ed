/** Where cards, ports, curves and chips are: pure arithmetic shared by painting, hit tests, minimap and thumbnails. No DOM. */
import type { Point } from '../../engine/spec/document.ts';

export const CARD_WIDTH = 204;
export const ROW_HEIGHT = 52;
export const FOOT_HEIGHT = 57;
export const PILL_WIDTH = 126;
export const PORT_HIT = 28;
export const GRID = 9;
export const DOT_GRID = 18;
export const CHIP_HEIGHT = 20;

const PORT_FIRST = 26;
const PORT_STEP = 17;
/** A run longer than this carries its chip near its end, where it is read together with the next node. */
const LONG_RUN = 420;
/** How strongly an edge that runs backwards bends, as React Flow's own curves do. */
const BACKWARD_BEND = 6.25;
const SAMPLES = 24;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A cubic Bézier from an output port to an input port. */
export interface Curve {
  readonly start: Point;
  readonly startControl: Point;
  readonly endControl: Point;
  readonly end: Point;
}

/** Vertical place of a port inside its row: 26, 43, 60 …, the same whether the pipeline runs or not. */
export function portOffset(index: number): number {
  return PORT_FIRST + PORT_STEP * index;
}

/** A row grows once a side has more than two ports. */
export function rowHeight(inputs: number, outputs: number): number {
  return ROW_HEIGHT + PORT_STEP * Math.max(0, Math.max(inputs, outputs) - 2);
}

/** Height of a port's hit area, so that neighbours split the distance. */
export function portHitHeight(ports: number): number {
  return ports > 1 ? PORT_STEP : PORT_HIT;
}

export function edgeCurve(start: Point, end: Point): Curve {
  const distance = end.x - start.x;
  const bend = distance >= 0 ? distance / 2 : BACKWARD_BEND * Math.sqrt(-distance);
  return { start, end, startControl: { x: start.x + bend, y: start.y }, endControl: { x: end.x - bend, y: end.y } };
}

export function pointOnCurve(curve: Curve, t: number): Point {
  const u = 1 - t;
  const a = u * u * u;
  const b = 3 * u * u * t;
  const c = 3 * u * t * t;
  const d = t * t * t;
  return {
    x: a * curve.start.x + b * curve.startControl.x + c * curve.endControl.x + d * curve.end.x,
    y: a * curve.start.y + b * curve.startControl.y + c * curve.endControl.y + d * curve.end.y,
  };
}

/** Middle of the curve, or 0.8 of a long run. */
export function chipPoint(curve: Curve): Point {
  return pointOnCurve(curve, curve.end.x - curve.start.x > LONG_RUN ? 0.8 : 0.5);
}

export function svgPath({ start, startControl, endControl, end }: Curve): string {
  return `M${start.x},${start.y} C${startControl.x},${startControl.y} ${endControl.x},${endControl.y} ${end.x},${end.y}`;
}

export function curveBounds(curve: Curve): Box {
  const xs = [curve.start.x, curve.startControl.x, curve.endControl.x, curve.end.x];
  const ys = [curve.start.y, curve.startControl.y, curve.endControl.y, curve.end.y];
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

export function distanceToCurve(curve: Curve, point: Point): number {
  let nearest = Number.POSITIVE_INFINITY;
  let previous = curve.start;
  for (let index = 1; index <= SAMPLES; index++) {
    const next = pointOnCurve(curve, index / SAMPLES);
    nearest = Math.min(nearest, distanceToSegment(previous, next, point));
    previous = next;
  }
  return nearest;
}

export function contains(box: Box, point: Point): boolean {
  return point.x >= box.x && point.x <= box.x + box.width && point.y >= box.y && point.y <= box.y + box.height;
}

export function intersects(a: Box, b: Box): boolean {
  return a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;
}

/** The smallest box around all of them; null when there is none. */
export function boundsOf(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) return null;
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}

export function snap(value: number): number {
  return Math.round(value / GRID) * GRID;
}

function distanceToSegment(a: Point, b: Point, point: Point): number {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const square = dx * dx + dy * dy;
  const t = square === 0 ? 0 : Math.max(0, Math.min(1, ((point.x - a.x) * dx + (point.y - a.y) * dy) / square));
  return Math.hypot(point.x - a.x - t * dx, point.y - a.y - t * dy);
}

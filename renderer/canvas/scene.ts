/** What the painter draws: plain values, rebuilt when the drawing changes, touched up in place when figures change. */
import type { Point } from '../../engine/spec/document.ts';
import type { Box, Curve } from './geometry.ts';
import { chipPoint, curveBounds, edgeCurve, pointOnCurve, svgPath } from './geometry.ts';
import type { Line } from './project.ts';

export type ChipKind = 'plain' | 'key' | 'late' | 'pressed' | 'broken' | 'insert' | 'tide';

export interface Chip {
  readonly kind: ChipKind;
  readonly text: string;
  /** Second part, behind an icon: the share of back pressure. */
  readonly extra: string | null;
}

export interface SceneEdge {
  readonly id: string;
  readonly line: Line;
  readonly curve: Curve;
  readonly bounds: Box;
  readonly path: Path2D;
  /** The downstream half, where back pressure shows. */
  readonly downstream: Path2D;
  readonly chipAt: Point;
}

/** Rows per second through an edge, and how much its source waits for its target (0…1). */
export interface EdgeFlow {
  readonly rate: number;
  readonly pressed: number;
  /** Of the water; absent: flow. */
  readonly tone?: 'flow' | 'tide' | 'brass' | 'hot';
}

/** Width of the water: 1.5 px up to 10 rows/s, 2.1 px more per factor of ten, at most 8. */
export function waterWidth(rate: number): number {
  if (rate <= 10) return 1.5;
  return Math.min(8, 1.5 + 2.1 * Math.log10(rate / 10));
}

export function buildSceneEdge(line: Line, start: Point, end: Point, previous: SceneEdge | undefined): SceneEdge {
  if (
    previous !== undefined &&
    previous.line === line &&
    previous.curve.start.x === start.x &&
    previous.curve.start.y === start.y &&
    previous.curve.end.x === end.x &&
    previous.curve.end.y === end.y
  ) {
    return previous;
  }
  const curve = edgeCurve(start, end);
  return {
    id: line.id,
    line,
    curve,
    bounds: curveBounds(curve),
    path: new Path2D(svgPath(curve)),
    downstream: new Path2D(svgPath(secondHalf(curve))),
    chipAt: chipPoint(curve),
  };
}

/** De Casteljau at one half. */
function secondHalf(curve: Curve): Curve {
  const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  const inner = middle(curve.startControl, curve.endControl);
  const last = middle(curve.endControl, curve.end);
  return { start: pointOnCurve(curve, 0.5), startControl: middle(inner, last), endControl: last, end: curve.end };
}

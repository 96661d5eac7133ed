/** Aligning and distributing cards: new places from boxes, nothing else. */
import type { Point } from '../../engine/spec/document.ts';

export type Alignment = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom' | 'columns' | 'rows';

export interface PlacedBox {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** `columns` makes the gaps between boxes equal from left to right, `rows` from top to bottom; the outer two stay. */
export function align(boxes: readonly PlacedBox[], alignment: Alignment): ReadonlyMap<string, Point> {
  const left = Math.min(...boxes.map((box) => box.x));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const top = Math.min(...boxes.map((box) => box.y));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  const place = (to: (box: PlacedBox) => Point) => new Map(boxes.map((box) => [box.id, rounded(to(box))]));
  switch (alignment) {
    case 'left':
      return place((box) => ({ x: left, y: box.y }));
    case 'centre':
      return place((box) => ({ x: (left + right - box.width) / 2, y: box.y }));
    case 'right':
      return place((box) => ({ x: right - box.width, y: box.y }));
    case 'top':
      return place((box) => ({ x: box.x, y: top }));
    case 'middle':
      return place((box) => ({ x: box.x, y: (top + bottom - box.height) / 2 }));
    case 'bottom':
      return place((box) => ({ x: box.x, y: bottom - box.height }));
    case 'columns':
      return spread(boxes, 'x', 'width');
    case 'rows':
      return spread(boxes, 'y', 'height');
  }
}

function spread(boxes: readonly PlacedBox[], axis: 'x' | 'y', size: 'width' | 'height'): ReadonlyMap<string, Point> {
  const ordered = [...boxes].sort((a, b) => a[axis] - b[axis]);
  const first = ordered[0];
  const last = ordered[ordered.length - 1];
  const places = new Map(boxes.map((box) => [box.id, { x: box.x, y: box.y }]));
  if (first === undefined || last === undefined || ordered.length < 3) return places;
  const taken = ordered.reduce((sum, box) => sum + box[size], 0);
  const gap = (last[axis] + last[size] - first[axis] - taken) / (ordered.length - 1);
  let at = first[axis];
  for (const box of ordered) {
    places.set(box.id, rounded({ x: box.x, y: box.y, [axis]: at }));
    at += box[size] + gap;
  }
  return places;
}

function rounded(point: Point): Point {
  return { x: Math.round(point.x), y: Math.round(point.y) };
}

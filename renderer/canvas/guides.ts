/**
 * Snapping while cards are dragged: wires get straight first, then ports, edges and middles of cards line up, then gaps become
 * equal, then the grid decides. Pure arithmetic in the drawing's coordinates.
 */
import type { Point } from '../../engine/spec/document.ts';
import type { Box } from './geometry.ts';
import { GRID } from './geometry.ts';

/** A pink line along what lines up, or the mark of one of two equal gaps. */
export interface Guide {
  readonly kind: 'line' | 'gap';
  readonly from: Point;
  readonly to: Point;
}

/** A card that stands still, with the heights of its port centres. */
export interface Neighbour extends Box {
  readonly ports: readonly number[];
}

/** A wire between a moved port and one that stands still. */
export interface Wire {
  readonly moved: Point;
  readonly fixed: Point;
}

export interface SnapRequest {
  /** Bounds of what is dragged, where the pointer would have it. */
  readonly box: Box;
  /** Heights of the dragged port centres. */
  readonly ports: readonly number[];
  readonly wires: readonly Wire[];
  readonly neighbours: readonly Neighbour[];
  /** How near things must be to snap. */
  readonly reach: number;
}

export interface Snapped {
  readonly dx: number;
  readonly dy: number;
  readonly guides: readonly Guide[];
}

const SAME = 0.5;
/** Neighbours further away do not pull: lines across the whole drawing confuse. */
const PULL_DISTANCE = 900;
const GUIDES_MAX = 6;

export function snapToGuides(request: SnapRequest): Snapped {
  const near = request.neighbours.filter((other) => distanceBetween(other, request.box) < PULL_DISTANCE);
  const { box, reach } = request;
  const dy =
    nearest(
      request.wires.map((wire) => wire.fixed.y - wire.moved.y),
      reach,
    ) ??
    nearest(
      near.flatMap((other) => other.ports.flatMap((fixed) => request.ports.map((moved) => fixed - moved))),
      reach,
    ) ??
    nearest(
      near.flatMap((other) => alignments(box.y, box.height, other.y, other.height)),
      reach,
    ) ??
    nearest(gapShifts(box, near, 'y'), reach) ??
    gridShift(box.y);
  const dx =
    nearest(
      near.flatMap((other) => alignments(box.x, box.width, other.x, other.width)),
      reach,
    ) ??
    nearest(gapShifts(box, near, 'x'), reach) ??
    gridShift(box.x);
  const moved = { ...box, x: box.x + dx, y: box.y + dy };
  return { dx, dy, guides: guidesFor(moved, dy, request, near) };
}

/** What the grid alone would do. */
export function snapToGrid(box: Box): Snapped {
  return { dx: gridShift(box.x), dy: gridShift(box.y), guides: [] };
}

function gridShift(value: number): number {
  return Math.round(value / GRID) * GRID - value;
}

/** Start to start, middle to middle, end to end. */
function alignments(start: number, size: number, otherStart: number, otherSize: number): number[] {
  return [otherStart - start, otherStart + otherSize / 2 - (start + size / 2), otherStart + otherSize - (start + size)];
}

function nearest(shifts: readonly number[], reach: number): number | null {
  let best: number | null = null;
  for (const shift of shifts) if (Math.abs(shift) <= reach && (best === null || Math.abs(shift) < Math.abs(best))) best = shift;
  return best;
}

type Axis = 'x' | 'y';

function startOf(box: Box, axis: Axis): number {
  return axis === 'x' ? box.x : box.y;
}

function endOf(box: Box, axis: Axis): number {
  return axis === 'x' ? box.x + box.width : box.y + box.height;
}

function overlapsAcross(a: Box, b: Box, axis: Axis): boolean {
  return axis === 'x' ? a.y < b.y + b.height && b.y < a.y + a.height : a.x < b.x + b.width && b.x < a.x + a.width;
}

/** The two neighbours in the same row or column, if the dragged box lies between or behind them. */
function rowOf(
  box: Box,
  near: readonly Neighbour[],
  axis: Axis,
): { readonly before: readonly Neighbour[]; readonly after: readonly Neighbour[] } {
  const middle = (startOf(box, axis) + endOf(box, axis)) / 2;
  const row = near.filter((other) => overlapsAcross(other, box, axis));
  const before = row.filter((other) => endOf(other, axis) <= middle).sort((a, b) => endOf(b, axis) - endOf(a, axis));
  const after = row.filter((other) => startOf(other, axis) >= middle).sort((a, b) => startOf(a, axis) - startOf(b, axis));
  return { before, after };
}

function gapShifts(box: Box, near: readonly Neighbour[], axis: Axis): number[] {
  const { before, after } = rowOf(box, near, axis);
  const start = startOf(box, axis);
  const size = endOf(box, axis) - start;
  const shifts: number[] = [];
  if (before.length > 0 && after.length > 0) {
    const room = startOf(after[0], axis) - endOf(before[0], axis) - size;
    if (room > 0) shifts.push(endOf(before[0], axis) + room / 2 - start);
  }
  if (before.length > 1) {
    const gap = startOf(before[0], axis) - endOf(before[1], axis);
    if (gap > 0) shifts.push(endOf(before[0], axis) + gap - start);
  }
  if (after.length > 1) {
    const gap = startOf(after[1], axis) - endOf(after[0], axis);
    if (gap > 0) shifts.push(startOf(after[0], axis) - gap - (start + size));
  }
  return shifts;
}

function guidesFor(box: Box, dy: number, request: SnapRequest, near: readonly Neighbour[]): readonly Guide[] {
  const lines: Guide[] = [];
  for (const wire of request.wires) {
    const y = wire.moved.y + dy;
    if (Math.abs(y - wire.fixed.y) < SAME) lines.push(horizontal(y, wire.moved.x, wire.fixed.x));
  }
  for (const other of near) {
    if (lines.length === 0) {
      const port = request.ports.find((moved) => other.ports.some((fixed) => Math.abs(moved + dy - fixed) < SAME));
      if (port !== undefined) lines.push(horizontal(port + dy, box.x, other.x, box.x + box.width, other.x + other.width));
    }
    const top = alignments(box.y, box.height, other.y, other.height).findIndex((shift) => Math.abs(shift) < SAME);
    if (top >= 0 && !lines.some((line) => line.from.y === line.to.y)) {
      lines.push(horizontal(box.y + (top * box.height) / 2, box.x, other.x, box.x + box.width, other.x + other.width));
    }
    const left = alignments(box.x, box.width, other.x, other.width).findIndex((shift) => Math.abs(shift) < SAME);
    if (left >= 0) lines.push(vertical(box.x + (left * box.width) / 2, box.y, other.y, box.y + box.height, other.y + other.height));
  }
  return [...lines.slice(0, GUIDES_MAX), ...gapGuides(box, near, 'x'), ...gapGuides(box, near, 'y')];
}

function gapGuides(box: Box, near: readonly Neighbour[], axis: Axis): readonly Guide[] {
  const { before, after } = rowOf(box, near, axis);
  const chain = [before[1], before[0], box, after[0], after[1]].filter((entry) => entry !== undefined);
  const at = chain.indexOf(box);
  const gaps = chain
    .slice(1)
    .map((entry, index) => ({ from: chain[index], to: entry, size: startOf(entry, axis) - endOf(chain[index], axis) }));
  const own = [gaps[at - 1], gaps[at]].filter((gap) => gap !== undefined && gap.size > 0);
  for (const gap of own) {
    const equal = gaps.filter((other) => Math.abs(other.size - gap.size) < SAME);
    if (equal.length > 1) return equal.map(({ from, to }) => gapMark(from, to, axis));
  }
  return [];
}

function gapMark(from: Box, to: Box, axis: Axis): Guide {
  if (axis === 'x') {
    const y = (Math.max(from.y, to.y) + Math.min(from.y + from.height, to.y + to.height)) / 2;
    return { kind: 'gap', from: { x: from.x + from.width, y }, to: { x: to.x, y } };
  }
  const x = (Math.max(from.x, to.x) + Math.min(from.x + from.width, to.x + to.width)) / 2;
  return { kind: 'gap', from: { x, y: from.y + from.height }, to: { x, y: to.y } };
}

function horizontal(y: number, ...xs: readonly number[]): Guide {
  return { kind: 'line', from: { x: Math.min(...xs), y }, to: { x: Math.max(...xs), y } };
}

function vertical(x: number, ...ys: readonly number[]): Guide {
  return { kind: 'line', from: { x, y: Math.min(...ys) }, to: { x, y: Math.max(...ys) } };
}

function distanceBetween(a: Box, b: Box): number {
  const dx = Math.max(0, a.x - (b.x + b.width), b.x - (a.x + a.width));
  const dy = Math.max(0, a.y - (b.y + b.height), b.y - (a.y + a.height));
  return Math.max(dx, dy);
}

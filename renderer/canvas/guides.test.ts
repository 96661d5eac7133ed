/** Straight wires win over lined-up edges, these over equal gaps, these over the grid. */
import { expect, test } from 'vitest';
import type { Neighbour, SnapRequest } from './guides.ts';
import { snapToGrid, snapToGuides } from './guides.ts';

const SIZE = { width: 204, height: 52 };

function card(x: number, y: number): Neighbour {
  return { x, y, ...SIZE, ports: [y + 26] };
}

function drag(x: number, y: number, neighbours: readonly Neighbour[], wires: SnapRequest['wires'] = []) {
  return snapToGuides({ box: { x, y, ...SIZE }, ports: [y + 26], wires, neighbours, reach: 6 });
}

test('a wire gets straight though the grid would leave it bent', () => {
  const source = card(0, 40);
  const wire = { moved: { x: 304, y: 105 + 26 }, fixed: { x: 204, y: 130 + 4 } };
  const snapped = drag(304, 105, [source], [wire]);
  expect(105 + snapped.dy + 26).toBe(134);
  expect(snapped.guides[0]).toEqual({ kind: 'line', from: { x: 204, y: 134 }, to: { x: 304, y: 134 } });
});

test('port centres line up with a neighbour that is not wired', () => {
  expect(drag(400, 43, [card(0, 40)]).dy).toBe(-3);
  expect(drag(400, 47, [card(0, 40)])).toMatchObject({ dy: -2 });
});

test('left edges line up, with a guide from one card to the other', () => {
  const snapped = drag(5, 204, [card(0, 0)]);
  expect(snapped.dx).toBe(-5);
  expect(snapped.guides).toContainEqual({ kind: 'line', from: { x: 0, y: 0 }, to: { x: 0, y: 256 + snapped.dy } });
});

test('a card between two others finds the middle, and both gaps are marked', () => {
  const snapped = drag(345, 0, [card(0, 0), card(700, 0)]);
  expect(345 + snapped.dx).toBe(350);
  expect(snapped.guides.filter((guide) => guide.kind === 'gap')).toEqual([
    { kind: 'gap', from: { x: 204, y: 26 }, to: { x: 350, y: 26 } },
    { kind: 'gap', from: { x: 554, y: 26 }, to: { x: 700, y: 26 } },
  ]);
});

test('a card behind two others repeats their gap', () => {
  const snapped = drag(605, 0, [card(0, 0), card(300, 0)]);
  expect(605 + snapped.dx).toBe(600);
});

test('far from everything the grid decides', () => {
  expect(drag(2000, 2003, [card(0, 0)])).toEqual({ dx: -2, dy: 4, guides: [] });
  expect(snapToGrid({ x: 4, y: 5, ...SIZE })).toEqual({ dx: -4, dy: 4, guides: [] });
});

/** A graph that is laid out stays as it is to the last coordinate; order in ranks, and what is not selected, are left alone. */
import { expect, test } from 'vitest';
import type { LayoutBox } from './layered-layout.ts';
import { layOut } from './layered-layout.ts';

const SEED = Number(process.env['MILLRACE_SEED'] ?? 20261122);

function random(seed: number) {
  let state = seed >>> 0;
  return (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) % limit;
  };
}

function box(id: string, x: number, y: number, height = 109): LayoutBox {
  return { id, x, y, width: 204, height };
}

function graph(seed: number) {
  const next = random(seed);
  const count = 2 + next(30);
  const boxes = Array.from({ length: count }, (_box, index) => box(`n${index}`, next(2000), next(1200), next(4) === 0 ? 265 : 109));
  const edges = Array.from({ length: next(count * 2) }, () => ({ from: `n${next(count)}`, to: `n${next(count)}` }));
  return { boxes, edges, fixed: [] };
}

function moved(boxes: readonly LayoutBox[], places: readonly { id: string; x: number; y: number }[]): LayoutBox[] {
  return boxes.map((each) => ({ ...each, ...places.find((place) => place.id === each.id) }));
}

test(`laying out twice changes nothing the second time (seed ${SEED})`, () => {
  for (let round = 0; round < 60; round++) {
    const request = graph(SEED + round);
    const once = moved(request.boxes, layOut(request).places);
    const twice = moved(once, layOut({ ...request, boxes: once }).places);
    expect({ seed: SEED + round, boxes: twice }).toEqual({ seed: SEED + round, boxes: once });
  }
});

test('no two boxes touch', () => {
  for (let round = 0; round < 40; round++) {
    const request = graph(SEED + 1000 + round);
    const boxes = moved(request.boxes, layOut(request).places);
    const touching = boxes.flatMap((a, index) =>
      boxes.slice(index + 1).filter((b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height),
    );
    expect({ seed: SEED + 1000 + round, touching }).toEqual({ seed: SEED + 1000 + round, touching: [] });
  }
});

test('a new node keeps the order of the others in their rank', () => {
  const edges = [
    { from: 'a', to: 'b' },
    { from: 'a', to: 'c' },
    { from: 'a', to: 'd' },
  ];
  const laid = moved(
    [box('a', 0, 0), box('d', 300, 0), box('b', 300, 50), box('c', 300, 90)],
    layOut({ boxes: [box('a', 0, 0), box('d', 300, 0), box('b', 300, 50), box('c', 300, 90)], edges, fixed: [] }).places,
  );
  const order = (boxes: readonly LayoutBox[]) =>
    [...boxes]
      .filter(({ x }) => x > 0)
      .sort((p, q) => p.y - q.y)
      .map(({ id }) => id);
  expect(order(laid)).toEqual(['d', 'b', 'c']);
  const more = [...laid, box('e', 300, laid[1].y + 60)];
  const again = moved(more, layOut({ boxes: more, edges: [...edges, { from: 'a', to: 'e' }], fixed: [] }).places);
  expect(order(again).filter((id) => id !== 'e')).toEqual(['d', 'b', 'c']);
});

test('what is selected keeps clear of what is not', () => {
  const boxes = [box('a', 0, 0), box('b', 10, 20)];
  const fixed = [{ x: 250, y: -50, width: 204, height: 200 }];
  const places = layOut({ boxes, edges: [{ from: 'a', to: 'b' }], fixed }).places;
  for (const place of places) {
    const apart = place.x + 204 <= 250 || place.x >= 454 || place.y >= 150 || place.y + 109 <= -50;
    expect(apart).toBe(true);
  }
});

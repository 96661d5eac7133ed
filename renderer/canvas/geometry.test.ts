/** Ports keep their places, rows grow by rule, and curves are hit where they are drawn. */
import { expect, test } from 'vitest';
import { boundsOf, chipPoint, distanceToCurve, edgeCurve, pointOnCurve, portOffset, rowHeight } from './geometry.ts';

test('ports stand at 26, 43, 60 and a row grows from the third port on', () => {
  expect([0, 1, 2].map(portOffset)).toEqual([26, 43, 60]);
  expect([rowHeight(0, 1), rowHeight(1, 2), rowHeight(1, 3), rowHeight(4, 1)]).toEqual([52, 52, 69, 86]);
});

test('a curve starts and ends at its ports and is hit along its way', () => {
  const curve = edgeCurve({ x: 0, y: 0 }, { x: 200, y: 100 });
  expect([pointOnCurve(curve, 0), pointOnCurve(curve, 0.5), pointOnCurve(curve, 1)]).toEqual([
    { x: 0, y: 0 },
    { x: 100, y: 50 },
    { x: 200, y: 100 },
  ]);
  expect(distanceToCurve(curve, { x: 100, y: 50 })).toBeLessThan(0.001);
  expect(distanceToCurve(curve, { x: 100, y: 90 })).toBeGreaterThan(20);
});

test('the chip of a long run stands near its end', () => {
  expect(chipPoint(edgeCurve({ x: 0, y: 0 }, { x: 100, y: 0 })).x).toBe(50);
  expect(chipPoint(edgeCurve({ x: 0, y: 0 }, { x: 1000, y: 0 })).x).toBeGreaterThan(700);
});

test('bounds of nothing are nothing', () => {
  expect(boundsOf([])).toBeNull();
  expect(
    boundsOf([
      { x: 0, y: 5, width: 10, height: 10 },
      { x: 20, y: 0, width: 5, height: 5 },
    ]),
  ).toEqual({ x: 0, y: 0, width: 25, height: 15 });
});

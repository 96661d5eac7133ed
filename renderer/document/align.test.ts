/** Every alignment of three boxes of different sizes; the outer boxes of a distribution stay where they are. */
import { expect, test } from 'vitest';
import type { Alignment } from './align.ts';
import { align } from './align.ts';

const BOXES = [
  { id: 'a', x: 0, y: 0, width: 100, height: 50 },
  { id: 'b', x: 130, y: 40, width: 100, height: 100 },
  { id: 'c', x: 500, y: 300, width: 100, height: 50 },
];

test.each<[Alignment, readonly (readonly [number, number])[]]>([
  [
    'left',
    [
      [0, 0],
      [0, 40],
      [0, 300],
    ],
  ],
  [
    'centre',
    [
      [250, 0],
      [250, 40],
      [250, 300],
    ],
  ],
  [
    'right',
    [
      [500, 0],
      [500, 40],
      [500, 300],
    ],
  ],
  [
    'top',
    [
      [0, 0],
      [130, 0],
      [500, 0],
    ],
  ],
  [
    'middle',
    [
      [0, 150],
      [130, 125],
      [500, 150],
    ],
  ],
  [
    'bottom',
    [
      [0, 300],
      [130, 250],
      [500, 300],
    ],
  ],
  [
    'columns',
    [
      [0, 0],
      [250, 40],
      [500, 300],
    ],
  ],
  [
    'rows',
    [
      [0, 0],
      [130, 125],
      [500, 300],
    ],
  ],
])('%s', (alignment, expected) => {
  expect([...align(BOXES, alignment).values()].map(({ x, y }) => [x, y])).toEqual(expected);
});

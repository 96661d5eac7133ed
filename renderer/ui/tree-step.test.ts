/** The keys of a tree: from row to row, into what is open, out to what holds a row, and no further at the ends. */
import { expect, test } from 'vitest';
import type { TreeRow } from './tree-step.ts';
import { treeStep } from './tree-step.ts';

const rows: readonly TreeRow[] = [
  { level: 1, open: true },
  { level: 2, open: null },
  { level: 2, open: true },
  { level: 3, open: null },
  { level: 1, open: false },
  { level: 1, open: null },
];

test.each([
  ['ArrowDown', 0, { to: 1 }],
  ['ArrowDown', 5, { to: 5 }],
  ['ArrowUp', 1, { to: 0 }],
  ['ArrowUp', 0, { to: 0 }],
  ['Home', 3, { to: 0 }],
  ['End', 3, { to: 5 }],
  ['ArrowRight', 0, { to: 1 }],
  ['ArrowRight', 4, { open: true }],
  ['ArrowRight', 3, { to: 3 }],
  ['ArrowLeft', 0, { open: false }],
  ['ArrowLeft', 3, { to: 2 }],
  ['ArrowLeft', 1, { to: 0 }],
  ['ArrowLeft', 4, { to: 4 }],
  ['x', 0, null],
] as const)('%s at row %i', (key, at, step) => {
  expect(treeStep(key, rows, at)).toEqual(step);
});

/** The newest rows of an edge by number: nobody is told a row twice, and nobody misses one that is kept. */
import { expect, test } from 'vitest';
import { EdgeTails } from './edge-tails.ts';
import type { PhysicalPlan } from './plan/physical-plan.ts';

const PLAN = { edges: [{ index: 0, documentEdges: ['e'] }], operators: [] } as unknown as PhysicalPlan;
const FIRST = 5000;
const UNWATCHED_MS = 5000;

function create(firstNumber = FIRST): { readonly tails: EdgeTails; readonly asked: number[] } {
  const asked: number[] = [];
  return { tails: new EdgeTails(PLAN, firstNumber, (_edgeId, _place, rowsMax) => asked.push(rowsMax)), asked };
}

function lines(from: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `row ${from + index}`);
}

test('only what is behind the number; the newest when they are more than asked for', () => {
  const { tails, asked } = create();
  expect(tails.read('e', 0, 100, 0)).toEqual({ rows: [], total: 0, last: FIRST });
  expect(asked).toEqual([200]);
  tails.add('e', lines(0, 3), 30);
  expect(tails.read('e', FIRST, 100, 0)).toEqual({ rows: lines(0, 3), total: 30, last: FIRST + 3 });
  expect(tails.read('e', FIRST + 3, 100, 0)).toEqual({ rows: [], total: 30, last: FIRST + 3 });
  tails.add('e', lines(3, 4), 4);
  expect(tails.read('e', FIRST + 3, 100, 0).rows).toEqual(lines(3, 4));
  expect(tails.read('e', 0, 2, 0).rows).toEqual(lines(5, 2));
  tails.add('e', lines(7, 300), 300);
  expect(tails.read('e', 0, 1000, 0)).toEqual({ rows: lines(107, 200), total: 334, last: FIRST + 307 });
});

test('a sample that nobody watched and that begins again goes on with the numbers', () => {
  const { tails, asked } = create();
  tails.read('e', 0, 100, 0);
  tails.add('e', lines(0, 9), 9);
  tails.endUnwatched(UNWATCHED_MS - 1);
  expect(asked).toEqual([200]);
  tails.endUnwatched(UNWATCHED_MS);
  expect(asked).toEqual([200, 0]);
  tails.add('e', lines(9, 5), 5);
  expect(tails.read('e', FIRST + 9, 100, UNWATCHED_MS)).toEqual({ rows: [], total: 0, last: FIRST + 9 });
  expect(asked).toEqual([200, 0, 200]);
  tails.add('e', lines(14, 2), 2);
  expect(tails.read('e', FIRST + 9, 100, UNWATCHED_MS).rows).toEqual(lines(14, 2));
});

test('an edge that the run does not have is refused', () => {
  expect(() => create().tails.read('other', 0, 1, 0)).toThrow("the run has no edge 'other'");
});

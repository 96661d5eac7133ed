/** Rows of a result are numbered without gaps, the newest are kept, and what was read is not given again. */
import { expect, test } from 'vitest';
import { RESULT_ROWS_MAX, RESULT_TEXT_MAX, ResultLog } from './result-log.ts';

function numbers(from: number, count: number): string[] {
  return Array.from({ length: count }, (_unused, index) => `{"n":${from + index}}`);
}

test.each([
  { name: 'from the start', after: 0, first: 1, rows: numbers(1, 5) },
  { name: 'only what came since', after: 3, first: 4, rows: numbers(4, 2) },
  { name: 'nothing new', after: 5, first: 6, rows: [] },
  { name: 'a number of a log before this one', after: 90, first: 6, rows: [] },
])('$name', ({ after, first, rows }) => {
  const log = new ResultLog(7);
  log.add('sink', numbers(1, 2));
  log.add('other', numbers(50, 1));
  log.add('sink', numbers(3, 3));
  expect(log.read('sink', after)).toEqual({ logId: 7, first, last: 5, rows });
});

test('a node without rows has none', () => {
  expect(new ResultLog(7).read('sink', 0)).toEqual({ logId: 7, first: 1, last: 0, rows: [] });
});

test('the oldest rows make room, and the numbers tell that they went', () => {
  const log = new ResultLog(7);
  for (let at = 0; at < 15; at++) log.add('sink', numbers(1 + at * 1000, 1000));
  const { first, last, rows } = log.read('sink', 0);
  expect({ first, last, count: rows.length, oldest: rows[0], newest: rows.at(-1) }).toEqual({
    first: 5001,
    last: 15_000,
    count: RESULT_ROWS_MAX,
    oldest: '{"n":5001}',
    newest: '{"n":15000}',
  });
  expect(log.newest('sink', 2)).toEqual({ rows: numbers(14_999, 2), total: 15_000 });
});

test('wide rows make room earlier, and the newest stays however wide it is', () => {
  const log = new ResultLog(7);
  const wide = 'x'.repeat(RESULT_TEXT_MAX / 16);
  for (let at = 0; at < 40; at++) log.add('sink', [`${at}${wide}`]);
  const { first, last, rows } = log.read('sink', 0);
  expect(last).toBe(40);
  expect(rows[0]).toBe(`${first - 1}${wide}`);
  expect(rows.reduce((sum, row) => sum + row.length, 0)).toBeLessThanOrEqual(RESULT_TEXT_MAX);
  expect(rows.length).toBeGreaterThan(12);
  log.add('sink', ['y'.repeat(2 * RESULT_TEXT_MAX)]);
  expect(log.read('sink', 0)).toMatchObject({ first: 41, last: 41 });
  log.add('sink', ['{}']);
  expect(log.read('sink', 0)).toMatchObject({ first: 42, last: 42, rows: ['{}'] });
});

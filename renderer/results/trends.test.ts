/** Moments become sparklines of the figures and of each key; a look back leaves out what came later. */
import { expect, test } from 'vitest';
import { chooseView } from './choose-view.ts';
import { readResultRow } from './result-row.ts';
import { momentsOf, rowsUpTo, trendsOf } from './trends.ts';

const COLUMNS = ['host STRING', 'window_end TIMESTAMP(3)', 'cpu DOUBLE'].map((text) => ({
  name: text.split(' ')[0],
  type: text.split(' ')[1],
}));
const ROWS = (
  [
    ['a', 1, 10],
    ['b', 1, 30],
    ['a', 2, 20],
    ['a', 3, 25],
    ['b', 3, 5],
  ] as const
).map(([host, end, cpu], index) =>
  readResultRow(
    JSON.stringify({ host, window_end: `2026-03-02 0${end}:00:00`, cpu }),
    index + 1,
    COLUMNS.map(({ name }) => name),
  ),
);
const VIEW = chooseView(COLUMNS);
const hour = (end: number) => Date.UTC(2026, 2, 2, end);

test('by moment: how many rows, the highest, the key of the newest row, each key', () => {
  const { rows, highest, newest, byKey } = trendsOf(ROWS, VIEW);
  expect({ rows, highest, newest, a: byKey.get('a') }).toEqual({
    rows: [2, 1, 2],
    highest: [30, 20, 25],
    newest: [30, null, 5],
    a: [10, 20, 25],
  });
});

test('a look back', () => {
  expect(momentsOf(ROWS, 'window_end')).toEqual([hour(1), hour(2), hour(3)]);
  expect(rowsUpTo(ROWS, 'window_end', hour(2))).toHaveLength(3);
});

test('without a time there is nothing to show', () => {
  expect(trendsOf(ROWS, { ...VIEW, time: null }).byKey.size).toBe(0);
});

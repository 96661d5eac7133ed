/** Changelogs become the rows that stand, columns suggest how to show them, and lines, boards and figures are counted right. */
import { describe, expect, test } from 'vitest';
import { applyChanges } from './apply-changes.ts';
import type { ResultColumn } from './choose-view.ts';
import { chooseView, specOf } from './choose-view.ts';
import { figuresOf } from './figures-of.ts';
import { rank } from './ranking.ts';
import type { ResultRow } from './result-row.ts';
import { readResultRow } from './result-row.ts';
import { toSeries } from './series.ts';

const columns = (...texts: readonly string[]): readonly ResultColumn[] =>
  texts.map((text) => ({ name: text.slice(0, text.indexOf(' ')), type: text.slice(text.indexOf(' ') + 1) }));
const rowsOf = (names: readonly string[], ...texts: readonly string[]): readonly ResultRow[] =>
  texts.map((text, index) => readResultRow(text, index + 1, names));

const HOURS = columns('region STRING', 'window_start TIMESTAMP(3)', 'window_end TIMESTAMP(3)', 'orders BIGINT', 'sales DECIMAL(38, 4)');
const hour = (region: string, end: number, orders: number) =>
  `{"region":"${region}","window_start":"2026-03-02 0${end - 1}:00:00","window_end":"2026-03-02 0${end}:00:00","orders":${orders},"sales":1.5}`;
const NAMES = HOURS.map((column) => column.name);
const at = (end: number) => Date.UTC(2026, 2, 2, end);

describe('a changelog', () => {
  const CHANGES = [
    '{"key":"a","n":1}',
    '{"key":"b","n":5}',
    '{"op":"-U","key":"a","n":1}',
    '{"op":"+U","key":"a","n":2}',
    '{"key":"a","n":2}',
    '{"op":"-D","key":"b","n":5}',
    '{"op":"-D","key":"c","n":9}',
  ];
  const texts = (rows: readonly ResultRow[]) => rows.map(({ sequence, change, cells }) => [sequence, change, cells.cells.get('n')?.text]);

  test('of retractions takes back equal rows, one each', () => {
    expect(texts(applyChanges(rowsOf(['key', 'n'], ...CHANGES), null))).toEqual([
      [4, '+U', '2'],
      [5, '+I', '2'],
    ]);
  });

  test('with a key keeps the newest row of it', () => {
    expect(texts(applyChanges(rowsOf(['key', 'n'], ...CHANGES), ['key']))).toEqual([[5, '+I', '2']]);
  });

  test('of inserts stays as it is, equal rows included', () => {
    const rows = rowsOf(['n'], '{"n":1}', '{"n":1}');
    expect(applyChanges(rows, null)).toBe(rows);
  });
});

describe('what columns suggest', () => {
  const view = (parts: object) => ({
    look: 'lines',
    keys: [],
    time: null,
    windowed: false,
    value: null,
    unit: '',
    threshold: null,
    ...parts,
  });
  test.each([
    ['windows per region', HOURS, { keys: ['region'], time: 'window_end', windowed: true, value: 'orders' }],
    [
      'windows per id',
      columns('auction BIGINT', 'window_start TIMESTAMP(3)', 'window_end TIMESTAMP(3)', 'bids BIGINT'),
      { look: 'top', keys: ['auction'], time: 'window_end', windowed: true, value: 'bids' },
    ],
    [
      'event time',
      columns('user_id BIGINT', 'started TIMESTAMP(3)', 'page STRING', 'slowest_ms INT'),
      { keys: ['page'], time: 'started', value: 'slowest_ms', unit: 'ms' },
    ],
    ['no time', columns('name STRING', 'amount DOUBLE'), { look: 'top', keys: ['name'], value: 'amount' }],
    ['only words', columns('name STRING', 'day DATE'), { look: 'table', keys: ['name'], time: 'day' }],
    ['nothing', [], { look: 'table' }],
  ])('%s', (_name, given, expected) => {
    expect(chooseView(given)).toEqual(view(expected));
  });

  test('gives way to the file, but not to a column that has gone', () => {
    const spec = { view: 'bars', keys: [], time: '', value: 'sales', unit: 'EUR', threshold: 7 } as const;
    expect(chooseView(HOURS, spec)).toEqual(view({ look: 'bars', value: 'sales', unit: 'EUR', threshold: 7 }));
    expect(chooseView(HOURS, { keys: ['gone'], time: 'gone', value: 'gone' })).toEqual(chooseView(HOURS));
  });

  test('is not written; only what differs is', () => {
    expect(specOf(HOURS, chooseView(HOURS))).toEqual({});
    expect(specOf(HOURS, { ...chooseView(HOURS), value: 'sales', threshold: 0 })).toEqual({ value: 'sales', threshold: 0 });
    const spec = { view: 'table', keys: ['orders'], time: '', unit: 'h' } as const;
    expect(chooseView(HOURS, specOf(HOURS, chooseView(HOURS, spec)))).toEqual(chooseView(HOURS, spec));
  });
});

test('lines: one per key, gaps where a key has no row, the ninth key and beyond as their mean', () => {
  const view = chooseView(HOURS);
  expect(toSeries(rowsOf(NAMES, hour('East', 2, 4), hour('West', 2, 1), hour('East', 1, 3)), view)).toEqual({
    moments: [at(1), at(2)],
    series: [
      { name: 'East', keys: 1, values: [3, 4] },
      { name: 'West', keys: 1, values: [null, 1] },
    ],
  });
  const many = Array.from({ length: 10 }, (_unused, index) => hour(`r${index}`, 1, 10 - index));
  const { series } = toSeries(rowsOf(NAMES, ...many), view);
  expect(series.map(({ name, keys, values }) => [name, keys, values[0]])).toEqual([
    ...Array.from({ length: 7 }, (_unused, index) => [`r${index}`, 1, 10 - index]),
    ['', 3, 2],
  ]);
});

test('the board: the newest window, moves since the one before, ties by name', () => {
  const rows = rowsOf(NAMES, hour('a', 1, 9), hour('b', 1, 5), hour('a', 2, 3), hour('c', 2, 7), hour('b', 2, 7));
  expect(rank(rows, chooseView(HOURS), 2)).toEqual({
    atMs: at(2),
    keys: 3,
    places: [
      { rank: 1, key: 'b', value: 7, moved: 1 },
      { rank: 2, key: 'c', value: 7, moved: 'new' },
    ],
  });
  expect(rank(rows, chooseView(HOURS, { time: '' }), 9).places.map(({ key, value, moved }) => [key, value, moved])).toEqual([
    ['b', 7, null],
    ['c', 7, null],
    ['a', 3, null],
  ]);
});

test('figures: rows, keys, newest, highest, how far event time has come', () => {
  expect(figuresOf(rowsOf(NAMES, hour('a', 3, 9), hour('b', 1, 5)), chooseView(HOURS))).toEqual({
    rows: 2,
    keys: 2,
    newest: { value: 5, key: 'b', atMs: at(1) },
    highest: { value: 9, key: 'a', atMs: at(3) },
    atMs: at(3),
  });
  expect(figuresOf([], chooseView([]))).toEqual({ rows: 0, keys: null, newest: null, highest: null, atMs: null });
});

/** Cells of rows: what is typed becomes a value of the column's type, what is pasted becomes rows. */
import { expect, test } from 'vitest';
import type { JsonValue } from '../../../engine/base/json.ts';
import { cellColumns, pasteRows, readCell, showCell, valueAt, withValueAt } from './cell-values.ts';

const SCHEMA = [
  { name: 'id', type: 'BIGINT' },
  { name: 'name', type: 'STRING' },
  { name: 'at', type: 'ROW<x INT, y ROW<z BOOLEAN>>' },
];
const columns = cellColumns(SCHEMA);

test('members of a ROW are columns of their own', () => {
  expect(columns.map(({ label }) => label)).toEqual(['id', 'name', 'at.x', 'at.y.z']);
  expect(cellColumns([{ name: 'a', type: 'NOTHING' }])).toEqual([{ path: ['a'], label: 'a', type: null }]);
});

test.each([
  [0, '42', 42],
  [0, '9007199254740993', '9007199254740993'],
  [0, '1.', '1.'],
  [0, '', null],
  [0, 'x', 'x'],
  [1, '42', '42'],
  [1, '', ''],
  [3, 'true', true],
  [3, 'tru', 'tru'],
])('column %i takes %j as %j', (column, text, value) => {
  expect(readCell(text, columns[column].type)).toEqual(value);
  if (value !== null) expect(showCell(value)).toBe(text);
});

test('lists and maps are JSON', () => {
  const [list] = cellColumns([{ name: 'a', type: 'ARRAY<INT>' }]);
  expect(readCell('[1, 2]', list.type)).toEqual([1, 2]);
  expect(readCell('[1,', list.type)).toBe('[1,');
});

test('a value deep inside is read and written', () => {
  const row = withValueAt({ id: 1 }, ['at', 'y', 'z'], true);
  expect(row).toEqual({ id: 1, at: { y: { z: true } } });
  expect(valueAt(row, ['at', 'y', 'z'])).toBe(true);
  expect(valueAt(row, ['at', 'x'])).toBeNull();
});

test('cells of a sheet and JSON rows are pasted over rows and beyond them', () => {
  const rows: readonly JsonValue[] = [{ id: 1 }, { id: 2, name: 'b' }];
  expect(pasteRows(rows, columns, { row: 1, column: 0 }, '7\tseven\n8\teight\t5\n')).toEqual([
    { id: 1 },
    { id: 7, name: 'seven' },
    { id: 8, name: 'eight', at: { x: 5 } },
  ]);
  expect(pasteRows(rows, columns, { row: 0, column: 1 }, '{"id": 9}\n{"id": 10}')).toEqual([{ id: 9 }, { id: 10 }]);
  expect(pasteRows(rows, columns, { row: 0, column: 1 }, 'only text')).toBeNull();
  expect(pasteRows(rows, columns, { row: 0, column: 1 }, '[not json')).toBeNull();
});

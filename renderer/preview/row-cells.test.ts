/** Rows are cut where they should be, with every digit, and nothing stays invisible. */
import { expect, test } from 'vitest';
import { cellOf, printTsv, readRowCells, visiblePieces } from './row-cells.ts';

const ROW = '{"id":9007199254740993,"a\\"b":"x,}\\"y","price":1.50,"n":null,"ok":true,"nested":{"list":[1,{"t":"]}"}]},"empty":""}';

test('cuts a row into cells that keep every digit', () => {
  const row = readRowCells(ROW, []);
  expect([...row.cells].map(([name, cell]) => [name, cell.kind, cell.text])).toEqual([
    ['id', 'number', '9007199254740993'],
    ['a"b', 'text', 'x,}"y'],
    ['price', 'number', '1.50'],
    ['n', 'null', 'null'],
    ['ok', 'boolean', 'true'],
    ['nested', 'json', '{"list":[1,{"t":"]}"}]}'],
    ['empty', 'text', ''],
  ]);
});

test('tells the mark of a changelog row from a column of that name', () => {
  expect(readRowCells('{"op":"-D","id":1}', ['id'])).toMatchObject({ change: '-D' });
  expect(readRowCells('{"op":"-D","id":1}', ['op', 'id'])).toMatchObject({ change: null });
  expect(readRowCells('{"op":"-D","op":"x","id":1}', ['op', 'id'])).toMatchObject({ change: '-D' });
  expect(readRowCells('{"op":"buy","id":1}', ['id'])).toMatchObject({ change: null });
});

test('shows what is no row as it is', () => {
  expect(cellOf(readRowCells('{"a":', []), 'value').text).toBe('{"a":');
  expect(readRowCells('{}', []).cells.size).toBe(0);
});

test('names what cannot be seen', () => {
  const shown = (text: string) =>
    visiblePieces(text)
      .map((piece) => (piece.mark ? `[${piece.text}]` : piece.text))
      .join('');
  expect(shown('  a b ')).toBe('[··]a b[·]');
  expect(shown('a\nb\tc\u0000\u200b')).toBe('a[↵]b[⇥]c[␀][␣]');
  expect(shown('   ')).toBe('[···]');
});

test('prints for spreadsheets', () => {
  const rows = ['{"a":"x\\ty","b":null}', '{"a":"é","b":12}'].map((text) => readRowCells(text, ['a', 'b']));
  expect(printTsv(rows, ['a', 'b'])).toBe('a\tb\nx y\t\né\t12');
});

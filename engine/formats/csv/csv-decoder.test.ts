/** The CSV decoder against the csv-spectrum corpus, hostile quoting, and every way of cutting the input. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Arena } from '../../columnar/arena.ts';
import type { ColumnValue } from '../../columnar/column-value.ts';
import { JobMemory } from '../../columnar/job-memory.ts';
import { readRows } from '../../columnar/row-reader.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import * as types from '../../types/make-type.ts';
import type { Schema } from '../../types/schema.ts';
import { decodeText } from '../decode-text.ts';
import { InputPage } from '../input-page.ts';
import { CsvDecoder, type CsvOptions } from './csv-decoder.ts';

const CORPUS = '../shared/corpora/csv-spectrum';
const encoder = new TextEncoder();
const memory = new JobMemory();
const DIALECT: CsvOptions = { delimiter: ',', header: false, nullText: '' };

function schemaOf(columns: Record<string, LogicalType>): Schema {
  return { fields: Object.entries(columns).map(([name, type]) => ({ name, type })) };
}

function decode(schema: Schema, text: string | Uint8Array, options: Partial<CsvOptions> = {}) {
  const decoder = new CsvDecoder(memory, schema, { ...DIALECT, ...options });
  const rows: ColumnValue[][] = [];
  const bad: string[] = [];
  decodeText(decoder, memory, typeof text === 'string' ? encoder.encode(text) : text, 3, {
    rows: (batch) => rows.push(...readRows(batch)),
    bad: (record) => bad.push(`${decoder.linesRead} @${record.start}-${record.end} ${record.field}: ${record.reason}`),
  });
  return { rows, bad };
}

describe.skipIf(!existsSync(CORPUS))(`csv-spectrum${existsSync(CORPUS) ? '' : ` (skipped: ${CORPUS} is absent)`}`, () => {
  for (const name of existsSync(CORPUS) ? readdirSync(`${CORPUS}/csvs`) : []) {
    test(name, () => {
      const expected = JSON.parse(readFileSync(`${CORPUS}/json/${name.replace('.csv', '.json')}`, 'utf8')) as Record<string, string>[];
      const names = Object.keys(expected[0]);
      const schema = schemaOf(Object.fromEntries(names.map((column) => [column, types.STRING])));
      const { rows, bad } = decode(schema, new Uint8Array(readFileSync(`${CORPUS}/csvs/${name}`)), { header: true, nullText: 'NULL' });
      expect({ rows, bad }).toEqual({ rows: expected.map((row) => names.map((column) => row[column])), bad: [] });
    });
  }
});

test('types, NULL, header in another order with a byte order mark, CRLF, tab', () => {
  const schema = schemaOf({
    n: types.BIGINT,
    d: types.DOUBLE,
    c: types.decimalType(6, 2),
    at: types.timestampType(3),
    day: types.DATE,
    ok: types.BOOLEAN,
    s: types.STRING,
  });
  const text =
    '\ufeffs\tday\tat\tn\td\tc\tok\tunused\r\nNA\t1970-01-02\t1970-01-01 00:00:01\t-5\t1e3\t1.005\ttrue\tx\r\nnull\tNA\tNA\tNA\tNA\tNA\tNA\t\r\n';
  expect(decode(schema, text, { delimiter: '\t', header: true, nullText: 'NA' })).toEqual({
    rows: [
      [-5n, 1000, 101n, 1000000000n, 1, true, null],
      [null, null, null, null, null, null, 'null'],
    ],
    bad: [],
  });
});

test('quoting: delimiters, doubled quotes, line ends; an empty quoted field is text, an empty one is NULL', () => {
  const text = '"a,b","say ""hi""",""\n"two\nlines",x"y,\n\nlast,"q",z';
  expect(decode(schemaOf({ a: types.STRING, b: types.STRING, c: types.STRING }), text)).toEqual({
    rows: [
      ['a,b', 'say "hi"', ''],
      ['two\nlines', 'x"y', null],
      ['last', 'q', 'z'],
    ],
    bad: [],
  });
});

test('bad records say what, where and why, and reading goes on behind them', () => {
  const bytes = encoder.encode('1,a\nx,b\n3\n4,"d"e\n5,f,g\n6,h?\n7,ok\n8,"open\n');
  bytes[bytes.indexOf(63)] = 0xff;
  expect(decode(schemaOf({ n: types.INT, s: types.STRING }), bytes)).toEqual({
    rows: [
      [1, 'a'],
      [7, 'ok'],
    ],
    bad: [
      '2 @4-7 n: "x" is not a INT',
      '3 @8-9 : the line has 1 field, expected 2',
      '4 @10-16 : text stands behind the closing quote of a field',
      '5 @17-22 : the line has 3 fields, expected 2',
      '6 @23-27 : byte 4 of the line is not UTF-8',
      '8 @33-40 : a quoted field is never closed',
    ],
  });
});

test('a header without a declared column is refused by name', () => {
  expect(() => decode(schemaOf({ price: types.INT }), 'a,b\n1,2\n', { header: true })).toThrow(
    'column price is not in the header line, which has: a, b',
  );
});

test('the same rows wherever the input is cut', () => {
  const text = 'id,text\n1,"one\n""1"""\r\n2,two\n3,"x"\n';
  const bytes = encoder.encode(text);
  const schema = schemaOf({ id: types.INT, text: types.STRING });
  const whole = decode(schema, text, { header: true }).rows;
  for (let cut = 0; cut <= bytes.length; cut++) {
    const decoder = new CsvDecoder(memory, schema, { ...DIALECT, header: true });
    const page = new InputPage(memory, 65536);
    const arena = new Arena(memory);
    const rows: ColumnValue[][] = [];
    decoder.beginInput(true);
    for (const [index, piece] of [bytes.subarray(0, cut), bytes.subarray(cut)].entries()) {
      page.compact();
      memory.u8.set(piece, page.address + page.filled);
      page.filled += piece.length;
      if (!decoder.accept(page, index === 1)) continue;
      decoder.begin(arena, 100);
      expect(decoder.decode(page)).toBe('starved');
      rows.push(...readRows(decoder.finish(page)));
    }
    expect(rows).toEqual(whole);
    page.close();
    arena.close();
  }
});

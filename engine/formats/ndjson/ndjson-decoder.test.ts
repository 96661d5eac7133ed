/** The NDJSON decoder against JSON.parse on random documents, against the JSON test suite, and on single odd values. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { mix32, SeededRandom } from '../../base/random.ts';
import type { ColumnValue } from '../../columnar/column-value.ts';
import { JobMemory } from '../../columnar/job-memory.ts';
import { readRows } from '../../columnar/row-reader.ts';
import { printValue } from '../../columnar/row-text.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import * as types from '../../types/make-type.ts';
import type { Schema } from '../../types/schema.ts';
import { decodeText } from '../decode-text.ts';
import { isUtf8 } from '../utf8.ts';
import { isJson } from './json-skip.ts';
import { NdjsonDecoder, type NdjsonOptions } from './ndjson-decoder.ts';

const seed = Number(process.env.MILLRACE_SEED ?? 20261122);
const CORPUS = '../shared/corpora/json-test-suite/test_parsing';
const encoder = new TextEncoder();

function schemaOf(columns: Record<string, LogicalType>): Schema {
  return { fields: Object.entries(columns).map(([name, type]) => ({ name, type })) };
}

const memory = new JobMemory();

function decode(schema: Schema, text: string | Uint8Array, options: Partial<NdjsonOptions> = {}, rowsMax = 4096) {
  const decoder = new NdjsonDecoder(memory, schema, { timestampFormat: 'sql', ...options });
  const rows: ColumnValue[][] = [];
  const bad: string[] = [];
  decodeText(decoder, memory, typeof text === 'string' ? encoder.encode(text) : text, rowsMax, {
    rows: (batch) => rows.push(...readRows(batch)),
    bad: (record) => bad.push(`${decoder.linesRead} @${record.start} ${record.field}: ${record.reason}`),
  });
  return { rows, bad, misfits: decoder.misfits };
}

describe('single values', () => {
  const cases: [LogicalType, string, ColumnValue | undefined][] = [
    [types.BIGINT, '9223372036854775807', 9223372036854775807n],
    [types.BIGINT, '-9223372036854775808', -9223372036854775808n],
    [types.BIGINT, '9223372036854775808', undefined],
    [types.BIGINT, '-0', 0n],
    [types.BIGINT, '123456789012', 123456789012n],
    [types.BIGINT, '-123456789012345', -123456789012345n],
    [types.BIGINT, '99999999', 99999999n],
    [types.BIGINT, '999999999', 999999999n],
    [types.BIGINT, '1e3', 1000n],
    [types.BIGINT, '12.0', 12n],
    [types.BIGINT, '12.5', undefined],
    [types.BIGINT, '"77"', 77n],
    [types.BIGINT, 'true', undefined],
    [types.BIGINT, '01', undefined],
    [types.BIGINT, 'null', null],
    [types.TINYINT, '127', 127],
    [types.TINYINT, '128', undefined],
    [types.SMALLINT, '-32768', -32768],
    [types.INT, '2147483647', 2147483647],
    [types.INT, '2147483648', undefined],
    [types.DOUBLE, '0.1', 0.1],
    [types.DOUBLE, '-0', -0],
    [types.DOUBLE, '123456789.123456789', 123456789.12345679],
    [types.DOUBLE, '2.2250738585072011e-308', 2.225073858507201e-308],
    [types.DOUBLE, '9007199254740993', 9007199254740992],
    [types.DOUBLE, '1e400', Number.POSITIVE_INFINITY],
    [types.DOUBLE, '1.', undefined],
    [types.DOUBLE, '.5', undefined],
    [types.FLOAT, '0.1', Math.fround(0.1)],
    [types.decimalType(5, 2), '1.25', 125n],
    [types.decimalType(5, 2), '-0.005', -1n],
    [types.decimalType(5, 2), '999.99', 99999n],
    [types.decimalType(5, 2), '1000', undefined],
    [types.decimalType(38, 10), '12345678901234567890.0123456789', 123456789012345678900123456789n],
    [types.BOOLEAN, 'true', true],
    [types.BOOLEAN, 'false', false],
    [types.BOOLEAN, 'falsy', undefined],
    [types.BOOLEAN, '1', undefined],
    [types.STRING, '"plain"', 'plain'],
    [types.STRING, '""', ''],
    [types.STRING, '"a\\nb\\u00e9\\ud834\\udd1e\\/"', 'a\nbé𝄞/'],
    [types.STRING, '"lone \\ud834!"', 'lone \ufffd!'],
    [types.STRING, '"é€𝄞"', 'é€𝄞'],
    [types.STRING, '12.50', '12.50'],
    [types.STRING, '{ "a": [1, "x y"] }', '{"a":[1,"x y"]}'],
    [types.STRING, '"tab\there"', undefined],
    [types.timestampType(3), '"2024-02-29 23:59:00.123"', 1709251140123n * 1000000n],
    [types.timestampType(3), '"2024-02-29 23:59:00"', 1709251140000n * 1000000n],
    [types.timestampType(3), '"2024-02-29 23:59:5x"', undefined],
    [types.timestampType(3), '"2024-02-29 23:59:60"', undefined],
    [types.timestampType(9), '"1970-01-01 00:00:07"', 7000000000n],
    [types.timestampType(3), '"2023-02-29 23:59:00"', undefined],
    [types.timestampType(3), '"2024-02-29T23:59:00.123"', undefined],
    [types.timestampType(3), '"2024-02-29 23:59:60.123"', undefined],
    [types.timestampType(3), '"1969-12-31 23:59:59.999"', -1n * 1000000n],
    [types.timestampType(9), '"1970-01-01 00:00:00.000000001"', 1n],
    [types.timestampLtzType(3), '"1970-01-01 00:00:01Z"', 1000000000n],
    [types.timestampLtzType(3), '"1970-01-01 01:00:01+01:00"', 1000000000n],
    [types.DATE, '"1970-02-01"', 31],
    [types.DATE, '"1970-02-1"', undefined],
    [types.timeType(3), '"00:01:00.5"', 60500],
    [types.BYTES, '"AQID"', Uint8Array.of(1, 2, 3)],
    [types.BYTES, '"AQI="', Uint8Array.of(1, 2)],
    [types.BYTES, '"A"', undefined],
    [types.rowType([{ name: 'x', type: types.INT }]), '{"x":3}', [3]],
    [types.rowType([{ name: 'x', type: types.INT }]), '{}', [null]],
    [types.rowType([{ name: 'x', type: types.INT }]), 'null', null],
    [types.rowType([{ name: 'x', type: types.INT }]), '[3]', undefined],
    [types.notNull(types.INT), 'null', undefined],
  ];
  for (const [type, json, expected] of cases) {
    test(`${type.kind} from ${json}`, () => {
      const line = `{"v":${json}}\n`;
      for (const text of [line, `{"v": ${json} }`, `{"z":[{}],"v":${json},"y":"\\n"}\r\n`, line.repeat(3)]) {
        const { rows, bad } = decode(schemaOf({ v: type }), text);
        if (expected === undefined)
          expect({ rows, refused: bad.length }).toEqual({ rows: [], refused: text.split('{"v"').length - 1 || 1 });
        else expect(rows[0]).toEqual([expected]);
      }
    });
  }
});

test('reasons name field, value, type and place', () => {
  const schema = schemaOf({ id: types.BIGINT, bid: types.rowType([{ name: 'price', type: types.INT }]) });
  const lines = ['{"id":1,"bid":{"price":5}}', '{"id":1,"bid":{"price":"abc"}}', '', '{"id":1', '[1]', '{"id":1} x', '\u00ff'];
  const bytes = encoder.encode(lines.join('\n'));
  bytes[bytes.length - 1] = 0xff;
  expect(decode(schema, bytes).bad).toEqual([
    '2 @27 bid.price: "abc" is not a INT',
    '4 @59 : the line ends inside a JSON value',
    '5 @67 : a line must hold one JSON object',
    '6 @71 : there is text behind the JSON object',
    '7 @82 : byte 1 of the line is not UTF-8',
  ]);
});

test('duplicate keys: the last one wins; unknown keys are stepped over; order does not matter', () => {
  const schema = schemaOf({ a: types.INT, b: types.STRING });
  const text = '{"a":1,"b":"x"}\n{"b":"y","a":2}\n{"a":3,"a":4}\n{"c":{"d":[1,2]},"b":"z"}\n{}\n';
  expect(decode(schema, text).rows).toEqual([
    [1, 'x'],
    [2, 'y'],
    [4, null],
    [null, 'z'],
    [null, null],
  ]);
});

test('a shape that differs from the schema is learnt after a few lines', () => {
  const schema = schemaOf({ a: types.INT, b: types.STRING });
  const text = '{"extra": [1, 2], "b": "y", "note": "n", "a": 2}\n'.repeat(1000);
  const { rows, misfits } = decode(schema, text);
  expect(rows.length).toBe(1000);
  expect(misfits).toBeLessThan(20);
});

test('columns nobody reads are absent, and their values are checked all the same', () => {
  const schema = schemaOf({ a: types.INT, b: types.STRING });
  const result = decode(schema, '{"a":1,"b":"x"}\n{"a":"no","b":"y"}\n', { requiredColumns: ['b'] });
  expect(result.rows).toEqual([[null, 'x']]);
  expect(result.bad.length).toBe(1);
});

test('100,000 brackets deep is refused, quickly', () => {
  const deep = `{"a":${'['.repeat(100000)}${']'.repeat(100000)}}\n`;
  const objects = `{"a":${'{"a":'.repeat(100000)}1${'}'.repeat(100000)}}\n`;
  const result = decode(schemaOf({ b: types.INT }), deep + objects);
  expect(result.rows).toEqual([]);
  expect(result.bad.length).toBe(2);
});

/** A random value and its JSON text, spelled in different ways. */
function randomJson(type: LogicalType, random: SeededRandom): { json: string; value: ColumnValue } {
  if (random.nextInt(6) === 0) return { json: 'null', value: null };
  const bits = BigInt.asIntN(64, ((BigInt(random.nextUint32()) << 32n) | BigInt(random.nextUint32())) >> BigInt(random.nextInt(64)));
  switch (type.kind) {
    case 'INTEGER': {
      const value = Number(BigInt.asIntN(32, bits));
      return { json: String(value), value };
    }
    case 'BIGINT':
      return { json: String(bits), value: bits };
    case 'DOUBLE': {
      const value = (Number(bits) * random.nextUint32()) / 10 ** random.nextInt(25);
      const json = [String(value), value.toExponential(), value.toPrecision(3 + random.nextInt(17))][random.nextInt(3)];
      return { json, value: Number(json) };
    }
    case 'DECIMAL': {
      const unscaled = bits % 10n ** BigInt(type.precision);
      return { json: printValue(types.decimalType(type.precision, type.scale), unscaled), value: unscaled };
    }
    case 'BOOLEAN': {
      const value = random.nextInt(2) === 1;
      return { json: String(value), value };
    }
    case 'TIMESTAMP': {
      const value = (bits % 60000000000000n) * 1000000n;
      return { json: printValue(type, value), value };
    }
    case 'ROW': {
      const parts = type.fields.map((field) => ({ name: field.name, ...randomJson(field.type, random) }));
      return { json: randomObject(parts, random), value: parts.map((part) => part.value) };
    }
    default: {
      const value = Array.from({ length: random.nextInt(30) }, () => randomCharacter(random)).join('');
      const json = random.nextInt(5) === 0 ? `"${[...value].map(escapeCharacter).join('')}"` : JSON.stringify(value);
      return { json, value };
    }
  }
}

function randomCharacter(random: SeededRandom): string {
  const rare = ['"', '\\', '\n', '\x00', '\x1f', 'é', '€', '𝄞', '\u2028', '\x7f'];
  return random.nextInt(12) === 0 ? rare[random.nextInt(rare.length)] : String.fromCharCode(32 + random.nextInt(90));
}

function escapeCharacter(character: string): string {
  return Array.from(
    { length: character.length },
    (_unused, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('');
}

function randomObject(parts: { name: string; json: string }[], random: SeededRandom): string {
  const odd = random.nextInt(3) === 0;
  const blank = () => (odd && random.nextInt(4) === 0 ? [' ', '\t', '  '][random.nextInt(3)] : '');
  const members = parts.map((part) => `${blank()}${JSON.stringify(part.name)}${blank()}:${blank()}${part.json}${blank()}`);
  if (odd && random.nextInt(3) === 0) members.push('"unknown":{"x":[1,"}"]}');
  if (odd && random.nextInt(3) === 0) members.reverse();
  return `{${members.join(',')}}`;
}

describe(`random documents (seed ${seed})`, () => {
  const inner = types.rowType([
    { name: 'x', type: types.BIGINT },
    { name: 'long name with "quotes"', type: types.STRING },
  ]);
  const columns = {
    a: types.INT,
    bb: types.BIGINT,
    price: types.DOUBLE,
    d: types.decimalType(12, 3),
    flag: types.BOOLEAN,
    text: types.STRING,
    at: types.timestampType(3),
    fine: types.timestampType(9),
    nested: inner,
    é: types.STRING,
  };
  for (const rowsMax of [1, 7, 4096]) {
    test(`batches of ${rowsMax} equal what was written`, () => {
      const random = new SeededRandom(mix32(seed + rowsMax));
      const expected: ColumnValue[][] = [];
      let text = '';
      for (let line = 0; line < 600; line++) {
        const parts = Object.entries(columns).map(([name, type]) => ({ name, ...randomJson(type, random) }));
        expected.push(parts.map((part) => part.value));
        text += randomObject(parts, random) + (random.nextInt(5) === 0 ? '\r\n' : '\n');
      }
      const { rows, bad } = decode(schemaOf(columns), text, {}, rowsMax);
      expect(bad).toEqual([]);
      expect(rows).toEqual(expected);
    });
  }

  test('damaged lines are accepted exactly when JSON.parse accepts them', () => {
    const random = new SeededRandom(seed);
    const schema = schemaOf({ s: types.STRING, u: types.STRING });
    const alphabet = [
      '{',
      '}',
      '[',
      ']',
      '"',
      ':',
      ',',
      '\\',
      'u',
      '0',
      '1',
      '-',
      '.',
      'e',
      't',
      'rue',
      'null',
      ' ',
      '"s":',
      '\t',
      '\u00e9',
    ];
    for (let round = 0; round < 10000; round++) {
      let line = '{"s":"abc","u":[1.5e3,{"k":null},"\\u0041"]}';
      for (let edit = random.nextInt(3); edit >= 0; edit--) {
        const at = random.nextInt(line.length + 1);
        line = line.slice(0, at) + alphabet[random.nextInt(alphabet.length)] + line.slice(at + random.nextInt(3));
      }
      if (line.trim() === '') continue;
      let valid = true;
      try {
        const parsed: unknown = JSON.parse(line);
        valid = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
      } catch {
        valid = false;
      }
      const { rows } = decode(schema, `{"s":"abc","u":""}\n${line}\n`);
      if ((rows.length === 2) !== valid) throw new Error(`seed ${seed}: ${line} should be ${valid ? 'accepted' : 'refused'}`);
    }
  });
});

describe.skipIf(!existsSync(CORPUS))(`JSON test suite${existsSync(CORPUS) ? '' : ` (skipped: ${CORPUS} is absent)`}`, () => {
  test('every y_ file is JSON, no n_ file is, and as sources they neither crash nor hang', () => {
    const wrong: string[] = [];
    for (const name of readdirSync(CORPUS)) {
      const bytes = new Uint8Array(readFileSync(`${CORPUS}/${name}`));
      const accepted = isUtf8(bytes, 0, bytes.length) && isJson(bytes, 0, bytes.length);
      if ((name.startsWith('y_') && !accepted) || (name.startsWith('n_') && accepted)) wrong.push(name);
      const { rows, bad } = decode(schemaOf({ a: types.STRING }), bytes);
      if (name.startsWith('n_') && !name.includes('newline') && rows.length > 0) wrong.push(`${name} made a row`);
      if (bad.some((reason) => !/^\d+ @\d+ .*: ./.test(reason))) wrong.push(`${name}: ${bad.join()}`);
    }
    expect(wrong).toEqual([]);
  });
});

/** What the encoders write is what the decoders read, and is spelled as Flink spells it. */
import { describe, expect, test } from 'vitest';
import { mix32, SeededRandom } from '../../base/random.ts';
import { Arena } from '../../columnar/arena.ts';
import type { ColumnValue } from '../../columnar/column-value.ts';
import { JobMemory } from '../../columnar/job-memory.ts';
import { buildBatch } from '../../columnar/row-builder.ts';
import { readRows } from '../../columnar/row-reader.ts';
import { printRow } from '../../columnar/row-text.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import * as types from '../../types/make-type.ts';
import type { Schema } from '../../types/schema.ts';
import { CsvDecoder } from '../csv/csv-decoder.ts';
import { decodeText } from '../decode-text.ts';
import { NdjsonDecoder } from '../ndjson/ndjson-decoder.ts';
import { OutputBuffer } from '../output-buffer.ts';
import type { RecordDecoder } from '../record-decoder.ts';
import type { RecordEncoder } from '../record-encoder.ts';
import { createCsvEncoder, createNdjsonEncoder } from './text-encoder.ts';

const seed = Number(process.env.MILLRACE_SEED ?? 20261122);
const memory = new JobMemory();

function encode(encoder: RecordEncoder, schema: Schema, rows: ColumnValue[][], bufferBytes = 4096): Uint8Array {
  const arena = new Arena(memory);
  const batch = buildBatch(arena, schema, rows);
  const output = new OutputBuffer(memory, bufferBytes);
  const pieces: Uint8Array[] = [encoder.head];
  for (let next = 0; next < batch.selectedCount; ) {
    next = encoder.encode(batch, next, output);
    pieces.push(output.bytes().slice());
    output.length = 0;
  }
  arena.close();
  output.close();
  return Uint8Array.from(pieces.flatMap((piece) => [...piece]));
}

function decode(decoder: RecordDecoder, bytes: Uint8Array): ColumnValue[][] {
  const rows: ColumnValue[][] = [];
  decodeText(decoder, memory, bytes, 1000, {
    rows: (batch) => rows.push(...readRows(batch)),
    bad: (bad) => {
      throw new Error(`${bad.field} ${bad.reason}`);
    },
  });
  return rows;
}

const COLUMNS: Record<string, LogicalType> = {
  tiny: types.TINYINT,
  int: types.INT,
  long: types.BIGINT,
  float: types.FLOAT,
  double: types.DOUBLE,
  'dec"imal': types.decimalType(12, 3),
  wide: types.decimalType(30, 8),
  flag: types.BOOLEAN,
  'te,xt': types.STRING,
  bytes: types.BYTES,
  day: types.DATE,
  clock: types.timeType(3),
  at: types.timestampType(3),
  fine: types.timestampType(9),
  zoned: types.timestampLtzType(3),
};

function randomValue(type: LogicalType, random: SeededRandom): ColumnValue {
  if (random.nextInt(5) === 0) return null;
  const bits = BigInt.asIntN(64, ((BigInt(random.nextUint32()) << 32n) | BigInt(random.nextUint32())) >> BigInt(random.nextInt(64)));
  switch (type.kind) {
    case 'TINYINT':
      return Number(BigInt.asIntN(8, bits));
    case 'INTEGER':
      return Number(BigInt.asIntN(32, bits));
    case 'BIGINT':
      return bits;
    case 'FLOAT':
      return Math.fround(Number(bits) / 1000);
    case 'DOUBLE':
      return [Number(bits), Number(bits) / 10 ** random.nextInt(30), 0.1, -0, 1e21][random.nextInt(5)];
    case 'DECIMAL':
      return (bits * 1000003n) % 10n ** BigInt(type.precision);
    case 'BOOLEAN':
      return random.nextInt(2) === 1;
    case 'VARCHAR':
      return ['', 'plain', 'comma, "quoted"\r\nline', 'tab\t\u0001\\', 'é€𝄞', 'x'.repeat(random.nextInt(900)), 'NA', '\u007f'][
        random.nextInt(8)
      ];
    case 'VARBINARY':
      return Uint8Array.from({ length: random.nextInt(9) }, () => random.nextInt(256));
    case 'DATE':
      return random.nextInt(20000);
    case 'TIME':
      return random.nextInt(86400) * 1000 + (random.nextInt(2) === 0 ? 0 : random.nextInt(1000));
    case 'TIMESTAMP':
      return type.precision > 3 ? bits % 60000000000000000000n : (bits % 60000000000000n) * 1000000n;
    default:
      return (bits % 60000000000000n) * 1000000n;
  }
}

describe(`encode then decode is the identity (seed ${seed})`, () => {
  const nested = types.rowType([
    { name: 'x', type: types.BIGINT },
    { name: 'y', type: types.STRING },
  ]);
  const flat: Schema = { fields: Object.entries(COLUMNS).map(([name, type]) => ({ name, type })) };
  const withRow: Schema = { fields: [...flat.fields, { name: 'nested', type: nested }] };
  const rowsOf = (schema: Schema, random: SeededRandom) =>
    Array.from({ length: 200 }, () =>
      schema.fields.map(({ type }) =>
        type.kind === 'ROW'
          ? random.nextInt(4) === 0
            ? null
            : type.fields.map((field) => randomValue(field.type, random))
          : randomValue(type, random),
      ),
    );
  for (const bufferBytes of [4096, 1 << 20]) {
    for (const timestampFormat of ['sql', 'iso-8601'] as const) {
      test(`NDJSON ${timestampFormat}, buffer of ${bufferBytes}`, () => {
        const rows = rowsOf(withRow, new SeededRandom(mix32(seed + bufferBytes)));
        const bytes = encode(createNdjsonEncoder(memory, withRow, timestampFormat), withRow, rows, bufferBytes);
        expect(decode(new NdjsonDecoder(memory, withRow, { timestampFormat }), bytes)).toEqual(rows);
      });
    }
    for (const nullText of ['', 'NA']) {
      test(`CSV with NULL as '${nullText}', buffer of ${bufferBytes}`, () => {
        const rows = rowsOf(flat, new SeededRandom(mix32(seed + bufferBytes)));
        const options = { delimiter: ',', header: true, nullText };
        const bytes = encode(createCsvEncoder(memory, flat, options), flat, rows, bufferBytes);
        expect(decode(new CsvDecoder(memory, flat, options), bytes)).toEqual(rows);
      });
    }
  }

  test('the sink and the tail print a row alike', () => {
    const random = new SeededRandom(seed);
    const rows = rowsOf(withRow, random);
    const text = new TextDecoder().decode(encode(createNdjsonEncoder(memory, withRow, 'sql'), withRow, rows));
    const arena = new Arena(memory);
    const batch = buildBatch(arena, withRow, rows);
    const tail = rows.map((_row, index) => `${printRow(batch, index)}\n`).join('');
    expect(text.replace(/\\u00../g, (hex) => hex.toLowerCase())).toBe(tail);
  });
});

test('values are spelled as Flink spells them', () => {
  const schema: Schema = {
    fields: [
      { name: 'd', type: types.DOUBLE },
      { name: 'n', type: types.decimalType(10, 2) },
      { name: 't', type: types.timestampType(3) },
      { name: 's', type: types.STRING },
    ],
  };
  const rows: ColumnValue[][] = [
    [1, 1250n, 1500000000n, 'a\u001f/'],
    [1e10, -5n, 0n, null],
    [Number.NaN, 0n, 1n * 1000000n, '"'],
  ];
  expect(new TextDecoder().decode(encode(createNdjsonEncoder(memory, schema, 'iso-8601'), schema, rows))).toBe(
    [
      '{"d":1.0,"n":12.50,"t":"1970-01-01T00:00:01.5","s":"a\\u001F/"}',
      '{"d":1.0E10,"n":-0.05,"t":"1970-01-01T00:00:00","s":null}',
      '{"d":"NaN","n":0.00,"t":"1970-01-01T00:00:00.001","s":"\\""}',
      '',
    ].join('\n'),
  );
});

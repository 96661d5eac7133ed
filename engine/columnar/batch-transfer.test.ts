/** Rows survive builder → reader, and builder → copy into another memory → attach → reader, for every type. */
import { describe, expect, test } from 'vitest';
import { mix32, SeededRandom } from '../base/random.ts';
import type { LogicalType } from '../types/logical-type.ts';
import * as types from '../types/make-type.ts';
import type { Schema } from '../types/schema.ts';
import { Arena } from './arena.ts';
import { createBatch } from './batch.ts';
import { attachBatch, copyBatch, selectionOf, transferBytes } from './batch-transfer.ts';
import type { ColumnValue } from './column-value.ts';
import { JobMemory } from './job-memory.ts';
import { buildBatch } from './row-builder.ts';
import { readRows } from './row-reader.ts';

const seed = Number(process.env.MILLRACE_SEED ?? 20261122);

const nested = types.rowType([
  { name: 'x', type: types.BIGINT },
  { name: 'y', type: types.rowType([{ name: 'z', type: types.STRING }]) },
]);
const COLUMN_TYPES: LogicalType[] = [
  types.BOOLEAN,
  types.TINYINT,
  types.INT,
  types.BIGINT,
  types.FLOAT,
  types.DOUBLE,
  types.decimalType(10, 2),
  types.decimalType(38, 9),
  types.STRING,
  types.BYTES,
  types.DATE,
  types.timeType(3),
  types.timestampType(3),
  types.timestampLtzType(9),
  nested,
];
const schema: Schema = { fields: COLUMN_TYPES.map((type, index) => ({ name: `c${index}`, type })) };

function randomValue(type: LogicalType, random: SeededRandom): ColumnValue {
  if (random.nextInt(4) === 0) return null;
  const bits = (BigInt(random.nextUint32()) << 32n) | BigInt(random.nextUint32());
  switch (type.kind) {
    case 'BOOLEAN':
      return random.nextInt(2) === 1;
    case 'BIGINT':
      return BigInt.asIntN(64, bits);
    case 'FLOAT':
      return Math.fround(random.nextUint32() / 7);
    case 'DOUBLE':
      return random.nextUint32() / 7;
    case 'DECIMAL':
      return type.precision > 18 ? BigInt.asIntN(120, bits * bits) : BigInt(random.nextInt(1000000)) - 500000n;
    case 'VARCHAR':
      return ['', 'a', 'plain text of some length', 'ünïcode €', '𝄞'.repeat(random.nextInt(9))][random.nextInt(5)];
    case 'VARBINARY':
      return Uint8Array.from({ length: random.nextInt(20) }, () => random.nextInt(256));
    case 'TIMESTAMP':
      return BigInt.asIntN(50, bits) * 1_000_000n;
    case 'TIMESTAMP_LTZ':
      return BigInt.asIntN(60, bits);
    case 'ROW':
      return type.fields.map((field) => randomValue(field.type, random));
    default:
      return random.nextInt(100);
  }
}

describe(`batch transfer (seed ${seed})`, () => {
  for (const size of [0, 1, 7, 300]) {
    test(`${size} rows, all and selected, keep their values in another memory`, () => {
      const random = new SeededRandom(mix32(seed + size));
      const memory = new JobMemory();
      const rows = Array.from({ length: size }, () => schema.fields.map((field) => randomValue(field.type, random)));
      const selection = rows.map((_row, index) => index).filter(() => random.nextInt(3) > 0);
      const rowKinds = rows.map(() => random.nextInt(4));
      const timestamps = rows.map((_row, index) => (index % 3 === 0 ? null : BigInt(index)));
      for (const selected of [undefined, selection]) {
        const batch = buildBatch(new Arena(memory), schema, rows, { rowKinds, timestamps, ...(selected && { selection: selected }) });
        const expected = selected ? selected.map((row) => rows[row]) : rows;
        expect(readRows(batch)).toEqual(expected);
        const target = new JobMemory({ shared: true, maximumBytes: 64 * 1024 * 1024 });
        const bytes = transferBytes(batch, selectionOf(batch));
        const address = target.allocateRegion(bytes);
        const used = copyBatch(batch, selectionOf(batch), target, address);
        expect(used).toBeLessThanOrEqual(bytes);
        const attached = createBatch(target, schema);
        expect(attachBatch(target, address, attached)).toBe(used);
        expect(readRows(attached)).toEqual(expected);
        const kept = selected ?? rows.map((_row, index) => index);
        const kinds = Array.from({ length: kept.length }, (_unused, index) => target.u8[attached.rowKinds + index]);
        expect(kinds).toEqual(kept.map((row) => rowKinds[row]));
      }
    });
  }

  test('marks keep their place among the copied rows', () => {
    const memory = new JobMemory();
    const small: Schema = { fields: [{ name: 'a', type: types.INT }] };
    const marks = [
      { row: 0, watermark: 5n },
      { row: 2, watermark: 9n },
      { row: 4, watermark: 11n },
    ];
    const batch = buildBatch(new Arena(memory), small, [[0], [1], [2], [3], [4]], { marks, selection: [1, 3] });
    const target = new JobMemory();
    const address = target.allocateRegion(4096);
    copyBatch(batch, selectionOf(batch), target, address, true);
    const attached = createBatch(target, small);
    attachBatch(target, address, attached);
    const read = marks.map((_mark, index) => [
      target.i32[(attached.markRows >>> 2) + index],
      target.i64[(attached.markWatermarks >>> 3) + index],
    ]);
    expect(read).toEqual([
      [-1, 5n],
      [0, 9n],
      [1, 11n],
    ]);
  });
});

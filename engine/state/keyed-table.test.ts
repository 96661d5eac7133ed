/** The hash table against a JavaScript Map: keys of several forms, nulls, growth, removal, snapshots and absorption. */
import { expect, test } from 'vitest';
import { SeededRandom } from '../base/random.ts';
import { Arena } from '../columnar/arena.ts';
import type { Column } from '../columnar/batch.ts';
import { createColumn } from '../columnar/batch.ts';
import { JobMemory } from '../columnar/job-memory.ts';
import { keyGroupKernel } from '../columnar/key-kernels.ts';
import { BIGINT, INT, STRING } from '../types/make-type.ts';
import { KeyedTable } from './keyed-table.ts';
import { keyGroupOfRow } from './row-key-group.ts';
import { createRowLayout } from './row-layout.ts';

const SEED = Number(process.env['MILLRACE_SEED'] ?? 20261122);
type Key = [bigint | null, number, string | null];

const layout = createRowLayout(
  [
    { form: 'i64', nullable: true },
    { form: 'i32', nullable: false },
    { form: 'text', nullable: true },
  ],
  [{ form: 'i64', nullable: false }],
);

function columnsOf(memory: JobMemory, arena: Arena, keys: readonly Key[]): Column[] {
  const [long, int, text] = [createColumn(BIGINT), createColumn(INT), createColumn(STRING)];
  for (const column of [long, int, text]) column.data = arena.allocate(keys.length * 8);
  long.validity = arena.allocate(keys.length);
  text.validity = arena.allocate(keys.length);
  keys.forEach(([first, second, third], row) => {
    memory.u8[long.validity + row] = first === null ? 0 : 1;
    memory.u8[text.validity + row] = third === null ? 0 : 1;
    memory.i64[(long.data >>> 3) + row] = first ?? 77n;
    memory.i32[(int.data >>> 2) + row] = second;
    const bytes = new TextEncoder().encode(third ?? 'rubbish');
    const address = arena.allocate(Math.max(bytes.length, 1));
    memory.u8.set(bytes, address);
    memory.u32.set([address, bytes.length], (text.data >>> 2) + row * 2);
  });
  return [long, int, text];
}

function randomKey(random: SeededRandom): Key {
  const long = random.nextInt(8) === 0 ? null : BigInt(random.nextInt(40)) * 0x1_0000_0001n - 20n;
  const text = random.nextInt(8) === 0 ? null : ['', 'a', 'bb', 'Aa', 'BB', 'é中😀'.repeat(random.nextInt(4))][random.nextInt(6)];
  return [long, random.nextInt(3), text];
}

const print = (key: Key) => key.map(String).join('|');

test(`rows of random keys follow a Map through growth, removal and restore (seed ${SEED})`, () => {
  const random = new SeededRandom(SEED);
  const memory = new JobMemory();
  const arena = new Arena(memory);
  let table = new KeyedTable(memory, layout);
  const model = new Map<string, { row: number; key: Key }>();
  for (let round = 0; round < 60; round++) {
    arena.reset();
    const keys = Array.from({ length: 1 + random.nextInt(200) }, () => randomKey(random));
    const columns = columnsOf(memory, arena, keys);
    const slots = arena.allocate(keys.length * 4);
    table.find(columns, 0, 0, keys.length, slots);
    const found = [...memory.i32.subarray(slots >>> 2, (slots >>> 2) + keys.length)];
    expect(found, `seed ${SEED} round ${round}`).toEqual(keys.map((key) => model.get(print(key))?.row ?? -1));
    table.upsert(columns, 0, 0, keys.length, slots);
    keys.forEach((key, at) => {
      const row = memory.i32[(slots >>> 2) + at];
      const known = model.get(print(key));
      if (known === undefined) model.set(print(key), { row, key });
      else expect(row).toBe(known.row);
    });
    for (const [name, { row }] of model) {
      if (random.nextInt(3) !== 0) continue;
      table.remove(row);
      model.delete(name);
    }
    expect(table.liveCount).toBe(model.size);
    if (round % 7 === 0) table = restored(memory, table);
  }
});

function restored(memory: JobMemory, table: KeyedTable): KeyedTable {
  const parts = table.ranges().map((range) => memory.u8.slice(range.address, range.address + range.bytes));
  const bytes = Uint8Array.from(parts.flatMap((part) => [...part]));
  const copy = new KeyedTable(memory, layout);
  expect(copy.load(JSON.parse(JSON.stringify(table.header())), bytes, 0)).toBe(bytes.length);
  table.close();
  return copy;
}

test('absorbing and importing keep keys apart and the key group of a row is that of its batch', () => {
  const random = new SeededRandom(SEED + 1);
  const memory = new JobMemory();
  const arena = new Arena(memory);
  const keys = Array.from({ length: 500 }, () => randomKey(random));
  const columns = columnsOf(memory, arena, keys);
  const [slots, otherSlots, groups] = [arena.allocate(2000), arena.allocate(2000), arena.allocate(2000)];
  const left = new KeyedTable(memory, layout);
  const right = new KeyedTable(memory, layout);
  left.upsert(columns, 0, 0, 300, slots);
  right.upsert(columns, 0, 200, 500, slots);
  left.absorbKeys(right, 0, right.rowCount, otherSlots);
  expect(left.liveCount).toBe(new Set(keys.map(print)).size);
  const both = left.liveCount;
  left.upsert(columns, 0, 0, 500, slots);
  expect(left.liveCount).toBe(both);
  keyGroupKernel(['i64', 'i32', 'text'])(memory, columns, 0, 500, 128, groups);
  const rows = memory.i32.slice(slots >>> 2, (slots >>> 2) + 500);
  expect([...rows].map((row) => keyGroupOfRow(left, row, 128))).toEqual([...memory.i32.subarray(groups >>> 2, (groups >>> 2) + 500)]);
  const copy = new KeyedTable(memory, layout);
  for (let row = 0; row < left.rowCount; row++) copy.importKeyedRow(left, row);
  copy.find(columns, 0, 0, 500, otherSlots);
  expect([...memory.i32.subarray(otherSlots >>> 2, (otherSlots >>> 2) + 500)]).toEqual([...rows]);
});
